/** The documented flows, each word read as a peer: what rules they want, and for whom they wait. */
import type { EntryPeers } from "../entry/peers.ts";
import { isPrivate, parseRange } from "../kernel/cidr.ts";
import type { Known } from "../kernel/known.ts";
import { nearest } from "../kernel/nearest.ts";
import type { PlaceKey } from "../kernel/places.ts";
import type { Tier } from "../network/model.ts";
import { isAnswered, isReserved, judgeCdn, judgeRule, type Members, type Ports, portText, seenBy, type Wanted } from "./judge.ts";
import {
  type AccessArgs,
  type CdnSeen,
  type FlowArgs,
  type Peer,
  type ReservedPeer,
  type RuleSpec,
  reservedPeers,
  type WaitingFlow,
} from "./model.ts";

/** Who is there by a concept of its own. */
export type Comers = EntryPeers & {
  readonly cdn: CdnSeen | null;
  /** Whether object storage has a way in from the network. */
  readonly store: boolean;
  /** What hosts of a tier still need to reach the internet; null where they do. */
  readonly wayOut: (tier: Tier) => string | null;
};

/** Peers of later concepts; the cloud's resolver and clock answer every host without a rule. */
const later = new Set<ReservedPeer>(["cdn", "lb", "lb-int", "vpn", "bastion"]);
const unfiltered = new Set<ReservedPeer>(["resolver", "clock"]);

const portsOf = (port: number | string): Ports => {
  const [from = 0, to = from] = String(port).split("-").map(Number);
  return { from, to };
};

/** Who a word means: a peer, nobody yet, or somebody who needs no rule. */
function peerOf(
  path: string,
  name: string,
  args: AccessArgs,
  members: Members,
  ipv6: boolean,
  comers: Comers,
  { findings }: Known,
): Peer | { readonly waitsFor: string } | null {
  const member = members[name];
  if (member !== undefined) return member.peer;
  if (name === "vpn" && comers.vpn !== null) return comers.vpn;
  if (name === "cdn" && comers.cdn !== null) return { kind: "cdn", name, sources: [] };
  const outside = args.outside[name];
  if (outside !== undefined)
    return outside.ranges.length === 0 ? { waitsFor: `access.outside.${name}.ranges` } : { kind: "ranges", name, ranges: outside.ranges };
  if (name === "internet") return { kind: "ranges", name, ranges: ["0.0.0.0/0", ...(ipv6 ? ["::/0"] : [])] };
  if (name === "store") return comers.store ? { kind: "store", name } : { waitsFor: "buckets" };
  if (name === "endpoints") return { waitsFor: "network.endpoints: private" };
  if (isReserved(name) && later.has(name)) return { waitsFor: name };
  if (isReserved(name) && unfiltered.has(name)) return null;
  const known = [...new Set([...Object.keys(members), ...Object.keys(args.outside), ...reservedPeers])];
  const near = nearest(name, known);
  findings.refuse(path, `no peer is called "${name}"`, near === null ? `use one of ${known.join(", ")}` : `did you mean "${near}"?`);
  return null;
}

export function wantedOf(from: Peer, to: Peer, protocol: RuleSpec["protocol"], ports: Ports, place: PlaceKey): Wanted {
  const noPorts = protocol === "vrrp" || protocol === "all";
  const text = noPorts ? "" : portText(ports);
  const key = [from.name, to.name, protocol, text]
    .filter(part => part !== "")
    .join("-")
    .toLowerCase();
  return {
    key,
    line: { from: from.name, to: to.name, protocol, ports: text, place, rule: key },
    ruled: true,
    rule: { from, to, protocol, fromPort: noPorts ? 0 : ports.from, toPort: noPorts ? 0 : ports.to },
  };
}

interface Documented {
  readonly wanted: readonly Wanted[];
  readonly waiting: readonly WaitingFlow[];
}

/** What flows are read with: who is there, and what to say of them. */
interface Scene {
  readonly args: AccessArgs;
  readonly members: Members;
  readonly ipv6: boolean;
  readonly comers: Comers;
  readonly known: Known;
}

/** Every documented flow of the primary place. */
export function documented(scene: Scene): Documented {
  const { args, members, ipv6, comers, known } = scene;
  const ways = Object.entries(args.flows).flatMap(([name, flow]) => {
    const path = `access.flows.${name}`;
    judgeFlow(path, flow, known);
    const sides = (side: "from" | "to") =>
      flow[side].map((peer, index) => ({ peer, who: peerOf(`${path}.${side}[${index}]`, peer, args, members, ipv6, comers, known) }));
    const targets = sides("to");
    return sides("from").flatMap(source => targets.map(target => wayOf(name, flow, source, target, scene)));
  });
  return { wanted: ways.flatMap(({ wanted }) => wanted), waiting: ways.flatMap(({ waiting }) => waiting) };
}

function judgeFlow(path: string, flow: FlowArgs, { facts, findings }: Known): void {
  for (const port of flow.ports) {
    const { from, to } = portsOf(port);
    if (from > to || to > 65_535)
      findings.refuse(
        `${path}.ports`,
        `expected a range of ports up to 65535, got "${port}"`,
        `write "${Math.min(from, to, 65_535)}-${Math.min(65_535, Math.max(from, to))}"`,
      );
  }
  if (flow.ports.length > 0 && (flow.protocol === "vrrp" || flow.protocol === "all"))
    findings.note(`${path}.ports`, `protocol ${flow.protocol} has no ports: ${flow.ports.join(", ")} is passed over`);
  if (flow.protocol === "vrrp") findings.use(`${path}.protocol`, facts.limits.access.vrrp);
}

/** One side of a flow: the word, and who it means. */
interface Side {
  readonly peer: string;
  readonly who: ReturnType<typeof peerOf>;
}

/** One source to one target. */
function wayOf(name: string, flow: FlowArgs, source: Side, target: Side, scene: Scene): Documented {
  const { members, comers, known } = scene;
  const path = `access.flows.${name}`;
  const nothing: Documented = { wanted: [], waiting: [] };
  if (source.who === null || target.who === null) return nothing;
  const ported = flow.protocol === "tcp" || flow.protocol === "udp";
  const ports = flow.ports.length > 0 ? flow.ports.map(portsOf) : (members[target.peer]?.ports ?? []);
  const waits = [source.who, target.who].flatMap(who => ("waitsFor" in who ? [who.waitsFor] : []));
  // A tunnel answers once there is one.
  if (target.peer === "vpn" && flow.protocol === "udp" && !comers.tunnels && waits.length === 0) waits.push("entry.sites.*.peer");
  const wayOut = leavesBy(source.who, target.who, comers);
  if (wayOut !== null) waits.push(wayOut);
  if (waits.length > 0 || "waitsFor" in source.who || "waitsFor" in target.who)
    return {
      wanted: [],
      waiting: [{ flow: name, from: source.peer, to: target.peer, ports: ports.map(portText).join(", "), waitsFor: waits.join(", ") }],
    };
  if (ports.length === 0 && ported) {
    known.findings.refuse(
      `${path}.ports`,
      `expected ports, since ${target.peer} has none of its own, got none`,
      "say which, such as [443]",
    );
    return nothing;
  }
  const to = target.who;
  const rulesFrom = (who: Peer) => {
    const seen = seenBy(who, to, comers.cdn);
    return ported
      ? ports.map(port => wantedOf(seen, to, flow.protocol, port, "primary"))
      : [wantedOf(seen, to, flow.protocol, { from: 0, to: 0 }, "primary")];
  };
  const rules = rulesFrom(source.who).filter(rule => isAnswered(path, rule, members[target.peer], known));
  for (const rule of rules) {
    judgeRule(path, rule, known);
    judgeCdn(path, rule, known);
  }
  if (source.who.kind === "cdn" && to.kind === "balancer" && known.facts.limits.cdn.alone.is !== "native")
    return { wanted: behind(target.peer, source.who, members), waiting: [] };
  // Behind a balancer that hands connections on, the targets see its callers.
  const callers = members[source.peer]?.handsOn === true ? callersOf(source.peer, scene) : [];
  return { wanted: [...rules, ...callers.flatMap(rulesFrom).map(rule => ({ ...rule, line: null }))], waiting: [] };
}

/** What a host still needs on its way to addresses of the internet; null where it needs nothing. */
function leavesBy(from: Side["who"], to: Side["who"], { wayOut }: Comers): string | null {
  if (from === null || to === null || !("kind" in from) || !("kind" in to) || from.kind !== "compute" || to.kind !== "ranges") return null;
  return to.ranges.every(range => range.includes(":") || isPrivate(parseRange(range))) ? null : wayOut(from.tier);
}

/** A CDN that is a balancer itself asks whoever answers behind the one that is named; the rules of that one let it. */
const behind = (balancer: string, cdn: Peer, members: Members): readonly Wanted[] =>
  (members[balancer]?.serves ?? []).flatMap(({ role, port }) => {
    const who = members[role]?.peer;
    return who === undefined ? [] : [{ ...wantedOf(cdn, who, "tcp", { from: port, to: port }, "primary"), ruled: false }];
  });

/** Whoever flows let call a balancer. */
const callersOf = (balancer: string, { args, members, ipv6, comers, known }: Scene): readonly Peer[] =>
  Object.entries(args.flows).flatMap(([name, flow]) =>
    flow.to.includes(balancer)
      ? flow.from.flatMap((peer, index) => {
          const who = peerOf(`access.flows.${name}.from[${index}]`, peer, args, members, ipv6, comers, known);
          return who === null || "waitsFor" in who ? [] : [who];
        })
      : [],
  );
