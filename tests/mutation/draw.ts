/** Draws faults by a seed: evenly over their kinds, and within a kind over types of resource or fields, so that a hundred firewall rules count as one. */
import { createHash } from "node:crypto";
import type { Candidate } from "./candidates.ts";

/** A text's place under a seed. By its hash, so that what is added to the program moves few of the drawn faults. */
const placeOf = (seed: number, text: string): string => createHash("sha256").update(`${seed} ${text}`).digest("hex");

const shuffled = <T>(seed: number, items: Iterable<T>, textOf: (item: T) => string): readonly T[] =>
  [...items]
    .map(item => ({ item, place: placeOf(seed, textOf(item)) }))
    .toSorted((one, other) => (one.place < other.place ? -1 : 1))
    .map(({ item }) => item);

/** One of each group in turn, then the next of each. */
function inTurns<T>(groups: readonly (readonly T[])[]): readonly T[] {
  const longest = Math.max(0, ...groups.map(group => group.length));
  return Array.from({ length: longest }, (_, round) => groups.flatMap(group => group.slice(round, round + 1))).flat();
}

export function draw(candidates: readonly Candidate[], seed: number, count: number): readonly Candidate[] {
  const kinds = Map.groupBy(candidates, ({ kind }) => kind);
  const lines = shuffled(seed, kinds, ([kind]) => kind).map(([kind, ofKind]) => {
    const groups = Map.groupBy(ofKind, ({ group }) => group);
    const decks = shuffled(seed, groups, ([group]) => `${kind} ${group}`);
    return inTurns(decks.map(([, same]) => shuffled(seed, same, ({ fault }) => JSON.stringify(fault))));
  });
  return inTurns(lines).slice(0, count);
}
