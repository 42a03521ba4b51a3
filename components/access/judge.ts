/** Judges peers and rules before any is made: who may stand for everybody, what the internet may reach, which names rules share. */
import { parseRange } from "../kernel/cidr.ts";
import type { Known } from "../kernel/known.ts";
import { pathText } from "../kernel/path.ts";
import {
  type AccessArgs,
  type CdnSeen,
  type FlowLine,
  type MemberPeer,
  type Peer,
  type ReservedPeer,
  type RuleSpec,
  reservedPeers,
} from "./model.ts";

export interface Ports {
  readonly from: number;
  readonly to: number;
}

/** A member that others may talk to; `ports` where the member itself knows them. */
export interface Member {
  readonly peer: MemberPeer;
  readonly ports: readonly Ports[];
  /** Where the cloud's own probes ask, if it is asked. */
  readonly healthPort: number | null;
  /** A balancer that hands connections on: its targets see whoever called it. */
  readonly handsOn: boolean;
  /** Who answers behind a balancer, by role and port. */
  readonly serves: readonly { readonly role: string; readonly port: number }[];
  /** What it opens by itself, where that passes the network's rules. */
  readonly acts: readonly { readonly to: "itself" | "store"; readonly port: number }[];
}

export type Members = Readonly<Record<string, Member>>;

/** A rule that a flow asks for, before it has a number. */
export interface Wanted {
  readonly key: string;
  /** Null where a rule stands for a flow that is shown otherwise. */
  readonly line: FlowLine | null;
  readonly rule: Omit<RuleSpec, "priority">;
  /** Whether the network has to be told; the rules of something else may say it already. */
  readonly ruled: boolean;
}

export const isReserved = (name: string): name is ReservedPeer => (reservedPeers as readonly string[]).includes(name);
export const portText = ({ from, to }: Ports): string => (from === to ? String(from) : `${from}-${to}`);

const adminPorts = [22, 3389];
/** Only `internet` may mean everybody, so that whoever reads the flows sees it. */
const widest = 8;

export function judgeRule(path: string, { rule }: Wanted, { findings }: Known): void {
  const open = rule.from.kind === "ranges" && rule.from.name === "internet";
  const wide = rule.from.kind === "ranges" && rule.from.ranges.some(range => parseRange(range).prefix < widest);
  if (open && (rule.to.kind === "database" || rule.to.kind === "cache"))
    findings.refuse(
      path,
      `expected no way from the internet to a ${rule.to.kind}, got internet to ${rule.to.name}`,
      "let a role stand between, such as one behind lb",
    );
  if (wide && (rule.protocol === "all" || adminPorts.some(port => rule.fromPort <= port && port <= rule.toPort)))
    findings.refuse(
      path,
      `expected no administration port (${adminPorts.join(", ")}) open to the internet, got ${rule.protocol === "all" ? "every port" : portText({ from: rule.fromPort, to: rule.toPort })} of ${rule.to.name}${rule.from.name === "internet" ? "" : ` for ${rule.from.name}`}`,
      "name a peer of access.outside instead, or vpn; session access needs no port",
    );
}

/** Whether somebody answers: a balancer does on its listeners' ports alone. One that was refused says so elsewhere. */
export function isAnswered(path: string, { rule }: Wanted, target: Member | undefined, { findings }: Known): boolean {
  if (target?.peer.kind !== "balancer" || target.serves.length === 0) return true;
  const open = target.ports.map(({ from }) => from);
  if (rule.protocol === "tcp" && rule.fromPort === rule.toPort && open.includes(rule.fromPort)) return true;
  const asked = rule.protocol === "tcp" ? portText({ from: rule.fromPort, to: rule.toPort }) : rule.protocol;
  findings.note(`${path}.ports`, `${asked} is passed over: ${rule.to.name} listens on ${open.join(", ")} alone`);
  return false;
}

/** The CDN as the other side sees it: balancers are asked by it, roles behind one may see its addresses. Whoever else is the same to all. */
export function seenBy(who: Peer, to: Peer, cdn: CdnSeen | null): Peer {
  if (who.kind !== "cdn" || cdn === null) return who;
  return { ...who, sources: to.kind === "balancer" ? cdn.balancers : to.kind === "compute" ? cdn.roles : [] };
}

/** The CDN asks balancers, by https, and nobody reaches its visitors' side by a rule of ours but by the way to the internet. */
export function judgeCdn(path: string, { rule: { from, to, ...rule } }: Wanted, { findings }: Known): void {
  if (from.kind === "cdn" && (to.kind === "database" || to.kind === "cache" || to.kind === "store" || to.kind === "endpoints"))
    findings.refuse(
      path,
      `expected a balancer or a role behind one, got cdn to ${to.name}`,
      "let a balancer stand between; a bucket is an origin of its own",
    );
  if (from.kind === "cdn" && to.kind === "balancer" && (rule.protocol !== "tcp" || rule.fromPort > https || rule.toPort < https))
    findings.note(path, `the CDN asks ${to.name} on port ${https} alone`);
  if (to.kind === "cdn" && from.kind !== "ranges")
    findings.refuse(
      path,
      `expected the internet or an outside peer, got ${from.name} to cdn`,
      "let it go to the internet: the CDN has no addresses of its own",
    );
}
const https = 443;

/** An outside peer of a member's name would be passed over, one of a reserved word would change what the word says. */
export function judgeOutside(args: AccessArgs, members: Members, { findings }: Known): void {
  for (const name of Object.keys(args.outside))
    if (Object.hasOwn(members, name) || isReserved(name))
      findings.refuse(
        pathText(["access", "outside", name]),
        `expected a name of its own, got "${name}", which is a ${isReserved(name) ? "reserved word of flows" : "member of the platform"}`,
        `call it "${name}-outside"`,
      );
  for (const [name, { ranges }] of Object.entries(args.outside))
    for (const text of ranges)
      if (parseRange(text).prefix < widest)
        findings.refuse(
          `access.outside.${name}.ranges`,
          `expected ranges of /${widest} or narrower, got "${text}"`,
          "name the peer internet in the flow, if everybody is meant",
        );
}

/** A rule's key joins two names, and two pairs of names may read alike: `web` to `api-db`, `web-api` to `db`. */
export function judgeKeys(all: readonly Wanted[], { findings }: Known): void {
  const owners = new Map<string, Wanted>();
  for (const one of all) {
    const other = owners.get(one.key);
    if (
      other !== undefined &&
      (other.rule.from.name !== one.rule.from.name ||
        other.rule.to.name !== one.rule.to.name ||
        other.rule.from.kind !== one.rule.from.kind)
    )
      findings.refuse(
        "access.flows",
        `expected rules with names of their own, got "${one.key}" twice: ${other.rule.from.name} to ${other.rule.to.name}, and ${one.rule.from.name} to ${one.rule.to.name}`,
        `rename "${one.rule.from.name}" or "${one.rule.to.name}"`,
      );
    owners.set(one.key, one);
  }
}

/**
 * Whether a rule can say it: no side of a balancer without an address in the network is filtered by the network,
 * nor is the public side of a VPN, where clients and other ends call.
 */
export const filtered = ({ from, to, ...rule }: Omit<RuleSpec, "priority">): boolean => {
  if (from.kind === "ranges" && (to.name === "vpn" || (to.kind === "balancer" && !to.stands))) return false;
  if (to.kind === "cdn") return false; // its way in is its own, and no packet filter of ours
  if (from.kind === "cdn") return from.sources.length > 0 && !unseen(to, "front") && (to.kind !== "balancer" || rule.toPort === 443);
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
