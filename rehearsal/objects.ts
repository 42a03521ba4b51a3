/** What lies in a simulated cloud: objects, who names whom, and what the cloud therefore refuses. No protocol in here. */
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

interface Kept extends CloudObject {
  readonly seed: string;
  /** Ids and addresses under which others may name it. */
  readonly handles: ReadonlySet<string>;
  /** Handles of others that it names, and what it lies within. */
  readonly named: ReadonlySet<string>;
}

/** What a cloud answers instead of doing it. */
export class Refusal extends Error {}

/** What is created or updated: the names are the engine's. */
export interface Wanted {
  readonly type: string;
  readonly urn: string;
  readonly inputs: Values;
}

export interface Objects {
  readonly all: () => readonly CloudObject[];
  readonly find: (type: string, id: string) => CloudObject | undefined;
  /** What creating it would give, without doing it. */
  readonly sketch: (wanted: Wanted) => CloudObject;
  readonly create: (wanted: Wanted) => CloudObject;
  readonly update: (id: string, wanted: Wanted) => CloudObject;
  readonly remove: (type: string, id: string) => void;
  /** As somebody does it by hand, past the engine. */
  readonly edit: (type: string, id: string, inputs: Values) => void;
  readonly lose: (type: string, id: string) => void;
  /** Takes over what a state says exists. */
  readonly adopt: (wanted: Wanted & { readonly id: string; readonly outputs: Values }) => void;
  /** Puts so many things into it: documents into a bucket, producers behind a connection. */
  readonly fill: (type: string, id: string, held: number) => void;
}

const key = (type: string, id: string): string => `${type} ${id}`;
const logicalName = (urn: string): string => urn.split("::").slice(3).join("::");

/** Values at a dotted path, `*` for every member. */
function at(value: unknown, path: readonly string[]): readonly unknown[] {
  const [head, ...rest] = path;
  if (head === undefined) return [value];
  if (head === "*") return (Array.isArray(value) ? value : isMap(value) ? Object.values(value) : []).flatMap(member => at(member, rest));
  return isMap(value) ? at(value[head], rest) : [];
}

export function objectsOf(clouds: readonly CloudKinds[], landlord: Landlord): Objects {
  const kept = new Map<string, Kept>();
  const births = new Map<string, number>();
  const held = new Map<string, number>();
  const taken = new Set<string>();

  const cloudOf = (type: string): CloudKinds => {
    const found = clouds.find(({ kinds }) => Object.hasOwn(kinds, type));
    if (found === undefined) throw new Refusal(`the simulated clouds do not know ${type}; describe it in rehearsal/kinds`);
    return found;
  };
  const kindOf = (type: string): Kind => {
    const kind = cloudOf(type).kinds[type];
    if (kind === undefined) throw new Refusal(`the simulated clouds do not know ${type}`);
    return kind;
  };

  /** Each object has digits of its own, the same in every run whatever is made first; one made anew has others. */
  function ownSeed(urn: string): string {
    const count = (births.get(urn) ?? 0) + 1;
    births.set(urn, count);
    return `${urn} ${count}`;
  }

  function born({ type, urn, inputs }: Wanted, seed: string, generation: number): Kept {
    const { isReference, parents } = cloudOf(type);
    const kind = kindOf(type);
    const plain = bareMap(inputs);
    const said = kind.nameInput === null ? undefined : plain[kind.nameInput];
    const logical = logicalName(urn);
    const birth: Birth = {
      type,
      logical,
      name: typeof said === "string" ? said : logical,
      inputs: plain,
      landlord,
      hex: (digits, salt = "") => createHash("sha256").update(`${seed}${salt}`).digest("hex").slice(0, digits),
      generation,
    };
    const id = kind.id(birth);
    const filled = kind.outputs?.({ ...birth, id }) ?? {};
    const references = (values: unknown): readonly string[] => [...textsIn(values)].filter(text => isReference(text, landlord));
    const byName = Object.entries(kind.names ?? {}).flatMap(([path, types]) =>
      at(plain, path.split("."))
        .filter(value => typeof value === "string" && value !== "")
        .map(value => types.map(other => key(other, String(value))).join("|")),
    );
    return {
      id,
      type,
      urn,
      inputs,
      filled,
      generation,
      seed,
      handles: new Set([
        id,
        key(type, id),
        ...(kind.unique?.(birth) ? [`unique ${type} ${kind.unique(birth)}`] : []),
        ...references(filled),
      ]),
      named: new Set([...references(plain).map(text => text.replace(/[:/]\*$/, "")), ...byName, ...parents(id)]),
    };
  }

  const alive = (handle: string): boolean =>
    handle.split("|").some(one => kept.has(one) || [...kept.values()].some(({ handles }) => handles.has(one)));

  function judge(object: Kept): void {
    const missing = [...object.named].filter(handle => !object.handles.has(handle) && !alive(handle));
    if (missing.length > 0)
      throw new Refusal(`${logicalName(object.urn)} (${object.type}) names what does not exist: ${missing.join(", ")}`);
  }

  const inUse = ({ handles, type, id }: Kept): Kept | undefined =>
    [...kept.values()].find(
      other =>
        key(other.type, other.id) !== key(type, id) &&
        [...other.named].some(handle => handle.split("|").some(one => !other.handles.has(one) && handles.has(one))),
    );

  function put(object: Kept): CloudObject {
    kept.set(key(object.type, object.id), object);
    return object;
  }

  function known(type: string, id: string): Kept {
    const object = kept.get(key(type, id));
    if (object === undefined) throw new Refusal(`${id} (${type}) does not exist`);
    return object;
  }

  return {
    all: () => [...kept.values()],
    find: (type, id) => kept.get(key(type, id)),
    sketch: wanted => born(wanted, "not made", 1),
    create: wanted => {
      const object = born(wanted, ownSeed(wanted.urn), 1);
      const at = key(object.type, object.id);
      if (taken.has(at)) throw new Refusal(`${object.id} (${object.type}) was deleted and its name is not free again`);
      const twin = [...object.handles].find(handle => handle.startsWith("unique ") && alive(handle));
      if (kept.has(at) || twin !== undefined) throw new Refusal(`${twin ?? object.id} (${object.type}) already exists`);
      judge(object);
      return put(object);
    },
    update: (id, wanted) => {
      const before = known(wanted.type, id);
      const object = born(wanted, before.seed, before.generation + 1);
      if (object.id !== id) throw new Refusal(`${id} (${wanted.type}) cannot become ${object.id}: its address would change`);
      judge(object);
      return put(object);
    },
    remove: (type, id) => {
      const object = known(type, id);
      const { keeps, contains, remains } = kindOf(type);
      const reason = keeps?.(bareMap(object.inputs), held.get(key(type, id)) ?? 0) ?? null;
      if (reason !== null) throw new Refusal(`${id} (${type}) cannot be deleted: ${reason}`);
      const inside = contains === true ? [...kept.values()].filter(other => other.id.startsWith(`${id}/`)) : [];
      for (const other of inside) kept.delete(key(other.type, other.id));
      const user = inUse(object);
      if (user !== undefined) throw new Refusal(`${id} (${type}) cannot be deleted: ${user.id} (${user.type}) still uses it`);
      kept.delete(key(type, id));
      if (remains === true) taken.add(key(type, id));
    },
    edit: (type, id, inputs) => {
      const before = known(type, id);
      put({ ...before, inputs: { ...before.inputs, ...inputs } });
    },
    lose: (type, id) => {
      kept.delete(key(type, id));
    },
    adopt: ({ type, urn, id, inputs, outputs }) => {
      const object = born({ type, urn, inputs }, id, 1);
      put({
        ...object,
        id,
        filled: bareMap(outputs),
        handles: new Set([...object.handles, id, key(type, id), ...textsIn(bareMap(outputs))]),
      });
    },
    fill: (type, id, count) => {
      held.set(key(type, id), count);
    },
  };
}
