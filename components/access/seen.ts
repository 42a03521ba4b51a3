import type { CdnSeen, Peer } from "./model.ts";

/** One side of a rule, knowing the other: a balancer is asked by the CDN, a role behind one may see its addresses. */
export const seenBy = (peer: Peer, other: Peer, cdn: CdnSeen | null): Peer =>
  peer.kind !== "cdn" || cdn === null
    ? peer
    : { ...peer, seenAs: other.kind === "balancer" ? cdn.balancers : other.kind === "compute" ? cdn.roles : [] };
