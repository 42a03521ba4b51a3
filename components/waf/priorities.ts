/** Rule numbers: a band per kind of rule, a number per name, so that a new rule moves no other. */
import { slots } from "../access/slots.ts";
import { pick } from "../kernel/pick.ts";
import type { Band } from "./model.ts";

/** The longest path that may be said. */
const longest = 128;

type Paths = Readonly<Record<string, { readonly path: string }>>;

/** The number of every rule of one band, by name. Where order counts, a longer path comes before any shorter one. */
export function prioritiesOf(rules: Paths, { first, slots: count, step, perCharacter }: Band): Readonly<Record<string, number>> {
  const shortOf = (name: string) => (longest - pick(rules, name).path.length) * perCharacter;
  const meeting = Map.groupBy(Object.keys(rules), shortOf); // rules of unlike lengths never have one number
  return Object.fromEntries(
    [...meeting].flatMap(([short, names]) =>
      Object.entries(slots(names, { first: 0, count })).map(([name, slot]) => [name, first + short + slot * step]),
    ),
  );
}
