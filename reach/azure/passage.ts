/** Passages: what goes from one end to another through every group on the way. */
import type { Reach } from "../model.ts";
import { difference, every, intersection, isEmpty, none, type PortSet, union } from "../ports.ts";
import type { Strand } from "../strands.ts";
import type { Opening } from "./filter.ts";

export interface Passage {
  readonly from: string;
  readonly to: string;
  readonly place: Reach["place"];
  readonly open: PortSet;
  /** What lets some of it through. */
  readonly openings: readonly Opening[];
  /** Names of what carries all of it. */
  readonly carriers: readonly string[];
  /** Whether it is a part of the internet, to be told only where the internet as a whole is not open. */
  readonly partOfInternet: boolean;
}

type Ends = Omit<Passage, "open" | "openings">;

/** All groups on the way have to let it through. Nothing where they leave nothing; a thing reaches itself only where somebody wrote so. */
export function passageOf(ends: Ends, groups: readonly (readonly Opening[])[]): Passage | null {
  const open = groups.reduce((left, group) => intersection(left, union(...group.map(({ traffic }) => traffic))), every);
  const openings = groups
    .flat()
    .map(opening => ({ ...opening, traffic: intersection(opening.traffic, open) }))
    .filter(({ traffic }) => !isEmpty(traffic));
  const isMeant = ends.from !== ends.to || openings.some(({ written }) => written);
  return isEmpty(open) || !isMeant ? null : { ...ends, open, openings };
}

const endsOf = (from: string, to: string, place: string): string => `${from} ${to} ${place}`;

export function strandsOf(passages: readonly Passage[]): readonly Strand[] {
  const byEnds = Map.groupBy(passages, ({ from, to, place }) => endsOf(from, to, place));
  const open = (from: string, to: string, place: string): PortSet =>
    union(...(byEnds.get(endsOf(from, to, place)) ?? []).map(passage => passage.open));
  return passages.flatMap(({ from, to, place, openings, carriers, partOfInternet, ...passage }) => {
    const told = partOfInternet ? union(open(from, "internet", place), open("internet", to, place)) : none;
    const strand = (traffic: PortSet, through: readonly string[]): Strand => ({
      from,
      to,
      place,
      through,
      ports: difference(traffic, told),
    });
    return [strand(passage.open, carriers), ...openings.map(({ name, traffic }) => strand(traffic, [name]))];
  });
}
