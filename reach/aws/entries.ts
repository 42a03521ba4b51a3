/** What the way in adds to rules: an entry answers on its listeners alone, and sends to what stands behind it alone. */
import { intersection, isEmpty, type PortSet } from "../ports.ts";
import type { Strand } from "../strands.ts";
import type { Member } from "./members.ts";

export type Way = Omit<Strand, "place">;

/** Ports that something lets through, and the names of what does. */
export interface Gate {
  readonly ports: PortSet;
  readonly through: readonly string[];
}

export interface Entry {
  /** Where it answers, whoever calls. */
  readonly answers: readonly Gate[];
  /** What it sends to a member. */
  readonly towards: (other: Member) => readonly Gate[];
  /** What it sends out of the platform: to a range as written, or `internet`. */
  readonly outward: (end: string) => readonly Gate[];
}

/** The part of a way that one of the gates lets through as well. */
export const narrowed = <W extends Way>(way: W, gates: readonly Gate[]): readonly W[] =>
  gates.flatMap(gate => {
    const ports = intersection(way.ports, gate.ports);
    return isEmpty(ports) ? [] : [{ ...way, ports, through: [...way.through, ...gate.through] }];
  });
