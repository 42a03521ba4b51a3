/** How an object comes to be in a simulated cloud: its id, what the cloud fills in, what it names. */
import { createHash } from "node:crypto";
import type { Birth, CloudKinds, Kind, Landlord } from "./kinds.ts";
import { bareMap, isMap, textsIn, type Values } from "./wire.ts";

export interface CloudObject {
  readonly id: string;
  readonly type: string;
  readonly urn: string;
  /** As the provider checked them, secrets marked. */
  readonly inputs: Values;
  /** What the cloud filled in, secrets not yet marked. */
  readonly filled: Values;
  readonly generation: number;
}

export interface Kept extends CloudObject {
  readonly seed: string;
  /** Ids and addresses under which others may name it, and what no other may have. */
  readonly handles: ReadonlySet<string>;
  /** Handles of others that it names, and of what it lies within; `one|other` is either. */
  readonly named: ReadonlySet<string>;
  /** Taken over from a state: what it answers stays as it was. */
  readonly adopted?: { readonly filled: Values; readonly handles: ReadonlySet<string> };
}

/** What is created or updated: the names are the engine's. */
export interface Wanted {
  readonly type: string;
  readonly urn: string;
  readonly inputs: Values;
}

export const keyOf = (type: string, id: string): string => `${type} ${id}`;
export const logicalName = (urn: string): string => urn.split("::").slice(3).join("::");

const only = "only ";

/** The handle by which others may name what the cloud lets one object of a type have. */
export const exclusiveHandle = (type: string, what: string): string => `${only}${type} ${what}`;

/** Of an object's handles: what the cloud lets one object have. */
export const exclusive = ({ handles }: Kept): readonly string[] => [...handles].filter(handle => handle.startsWith(only));

/** Values at a dotted path, `*` for every member. */
function at(value: unknown, path: readonly string[]): readonly unknown[] {
  const [head, ...rest] = path;
  if (head === undefined) return [value];
  if (head === "*") return (Array.isArray(value) ? value : isMap(value) ? Object.values(value) : []).flatMap(member => at(member, rest));
  return isMap(value) ? at(value[head], rest) : [];
}

/** What the inputs name by id or by name where the text alone would not show it. */
const namedIn = (inputs: Values, { names = {} }: Kind): readonly string[] =>
  Object.entries(names).flatMap(([path, types]) =>
    at(inputs, path.split("."))
      .filter(value => typeof value === "string" && value !== "")
      .map(value => types.map(other => keyOf(other, String(value))).join("|")),
  );

/** `seed` gives the object its own digits; `generation` counts its updates. */
export function born(
  { isReference, parents }: CloudKinds,
  kind: Kind,
  landlord: Landlord,
  wanted: Wanted,
  seed: string,
  generation: number,
): Kept {
  const { type, urn } = wanted;
  const inputs = bareMap(wanted.inputs);
  const said = kind.nameInput === null ? undefined : inputs[kind.nameInput];
  const logical = logicalName(urn);
  const birth: Birth = {
    type,
    logical,
    name: typeof said === "string" ? said : logical,
    inputs,
    landlord,
    hex: (digits, salt = "") => createHash("sha256").update(`${seed}${salt}`).digest("hex").slice(0, digits),
    generation,
  };
  const id = kind.id(birth);
  const filled = kind.outputs?.({ ...birth, id }) ?? {};
  const references = (values: unknown): readonly string[] => [...textsIn(values)].filter(text => isReference(text, landlord));
  const unique = kind.unique?.(birth) ?? null;
  // A policy may say everything below an object: `arn/*`.
  const named = new Set([
    ...references(inputs).map(text => text.replace(/[:/]\*$/, "")),
    ...namedIn(inputs, kind),
    ...parents(id),
    ...(kind.needs?.(birth) ?? []),
  ]);
  // What is set upon another object may go by that one's address: who says it means the other.
  const address = named.has(id) ? [] : [id];
  return {
    id,
    type,
    urn,
    inputs: wanted.inputs,
    filled,
    generation,
    seed,
    handles: new Set([...address, keyOf(type, id), ...(unique === null ? [] : [exclusiveHandle(type, unique)]), ...references(filled)]),
    named,
  };
}
