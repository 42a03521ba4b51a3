/** A planned platform with one mistake in it: how a mistake is written, and how some of many are drawn. */
import type { Plan, PlannedResource } from "../../../cli/planner/model.ts";
import { at, rowsOf, textOf } from "../../../reach/values.ts";

/** Computed when it is drawn: most are never made. */
export interface Mutant {
  readonly what: string;
  readonly resources: () => readonly PlannedResource[];
}

export type Inputs = PlannedResource["inputs"];
/** One kind of mistake: every place of a plan where it would change who reaches whom. */
export type Operator = (plan: Plan) => readonly Mutant[];
export type Operators = Readonly<Record<string, Operator>>;

export type Step = string | number;

const isList = (value: unknown): value is readonly unknown[] => Array.isArray(value);

/** The value with one part replaced, however deep; what is not there yet is made. */
export function put(value: unknown, [step, ...rest]: readonly Step[], part: unknown): unknown {
  if (step === undefined) return part;
  if (typeof step === "number")
    return (isList(value) ? value : []).map((member, index) => (index === step ? put(member, rest, part) : member));
  const fields = typeof value === "object" && value !== null ? value : {};
  return { ...fields, [step]: put(at(value, step), rest, part) };
}

export const putIn = (inputs: Inputs, path: readonly Step[], part: unknown): Inputs =>
  Object.fromEntries(Object.entries(Object(put(inputs, path, part))));

/** Every reference to one resource as a reference to another. */
export function swapped(value: unknown, from: string, to: string): unknown {
  if (isList(value)) return value.map(member => swapped(member, from, to));
  if (value === from) return to;
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, swapped(member, from, to)]));
}

export const swappedIn = (inputs: Inputs, from: string, to: string): Inputs =>
  Object.fromEntries(Object.entries(inputs).map(([key, value]) => [key, swapped(value, from, to)]));

export type Edit = (inputs: Inputs) => Inputs;

export const removing = ({ resources }: Plan, urns: readonly string[]): readonly PlannedResource[] =>
  resources.filter(({ urn }) => !urns.includes(urn));

export const editing = ({ resources }: Plan, urns: readonly string[], edit: Edit): readonly PlannedResource[] =>
  resources.map(resource => (urns.includes(resource.urn) ? { ...resource, inputs: edit(resource.inputs) } : resource));

/** A further resource like each of those, told apart by its name. */
export const adding = ({ resources }: Plan, like: readonly PlannedResource[], edit: Edit): readonly PlannedResource[] => [
  ...resources,
  ...like.map(one => ({ ...one, urn: `${one.urn}-too`, name: `${one.name}-too`, inputs: edit(one.inputs) })),
];

export const ofType = ({ resources }: Plan, ...types: readonly string[]): readonly PlannedResource[] =>
  resources.filter(({ type }) => types.includes(type));

/** Each resource of a type with one property of it changed. */
export const setting =
  (types: readonly string[], path: readonly Step[], part: unknown, which: (resource: PlannedResource) => boolean = () => true): Operator =>
  plan =>
    ofType(plan, ...types)
      .filter(which)
      .map(({ urn, name }) => ({
        what: `${name}: ${path.join(".")} = ${JSON.stringify(part)}`,
        resources: () => editing(plan, [urn], inputs => putIn(inputs, path, part)),
      }));

export interface Role {
  readonly name: string;
  readonly tier: string;
}

/** Compute roles that a decided rule names. */
export function rolesOf(plan: Plan): readonly Role[] {
  const rules = ofType(plan, "strata:index:Flows").flatMap(({ inputs }) => Object.values(Object(inputs.rules ?? {})));
  const peers = rowsOf(rules.flatMap(rule => [at(rule, "from"), at(rule, "to")])).filter(({ kind }) => kind === "compute");
  const roles = peers.map(({ name, tier }) => ({ name: textOf(name) ?? "", tier: textOf(tier) ?? "" }));
  return [...new Map(roles.map(role => [role.name, role])).values()];
}

/** Numbers from a seed, evenly spread between 0 and 1: mulberry32. */
export function numbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** As many different mutants as asked, every kind of mistake as likely as the next, however many places it has. */
export function drawn(operators: Operators, plan: Plan, count: number, next: () => number): readonly Mutant[] {
  const kinds = Object.entries(operators)
    .map(([name, operator]) => ({ name, places: [...operator(plan)] }))
    .filter(({ places }) => places.length > 0);
  const made: Mutant[] = [];
  while (made.length < count && kinds.length > 0) {
    const index = Math.floor(next() * kinds.length);
    const kind = kinds[index];
    const [place] = kind?.places.splice(Math.floor(next() * kind.places.length), 1) ?? [];
    if (kind === undefined || place === undefined) kinds.splice(index, 1);
    else made.push({ ...place, what: `${kind.name}: ${place.what}` });
  }
  return made;
}
