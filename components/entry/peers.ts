/** Who comes in by sessions and by the client VPN, as rules see them. */
import type { MemberPeer, Peer } from "../access/model.ts";
import type { CloudFacts } from "../contract.ts";
import type { EntrySpec } from "./model.ts";

export interface EntryPeers {
  /** Who opens sessions, on which roles, and whether by a service of the cloud's that stands in the network with a public side; null where nothing comes in from outside. */
  readonly session: { readonly from: Peer; readonly roles: readonly string[]; readonly isPublic: boolean } | null;
  /** Clients that are told by their addresses; null where there are none, or where they have an identity. */
  readonly vpn: Peer | null;
  /** Clients that have a network identity of their own. */
  readonly member: MemberPeer | null;
  /** Whether clients come in from the internet. */
  readonly hasClients: boolean;
  /** Whether a site VPN has its other end. */
  readonly tunnels: boolean;
}

export const nobody: EntryPeers = { session: null, vpn: null, member: null, hasClients: false, tunnels: false };

export function entryPeers(spec: EntrySpec | null, { limits }: CloudFacts): EntryPeers {
  if (spec === null) return nobody;
  const { session, clients, ranges, sites } = spec;
  const sources = ranges.session === null ? limits.entry.sessionSources : [ranges.session];
  const identity = limits.entry.clientsSeenAs === "identity";
  return {
    session:
      session === null || sources.length === 0
        ? null
        : { from: { kind: "ranges", name: "session", ranges: sources }, roles: session.roles, isPublic: ranges.session !== null },
    vpn: clients === null || identity ? null : { kind: "ranges", name: "vpn", ranges: [clients.range] },
    member: clients === null || !identity ? null : { kind: "vpn", name: "vpn", tier: clients.tier },
    hasClients: clients !== null,
    tunnels: Object.keys(sites).length > 0,
  };
}
