/** Many small findings, one per rule and way, gathered into the lines of a reachability. */
import type { Reach } from "./model.ts";
import { intersection, isEmpty, linesOf, type PortSet, portSet, union } from "./ports.ts";

/** What one way lets through: a pair of rules, a route out, an address. */
export interface Strand extends Pick<Reach, "from" | "to" | "place" | "through"> {
  readonly ports: PortSet;
}

const inOrder = (a: string, b: string): number => (a < b ? -1 : Number(a > b));

/** One line per interval, each with the names of everything that carries a part of it; sorted, so that equal readings are equal data. */
export function gathered(strands: readonly Strand[]): readonly Reach[] {
  const open = strands.filter(strand => !isEmpty(strand.ports));
  return [...Map.groupBy(open, ({ from, to, place }) => `${place} ${from} ${to}`)]
    .toSorted(([a], [b]) => inOrder(a, b))
    .flatMap(([, members]) => members.slice(0, 1).flatMap(({ from, to, place }) => linesFor({ from, to, place }, members)));
}

const linesFor = (ends: Pick<Reach, "from" | "to" | "place">, strands: readonly Strand[]): readonly Reach[] =>
  linesOf(union(...strands.map(strand => strand.ports))).map(line => {
    const whole = portSet(line.protocol, line.ports);
    const carrying = strands.filter(strand => !isEmpty(intersection(strand.ports, whole)));
    const through = [...new Set(carrying.flatMap(strand => strand.through))].toSorted(inOrder);
    return { ...ends, ...line, through };
  });
