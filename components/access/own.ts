/** Rules that no flow has to ask for: what databases, sessions and the cloud's own services need. */
import type { EntryPeers } from "../entry/peers.ts";
import type { Known } from "../kernel/known.ts";
import type { PlaceKey } from "../kernel/places.ts";
import { type Members, type Ports, portText, type Wanted } from "./judge.ts";
import type { Peer, RuleSpec } from "./model.ts";

/** One rule, and its line in the plan. */
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

/** What databases do by themselves, on a cloud where that passes the network's rules. Replicas do none of it. */
export function ownActs(members: Members, { facts }: Known): readonly Wanted[] {
  const store: Peer = { kind: "store", name: "store" };
  return Object.values(members).flatMap(({ peer, acts }) =>
    facts.databasesAct
      ? acts.map(({ to, port }) => wantedOf(peer, to === "store" ? store : peer, "tcp", { from: port, to: port }, "primary"))
      : [],
  );
}

/** Sessions, where they come in from outside. */
export const sessions = (members: Members, { session }: EntryPeers): readonly Wanted[] =>
  session === null
    ? []
    : session.roles.flatMap(role => {
        const to = members[role]?.peer;
        return to === undefined ? [] : [wantedOf(session.from, to, "tcp", { from: 22, to: 22 }, "primary")];
      });

/** What every host needs of its cloud: secrets, keys, logs and session access by the private path, object storage, and the cloud's own probes. */
export function platform(members: Members, place: PlaceKey, { facts }: Known): readonly Wanted[] {
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
