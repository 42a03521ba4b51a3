/** Rule numbers: a band per kind of rule, a number per name, so that a new rule moves no other. */
import { slots } from "../access/slots.ts";
import { pick } from "../kernel/pick.ts";
import type { Band } from "./model.ts";

/** The longest path that may be said. */
const longest = 128;

type Paths = Readonly<Record<string, { readonly path: string }>>;

/** The number of every rule of one band, by name. Where order counts, a longer path comes before any shorter one. */
export function prioritiesOf(rules: Paths, { first, slots: count, step, perCharacter }: Band): Readonly<Record<string, number>> {
  const slotOf = slots(Object.keys(rules), { first: 0, count });
  return Object.fromEntries(
    Object.entries(rules).map(([name, { path }]) => [name, first + (longest - path.length) * perCharacter + pick(slotOf, name) * step]),
  );
}
