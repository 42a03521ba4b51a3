import type * as pulumi from "@pulumi/pulumi";
import type { Scope } from "../../components/contract.ts";
import type { EntrySpec } from "../../components/entry/model.ts";
import { clientVpn } from "./client-vpn.ts";
import type { AwsPart } from "./natives.ts";
import { sessions } from "./sessions.ts";
import { type SiteOn, siteVpn } from "./site-vpn.ts";

/** Sessions by Session Manager, tunnels to sites, a VPN for clients. */
export function entry(scope: Scope, spec: EntrySpec, on: SiteOn): AwsPart<"entry"> {
  const session = spec.session === null ? null : sessions(scope, spec.session, on);
  const { tunnels, ready } = siteVpn(scope, spec.sites, on);
  const clients: readonly pulumi.Resource[] = spec.clients === null ? [] : clientVpn(scope, spec.clients, spec.network, on);
  return {
    session: session === null ? null : session.line,
    tunnels,
    native: {},
    ready: [...(session === null ? [] : session.ready), ...ready, ...clients],
  };
}
