/** Decides peers and rules: every documented flow, pair by pair and port by port. */
import { parseRange } from "../kernel/cidr.ts";
import type { Known } from "../kernel/known.ts";
import { nearest } from "../kernel/nearest.ts";
import { pathText } from "../kernel/path.ts";
import type { PlaceKey } from "../kernel/places.ts";
import type { Tier } from "../network/model.ts";
import {
  type AccessArgs,
  type FlowLine,
  type FlowsSpec,
  type MemberPeer,
  type Peer,
  type PeersSpec,
  type ReservedPeer,
  type RuleSpec,
  reservedPeers,
  type WaitingFlow,
} from "./model.ts";
import { slots } from "./slots.ts";

interface Ports {
  readonly from: number;
  readonly to: number;
}

/** A member that others may talk to; `ports` where the member itself knows them. */
export interface Member {
  readonly peer: MemberPeer;
  readonly ports: readonly Ports[];
  /** Where the cloud's own probes ask, if it is asked. */
  readonly healthPort: number | null;
}

export type Members = Readonly<Record<string, Member>>;

export interface Access {
  readonly spec: FlowsSpec;
  readonly lines: readonly FlowLine[];
  readonly waiting: readonly WaitingFlow[];
}

/** Peers of later concepts; the cloud's resolver and clock answer every host without a rule. */
const later = new Set<ReservedPeer>(["cdn", "lb", "lb-int", "vpn", "bastion"]);
const unfiltered = new Set<ReservedPeer>(["resolver", "clock"]);

const isReserved = (name: string): name is ReservedPeer => (reservedPeers as readonly string[]).includes(name);
const portsOf = (port: number | string): Ports => {
  const [from = 0, to = from] = String(port).split("-").map(Number);
  return { from, to };
};
const portText = ({ from, to }: Ports): string => (from === to ? String(from) : `${from}-${to}`);

export const peersOf = (place: PlaceKey, members: Members): PeersSpec => ({
  place,
  peers: Object.fromEntries(Object.entries(members).map(([name, member]) => [name, member.peer])),
});

/** Who a word means: a peer, nobody yet, or somebody who needs no rule. */
function peerOf(
  path: string,
  name: string,
  args: AccessArgs,
  members: Members,
  { findings }: Known,
): Peer | { readonly waitsFor: string } | null {
  const member = members[name];
  if (member !== undefined) return member.peer;
  const outside = args.outside[name];
  if (outside !== undefined)
    return outside.ranges.length === 0 ? { waitsFor: `access.outside.${name}.ranges` } : { kind: "ranges", name, ranges: outside.ranges };
  if (name === "internet") return { kind: "ranges", name, ranges: ["0.0.0.0/0"] };
  if (name === "store") return { kind: "store", name };
  if (isReserved(name) && later.has(name)) return { waitsFor: name };
  if (isReserved(name) && unfiltered.has(name)) return null;
  const known = [...new Set([...Object.keys(members), ...Object.keys(args.outside), ...reservedPeers])];
  const near = nearest(name, known);
  findings.refuse(path, `no peer is called "${name}"`, near === null ? `use one of ${known.join(", ")}` : `did you mean "${near}"?`);
  return null;
}

interface Wanted {
  readonly key: string;
  readonly line: FlowLine;
  readonly rule: Omit<RuleSpec, "priority">;
}

function wantedOf(from: Peer, to: Peer, protocol: RuleSpec["protocol"], ports: Ports, place: PlaceKey): Wanted {
  const noPorts = protocol === "vrrp" || protocol === "all";
  const text = noPorts ? "" : portText(ports);
  const key = [from.name, to.name, protocol, text]
    .filter(part => part !== "")
    .join("-")
    .toLowerCase();
  return {
    key,
    line: { from: from.name, to: to.name, protocol, ports: text, place, rule: key },
    rule: { from, to, protocol, fromPort: noPorts ? 0 : ports.from, toPort: noPorts ? 0 : ports.to },
  };
}

const adminPorts = [22, 3389];

function judgeRule(path: string, { rule }: Wanted, { findings }: Known): void {
  const open = rule.from.kind === "ranges" && rule.from.name === "internet";
  if (open && (rule.to.kind === "database" || rule.to.kind === "cache"))
    findings.refuse(
      path,
      `expected no way from the internet to a ${rule.to.kind}, got internet to ${rule.to.name}`,
      "let a role stand between, such as one behind lb",
    );
  if (open && (rule.protocol === "all" || adminPorts.some(port => rule.fromPort <= port && port <= rule.toPort)))
    findings.refuse(
      path,
      `expected no administration port (${adminPorts.join(", ")}) open to the internet, got ${rule.protocol === "all" ? "every port" : portText({ from: rule.fromPort, to: rule.toPort })} of ${rule.to.name}`,
      "name a peer of access.outside instead, or vpn; session access needs no port",
    );
}

/** Only `internet` may mean everybody, so that whoever reads the flows sees it. */
const widest = 8;

/** An outside peer of a member's name would be passed over, one of a reserved word would change what the word says. */
function judgeOutside(args: AccessArgs, members: Members, { findings }: Known): void {
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
function judgeKeys(all: readonly Wanted[], { findings }: Known): void {
  const owners = new Map<string, Wanted>();
  for (const one of all) {
    const other = owners.get(one.key);
    if (other !== undefined && (other.line.from !== one.line.from || other.line.to !== one.line.to))
      findings.refuse(
        "access.flows",
        `expected rules with names of their own, got "${one.key}" twice: ${other.line.from} to ${other.line.to}, and ${one.line.from} to ${one.line.to}`,
        `rename "${one.line.from}" or "${one.line.to}"`,
      );
    owners.set(one.key, one);
  }
}

/** Every documented flow of the primary place. */
function documented(
  args: AccessArgs,
  members: Members,
  known: Known,
): { readonly wanted: readonly Wanted[]; readonly waiting: readonly WaitingFlow[] } {
  const wanted: Wanted[] = [];
  const waiting: WaitingFlow[] = [];
  for (const [name, flow] of Object.entries(args.flows)) {
    const path = `access.flows.${name}`;
    for (const port of flow.ports) {
      const { from, to } = portsOf(port);
      if (from > to || to > 65_535)
        known.findings.refuse(
          `${path}.ports`,
          `expected a range of ports up to 65535, got "${port}"`,
          `write "${Math.min(from, to, 65_535)}-${Math.min(65_535, Math.max(from, to))}"`,
        );
    }
    if (flow.protocol === "vrrp") known.findings.use(`${path}.protocol`, known.facts.limits.access.vrrp);
    const sides = (side: "from" | "to") =>
      flow[side].map((peer, index) => ({ peer, who: peerOf(`${path}.${side}[${index}]`, peer, args, members, known) }));
    const targets = sides("to");
    for (const source of sides("from"))
      for (const target of targets) {
        if (source.who === null || target.who === null) continue;
        const waits = [source.who, target.who].flatMap(who => ("waitsFor" in who ? [who.waitsFor] : []));
        const own = members[target.peer]?.ports ?? [];
        const ports = flow.ports.length > 0 ? flow.ports.map(portsOf) : own;
        if (waits.length > 0)
          waiting.push({
            flow: name,
            from: source.peer,
            to: target.peer,
            ports: ports.map(portText).join(", "),
            waitsFor: waits.join(", "),
          });
        if ("waitsFor" in source.who || "waitsFor" in target.who) continue;
        if (ports.length === 0 && (flow.protocol === "tcp" || flow.protocol === "udp")) {
          known.findings.refuse(
            `${path}.ports`,
            `expected ports, since ${target.peer} has none of its own, got none`,
            "say which, such as [443]",
          );
          continue;
        }
        const { who: from } = source;
        const { who: to } = target;
        const rules =
          flow.protocol === "tcp" || flow.protocol === "udp"
            ? ports.map(port => wantedOf(from, to, flow.protocol, port, "primary"))
            : [wantedOf(from, to, flow.protocol, { from: 0, to: 0 }, "primary")];
        for (const rule of rules) judgeRule(path, rule, known);
        wanted.push(...rules);
      }
  }
  return { wanted, waiting };
}

/** What every host needs of its cloud: secrets, keys, logs and session access by the private path, object storage, and the cloud's own probes. */
function platform(members: Members, place: PlaceKey, { facts }: Known): readonly Wanted[] {
  const endpoints = members.endpoints?.peer;
  return Object.values(members)
    .filter(member => member.peer.kind === "compute")
    .flatMap(({ peer, healthPort }) => [
      ...(endpoints === undefined ? [] : [wantedOf(peer, endpoints, "tcp", { from: 443, to: 443 }, place)]),
      wantedOf(peer, { kind: "store", name: "store" }, "tcp", { from: 443, to: 443 }, place),
      ...(healthPort === null || facts.healthSources.length === 0
        ? []
        : [
            wantedOf(
              { kind: "ranges", name: "health", ranges: facts.healthSources },
              peer,
              "tcp",
              { from: healthPort, to: healthPort },
              place,
            ),
          ]),
    ]);
}

export function resolveFlows(
  place: PlaceKey,
  args: AccessArgs,
  members: Members,
  tiers: readonly Tier[],
  ipv6: boolean,
  known: Known,
): Access {
  const { wanted, waiting } = place === "primary" ? documented(args, members, known) : { wanted: [], waiting: [] };
  const all = [...wanted, ...platform(members, place, known)];
  judgeOutside(args, members, known);
  judgeKeys(all, known);
  const unique = new Map(all.map(one => [one.key, one]));
  const priorities = slots([...unique.keys()]);
  const rules = Object.fromEntries(
    [...unique.values()].map(({ key, rule }): [string, RuleSpec] => [key, { ...rule, priority: priorities[key] ?? 0 }]),
  );
  return { spec: { place, rules, tiers, ipv6 }, lines: [...unique.values()].map(({ line }) => line), waiting };
}
