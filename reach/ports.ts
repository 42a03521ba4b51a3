/**
 * Sets of ports per protocol: what a rule opens, as intervals that can be joined, met and taken away.
 * `all` is every protocol with every port, so a set is kept per protocol and `all` is only a way to say that each of them is full.
 */
import type { Ports, Protocol } from "./model.ts";

/** `other` stands for the protocols that no rule here names, such as GRE. */
const kinds = ["tcp", "udp", "icmp", "esp", "vrrp", "other"] as const satisfies readonly Protocol[];
type Kind = (typeof kinds)[number];

/** Intervals in ascending order, apart by at least one port. A protocol without any is absent. */
export type PortSet = ReadonlyMap<Kind, readonly Ports[]>;

export interface PortLine {
  readonly protocol: Protocol;
  readonly ports: Ports;
}

export const everyPort: Ports = [0, 65_535];
/** Where systems answer: the ports that a stateless filter must let back in. */
export const ephemeralPorts: Ports = [1024, 65_535];

/** Numbers of https://www.iana.org/assignments/protocol-numbers (read 2025-11-21), as rules write them where they have no word. */
const numbers: Readonly<Record<string, Protocol>> = {
  "-1": "all",
  "1": "icmp",
  "6": "tcp",
  "17": "udp",
  "50": "esp",
  "58": "icmp",
  "112": "vrrp",
};
const words: Readonly<Record<string, Protocol>> = { "*": "all", any: "all", icmpv6: "icmp", ipv6_icmp: "icmp" };
const named: ReadonlySet<string> = new Set<Protocol>([...kinds, "all"]);
const isProtocol = (word: string): word is Protocol => named.has(word);

/** A protocol as any of the clouds writes it: a word in any case, a number, `-1` or `*`. */
export function protocolOf(written: string | number): Protocol {
  const word = String(written).toLowerCase();
  if (isProtocol(word)) return word;
  return numbers[word] ?? words[word] ?? "other";
}

const hasPorts = (kind: Kind): boolean => kind === "tcp" || kind === "udp";

/** A protocol without ports is in the set or not, so it comes with all of them. */
export function portSet(protocol: Protocol, ports: Ports = everyPort): PortSet {
  if (protocol === "all") return every;
  const [first, last] = hasPorts(protocol) ? ports : everyPort;
  return first > last ? none : new Map([[protocol, [[first, last]]]]);
}

export const none: PortSet = new Map();
export const every: PortSet = new Map(kinds.map(kind => [kind, [everyPort]]));

function joined(intervals: readonly Ports[]): readonly Ports[] {
  const made: [number, number][] = [];
  for (const [first, last] of intervals.toSorted((a, b) => a[0] - b[0])) {
    const before = made.at(-1);
    if (before && first <= before[1] + 1) before[1] = Math.max(before[1], last);
    else made.push([first, last]);
  }
  return made;
}

/** What two sets share lies apart and in order as they do, so nothing is left to join. */
const met = (a: readonly Ports[], b: readonly Ports[]): readonly Ports[] =>
  a.flatMap(([first, last]) =>
    b.flatMap(([otherFirst, otherLast]): readonly Ports[] => {
      const start = Math.max(first, otherFirst);
      const end = Math.min(last, otherLast);
      return start <= end ? [[start, end]] : [];
    }),
  );

const without = (a: readonly Ports[], b: readonly Ports[]): readonly Ports[] =>
  b.reduce<readonly Ports[]>(
    (left, [first, last]) =>
      left.flatMap(([start, end]): Ports[] => {
        if (last < start || end < first) return [[start, end]];
        const before: Ports[] = start < first ? [[start, first - 1]] : [];
        return last < end ? [...before, [last + 1, end]] : before;
      }),
    a,
  );

type Combine = (a: readonly Ports[], b: readonly Ports[]) => readonly Ports[];

function combined(a: PortSet, b: PortSet, combine: Combine): PortSet {
  const made = new Map<Kind, readonly Ports[]>();
  for (const kind of kinds) {
    const ports = combine(a.get(kind) ?? [], b.get(kind) ?? []);
    if (ports.length > 0) made.set(kind, ports);
  }
  return made;
}

export const union = (...sets: readonly PortSet[]): PortSet =>
  sets.reduce((all, set) => (set.size === 0 ? all : combined(all, set, (a, b) => joined([...a, ...b]))), none);

/** Most filters let everything pass, and then nothing needs to be worked out. */
export function intersection(a: PortSet, b: PortSet): PortSet {
  if (a === every || b.size === 0) return b;
  return b === every || a.size === 0 ? a : combined(a, b, met);
}

export const difference = (a: PortSet, b: PortSet): PortSet => (a.size === 0 || b.size === 0 ? a : combined(a, b, without));

export const isEmpty = (set: PortSet): boolean => set.size === 0;

/** Whether `outer` has everything that `inner` has. */
export const covers = (outer: PortSet, inner: PortSet): boolean => isEmpty(difference(inner, outer));

/** The set as lines, one per interval; a single `all` where nothing is left out. */
export function linesOf(set: PortSet): readonly PortLine[] {
  if (covers(set, every)) return [{ protocol: "all", ports: everyPort }];
  return [...set].flatMap(([protocol, intervals]) => intervals.map(ports => ({ protocol, ports })));
}
