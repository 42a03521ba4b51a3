/**
 * The address plan. Every tier and zone has a slot of its own, whether it is used or not, so that adding one never renumbers another.
 * A network is cut into 256 units (a /16 into /24s): management takes quarters of unit 0 (and of unit 30 from zone e on),
 * public units 1 to 6, app 11 to 16, data 21 to 26. Those are the numbers of the documented systems.
 */
import { block, type Range } from "../kernel/cidr.ts";
import type { Tier } from "./model.ts";

export const zoneLetters = ["a", "b", "c", "d", "e", "f"] as const;
export type ZoneLetter = (typeof zoneLetters)[number];

const firstUnit = { public: 1, app: 11, data: 21 } satisfies Record<Exclude<Tier, "management">, number>;

/** Smallest prefix (largest subnet) that a planned slot holds. */
export const slotPrefix = (range: Range, tier: Tier): number => range.prefix + (tier === "management" ? 10 : 8);

/** The slot of one tier and zone, narrowed to `prefix`. */
export function plannedRange(range: Range, tier: Tier, zone: ZoneLetter, prefix: number): Range {
  const index = zoneLetters.indexOf(zone);
  const slot =
    tier === "management"
      ? block(range, range.prefix + 10, index < 4 ? index : 120 + index - 4)
      : block(range, range.prefix + 8, firstUnit[tier] + index);
  return { first: slot.first, prefix };
}
