/** Rule numbers. Azure orders rules by a number that must be unique in a group; every cloud gets the same ones. */
import { hash } from "../kernel/hash.ts";

const flows = { first: 200, count: 3_701 }; // 200 to 3900: room under the platform's own rules and above the deny rules

/** A number per key, from the key alone unless two collide, so that a new rule moves no other. No more keys than there is room for. */
export function slots(keys: readonly string[], { first, count } = flows): Readonly<Record<string, number>> {
  if (keys.length > count) throw new Error(`${keys.length} rules, and room for ${count}`);
  const taken = new Set<number>();
  const numbers: Record<string, number> = {};
  for (const key of keys.toSorted()) {
    let slot = hash(key) % count;
    while (taken.has(slot)) slot = (slot + 1) % count;
    taken.add(slot);
    numbers[key] = first + slot;
  }
  return numbers;
}
