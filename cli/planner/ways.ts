/** Who reaches whom as one line a pair, so that what was read and what was written can be compared. */
import type { Reach } from "../../reach/model.ts";
import { difference, intersection, isEmpty, linesOf, type PortLine, type PortSet, portSet, union } from "../../reach/ports.ts";

interface Pair {
  readonly from: string;
  readonly to: string;
  readonly place: Reach["place"];
  readonly ports: PortSet;
  readonly parts: readonly Reach[];
}

const setOf = ({ protocol, ports }: PortLine): PortSet => portSet(protocol, ports);

function pairsOf(permissions: readonly Reach[]): ReadonlyMap<string, Pair> {
  const grouped = Map.groupBy(permissions, ({ from, to, place }) => JSON.stringify([place, from, to]));
  const pairs = [...grouped].flatMap(([key, parts]): [string, Pair][] => {
    const [first] = parts;
    if (first === undefined) return [];
    return [[key, { from: first.from, to: first.to, place: first.place, ports: union(...parts.map(setOf)), parts }]];
  });
  return new Map(pairs);
}

function permissionsOf({ from, to, place, parts }: Pair, ports: PortSet): readonly Reach[] {
  return linesOf(ports).map(line => {
    const open = setOf(line);
    const through = parts.filter(part => !isEmpty(intersection(setOf(part), open))).flatMap(part => part.through);
    return { from, to, ...line, place, through: [...new Set(through)].toSorted() };
  });
}

/** 80 before 443, and `web-2` before `web-10`. */
const order = new Intl.Collator("en", { numeric: true });
const sorted = (permissions: readonly Reach[]): readonly Reach[] => permissions.toSorted((a, b) => order.compare(wayText(a), wayText(b)));

/** One entry for each pair and run of ports, in the order of their text. */
export const joined = (permissions: readonly Reach[]): readonly Reach[] =>
  sorted([...pairsOf(permissions).values()].flatMap(pair => permissionsOf(pair, pair.ports)));

/** What `one` has and `other` has not. */
export function without(one: readonly Reach[], other: readonly Reach[]): readonly Reach[] {
  const theirs = pairsOf(other);
  const left = [...pairsOf(one)].map(([key, pair]) => {
    const taken = theirs.get(key);
    return { pair, ports: taken === undefined ? pair.ports : difference(pair.ports, taken.ports) };
  });
  return sorted(left.flatMap(({ pair, ports }) => (isEmpty(ports) ? [] : permissionsOf(pair, ports))));
}

/** `443`, `9090-9092`, `500/udp`, `vrrp`. */
export function portsText({ protocol, ports: [first, last] }: PortLine): string {
  const whole = first === 0 && last === 65_535;
  const numbers = first === last ? String(first) : `${first}-${last}`;
  if (protocol === "tcp") return whole ? "tcp" : numbers;
  return whole ? protocol : `${numbers}/${protocol}`;
}

/** `mcp to db 5432`. */
export const wayText = (permission: Reach): string =>
  `${permission.from} to ${permission.to} ${portsText(permission)}${permission.place === "secondary" ? " in the second region" : ""}`;
