import type { Peer } from "./model.ts";

/** As what one side of a rule sees the CDN: a balancer is asked by it, a role behind one may see its addresses. */
export const seenOf = (cdn: Extract<Peer, { kind: "cdn" }>, to: Peer): readonly string[] =>
  to.kind === "balancer" ? cdn.balancers : to.kind === "compute" ? cdn.roles : [];
