import * as pulumi from "@pulumi/pulumi";
import type { Scope } from "../../components/contract.ts";
import type { EntrySpec } from "../../components/entry/model.ts";
import type { On, Out } from "./natives.ts";
import { sessions } from "./sessions.ts";
import { siteVpn } from "./site-vpn.ts";
import { vpnGateway } from "./vpn-gateway.ts";

/** Sessions by Azure Bastion, and one gateway for tunnels to sites and for clients. */
export function entry(scope: Scope, spec: EntrySpec, on: On<"entry">): Out<"entry"> {
  const { ranges } = spec;
  const session = spec.session === null || ranges.session === null ? null : sessions(scope, spec.session, ranges.session, on);
  const made = { session: session === null ? null : session.line, native: {} };
  const opened = session === null ? [] : session.ready;
  if (ranges.gateway === null) return { ...made, tunnels: {}, ready: opened };
  const gateway = vpnGateway(scope, spec.clients, ranges.gateway, session === null ? [] : [session.subnet], on);
  const connections = siteVpn(scope, spec.sites, gateway, on);
  const tunnels = Object.keys(spec.sites).flatMap(site =>
    gateway.addresses.map(({ ipAddress }, index) => [`${site}-${index + 1}`, known(ipAddress)] as const),
  );
  return {
    ...made,
    tunnels: Object.fromEntries(tunnels),
    ready: [...opened, ...(connections.length === 0 ? gateway.ready : connections.slice(-1))],
  };
}

/** A static address is there as soon as it is made. */
const known = (address: pulumi.Output<string | undefined>): pulumi.Output<string> => pulumi.interpolate`${address}`;
