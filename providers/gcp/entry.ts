import type { Scope } from "../../components/contract.ts";
import type { EntrySpec } from "../../components/entry/model.ts";
import type { On, Out } from "./natives.ts";
import { sessions } from "./sessions.ts";
import { siteVpn } from "./site-vpn.ts";

/** Sessions by the Identity-Aware Proxy, tunnels to sites. Google has no VPN for clients. */
export function entry(scope: Scope, spec: EntrySpec, on: On<"entry">): Out<"entry"> {
  const session = spec.session === null ? null : sessions(scope, spec.session, on);
  const { tunnels, ready } = siteVpn(scope, spec, on);
  return {
    session: session === null ? null : session.line,
    tunnels,
    native: {},
    ready: [...(session === null ? [] : session.ready), ...ready],
  };
}
