/** Which of the rules that flows ask for the network must be told. */
import type { Wanted } from "./judge.ts";
import type { Peer, RuleSpec } from "./model.ts";

/**
 * Whether a rule can say it: no side of a balancer without an address in the network is filtered by the network,
 * nor is the public side of a VPN, where clients and other ends call, nor that of the CDN.
 */
export const filtered = ({ from, to, ...rule }: Omit<RuleSpec, "priority">): boolean => {
  if (to.kind === "cdn" || (from.kind === "ranges" && to.name === "vpn")) return false;
  if (from.kind === "cdn") return from.seenAs.length > 0 && !unseen(to, "front") && (to.kind !== "balancer" || rule.toPort === 443);
  return !unseen(from, "sources") && !unseen(to, "front");
};
const unseen = (peer: Peer, side: "front" | "sources"): boolean =>
  peer.kind === "balancer" && peer.by === "address" && peer[side].length === 0;

/** Whoever lets everybody in has let the CDN in; its list of addresses would fill a group of rules for nothing. */
export const isOpen = (to: string, { fromPort, toPort }: Omit<RuleSpec, "priority">, all: readonly Wanted[]): boolean =>
  all.some(
    ({ rule }) =>
      rule.from.name === "internet" && rule.to.name === to && rule.protocol === "tcp" && rule.fromPort <= fromPort && rule.toPort >= toPort,
  );
