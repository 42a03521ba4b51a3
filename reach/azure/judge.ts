/** What the security groups before an interface let through, one list for each group that is asked. */
import { every, intersection, isEmpty, type PortSet } from "../ports.ts";
import { type Direction, type Filter, letThrough, type Opening } from "./filter.ts";
import { type Interface, isJudged } from "./interfaces.ts";
import type { Party } from "./party.ts";

export type FilterAt = (urn: string) => Filter;

export const partyOf = (one: Interface): Party => ({ kind: "interface", interface: one });

/** What each group of an interface lets through; a subnet without a group, or one that endpoints pass by, lets everything through. */
export function groupsOf(here: Interface, direction: Direction, other: Party, filterAt: FilterAt): readonly (readonly Opening[])[] {
  const self = partyOf(here);
  const judge = (urn: string): readonly Opening[] =>
    direction === "Inbound" ? letThrough(filterAt(urn).Inbound, other, self, self) : letThrough(filterAt(urn).Outbound, self, other, self);
  const { subnet } = here;
  const bySubnet =
    isJudged(here) && subnet.filter !== null ? judge(subnet.filter) : [{ name: subnet.name, traffic: every, written: false }];
  return here.filter === null ? [bySubnet] : [bySubnet, judge(here.filter)];
}

/** What a thing lets through by what it is: a listener's port, a tunnel's. */
export const only = (name: string, traffic: PortSet): readonly Opening[] => [{ name, traffic, written: true }];

/** What a group lets through behind a door that changes the port, as seen before the door. */
export const movedTo = (openings: readonly Opening[], behind: PortSet, before: PortSet): readonly Opening[] =>
  behind === before
    ? openings
    : openings.flatMap(opening => (isEmpty(intersection(opening.traffic, behind)) ? [] : [{ ...opening, traffic: before }]));
