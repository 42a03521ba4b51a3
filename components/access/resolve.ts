import type { EntryPeers } from "../entry/peers.ts";
import type { Known } from "../kernel/known.ts";
import type { PlaceKey } from "../kernel/places.ts";
import type { Tier } from "../network/model.ts";
import { filtered, isOpen, judgeKeys, judgeOutside, type Members, type Wanted } from "./judge.ts";
import type { AccessArgs, FlowLine, FlowsSpec, Peer, PeersSpec, RuleSpec, WaitingFlow } from "./model.ts";
import { slots } from "./slots.ts";
import { type Comers, documented, wantedOf } from "./ways.ts";

export interface Access {
  readonly spec: FlowsSpec;
  readonly lines: readonly FlowLine[];
  readonly waiting: readonly WaitingFlow[];
}

export const peersOf = (place: PlaceKey, members: Members): PeersSpec => ({
  place,
  peers: Object.fromEntries(Object.entries(members).map(([name, member]) => [name, member.peer])),
});

/** What databases do by themselves, on a cloud where that passes the network's rules. Replicas do none of it. */
function ownActs(members: Members, { facts }: Known): readonly Wanted[] {
  const store: Peer = { kind: "store", name: "store" };
  return Object.values(members).flatMap(({ peer, acts }) =>
    facts.databasesAct
      ? acts.map(({ to, port }) => wantedOf(peer, to === "store" ? store : peer, "tcp", { from: port, to: port }, "primary"))
      : [],
  );
}

/** Sessions, where they come in from outside. */
const sessions = (members: Members, { session }: EntryPeers): readonly Wanted[] =>
  session === null
    ? []
    : session.roles.flatMap(role => {
        const to = members[role]?.peer;
        return to === undefined ? [] : [wantedOf(session.from, to, "tcp", { from: 22, to: 22 }, "primary")];
      });

/** Where sessions, clients and sites come in, on a side of its own on the internet: no rule of ours is asked there. */
function doors(place: PlaceKey, { session, hasClients, tunnels }: EntryPeers, said: readonly FlowLine[]): readonly FlowLine[] {
  const isSaid = (line: FlowLine): boolean =>
    said.some(other => other.from === line.from && other.to === line.to && other.protocol === line.protocol && other.ports === line.ports);
  const door = (to: string, protocol: FlowLine["protocol"], ports: string): FlowLine => ({
    from: "internet",
    to,
    protocol,
    ports,
    place,
    rule: null,
  });
  return [
    ...(session?.isPublic === true ? [door("session", "tcp", "443")] : []),
    ...(hasClients ? [door("vpn", "tcp", "443")] : []),
    ...(tunnels ? [door("vpn", "udp", "500"), door("vpn", "udp", "4500")] : []),
  ].filter(line => !isSaid(line));
}

/** What every host needs of its cloud: secrets, keys, logs and session access by the private path, object storage, and the cloud's own probes. */
function platform(members: Members, place: PlaceKey, { store }: Comers, { facts }: Known): readonly Wanted[] {
  const endpoints = members.endpoints?.peer;
  return Object.values(members)
    .filter(member => member.peer.kind === "compute")
    .flatMap(({ peer, healthPort }) => [
      ...(endpoints === undefined ? [] : [wantedOf(peer, endpoints, "tcp", { from: 443, to: 443 }, place)]),
      ...(store ? [wantedOf(peer, { kind: "store", name: "store" } as const, "tcp", { from: 443, to: 443 }, place)] : []),
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
  comers: Comers,
  known: Known,
): Access {
  const { wanted, waiting } = place === "primary" ? documented({ args, members, ipv6, comers, known }) : { wanted: [], waiting: [] };
  const own = place === "primary" ? [...ownActs(members, known), ...sessions(members, comers)] : [];
  const all = [...wanted, ...platform(members, place, comers, known), ...own];
  judgeOutside(args, members, known);
  judgeKeys(all, known);
  const unique = new Map(all.map(one => [one.key, one]));
  const needed = [...unique.values()].filter(
    ({ rule, ruled }) => ruled && filtered(rule) && !(rule.from.kind === "cdn" && isOpen(rule.to.name, rule, all)),
  );
  const priorities = slots(needed.map(({ key }) => key));
  const rules = Object.fromEntries(needed.map(({ key, rule }): [string, RuleSpec] => [key, { ...rule, priority: priorities[key] ?? 0 }]));
  const lines = new Map(
    all.flatMap(({ key, line }) => (line === null ? [] : [[key, Object.hasOwn(rules, key) ? line : { ...line, rule: null }]])),
  );
  const said = [...lines.values()];
  return { spec: { place, rules, tiers, ipv6 }, lines: [...said, ...(place === "primary" ? doors(place, comers, said) : [])], waiting };
}
