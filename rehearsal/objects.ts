/** What lies in a simulated cloud: objects, who names whom, and what the cloud therefore refuses. No protocol in here. */
import { born, type CloudObject, exclusive, type Kept, keyOf, logicalName, type Wanted } from "./births.ts";
import type { CloudKinds, Kind, Landlord } from "./kinds.ts";
import { bareMap, textsIn, type Values } from "./wire.ts";

export type { CloudObject, Wanted } from "./births.ts";

/** What a cloud answers instead of doing it. */
export class Refusal extends Error {}

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

/** The objects themselves, and the questions that need all of them. */
function shelf() {
  const kept = new Map<string, Kept>();
  const named = (handle: string, { handles }: Kept): boolean => handle.split("|").some(one => handles.has(one));
  const others = (object: Kept): readonly Kept[] => [...kept.values()].filter(({ type, id }) => type !== object.type || id !== object.id);
  return {
    kept,
    put: (object: Kept): CloudObject => {
      kept.set(keyOf(object.type, object.id), object);
      return object;
    },
    known: (type: string, id: string): Kept => {
      const object = kept.get(keyOf(type, id));
      if (object === undefined) throw new Refusal(`${id} (${type}) does not exist`);
      return object;
    },
    /** Handles that it names and nobody has. */
    dangling: (object: Kept): readonly string[] =>
      [...object.named].filter(handle => !named(handle, object) && ![...kept.values()].some(other => named(handle, other))),
    /** Something that the cloud lets only one have, and another has. */
    taken: (object: Kept): string | undefined =>
      exclusive(object).find(handle => others(object).some(({ handles }) => handles.has(handle))),
    user: (object: Kept): Kept | undefined =>
      others(object).find(other => [...other.named].some(handle => !named(handle, other) && named(handle, object))),
  };
}

export function objectsOf(clouds: readonly CloudKinds[], landlord: Landlord): Objects {
  const { kept, put, known, dangling, taken, user } = shelf();
  const births = new Map<string, number>();
  const held = new Map<string, number>();
  const remaining = new Set<string>();

  /** Each object has digits of its own, the same in every run whatever is made first; one made anew has others. */
  function ownSeed(urn: string): string {
    const count = (births.get(urn) ?? 0) + 1;
    births.set(urn, count);
    return `${urn} ${count}`;
  }

  function kindOf(type: string): readonly [CloudKinds, Kind] {
    const cloud = clouds.find(({ kinds }) => Object.hasOwn(kinds, type));
    const kind = cloud?.kinds[type];
    if (cloud === undefined || kind === undefined)
      throw new Refusal(`the simulated clouds do not know ${type}; describe it in rehearsal/kinds`);
    return [cloud, kind];
  }

  const bear = (wanted: Wanted, seed: string, generation: number): Kept => born(...kindOf(wanted.type), landlord, wanted, seed, generation);

  function judge(object: Kept): void {
    const { id, type, urn } = object;
    const missing = dangling(object);
    if (missing.length > 0) throw new Refusal(`${logicalName(urn)} (${type}) names what does not exist: ${missing.join(", ")}`);
    const twin = taken(object);
    if (twin !== undefined) throw new Refusal(`${id} (${type}) cannot be: ${twin} already exists`);
  }

  return {
    all: () => [...kept.values()],
    find: (type, id) => kept.get(keyOf(type, id)),
    sketch: wanted => bear(wanted, "not made", 1),
    create: wanted => {
      const object = bear(wanted, ownSeed(wanted.urn), 1);
      const key = keyOf(object.type, object.id);
      if (remaining.has(key)) throw new Refusal(`${object.id} (${object.type}) was deleted and its name is not free again`);
      if (kept.has(key)) throw new Refusal(`${object.id} (${object.type}) already exists`);
      judge(object);
      return put(object);
    },
    update: (id, wanted) => {
      const { seed, generation } = known(wanted.type, id);
      const object = bear(wanted, seed, generation + 1);
      if (object.id !== id) throw new Refusal(`${id} (${wanted.type}) cannot become ${object.id}: its address would change`);
      judge(object);
      return put(object);
    },
    remove: (type, id) => {
      const object = known(type, id);
      const [, { keeps, contains, remains }] = kindOf(type);
      const reason = keeps?.(bareMap(object.inputs), held.get(keyOf(type, id)) ?? 0) ?? null;
      if (reason !== null) throw new Refusal(`${id} (${type}) cannot be deleted: ${reason}`);
      const inside = contains === true ? [...kept.values()].filter(other => other.id.startsWith(`${id}/`)) : [];
      for (const other of inside) kept.delete(keyOf(other.type, other.id));
      const other = user(object);
      if (other !== undefined) throw new Refusal(`${id} (${type}) cannot be deleted: ${other.id} (${other.type}) still uses it`);
      kept.delete(keyOf(type, id));
      if (remains === true) remaining.add(keyOf(type, id));
    },
    edit: (type, id, inputs) => {
      const before = known(type, id);
      put({ ...before, inputs: { ...before.inputs, ...inputs } });
    },
    lose: (type, id) => {
      kept.delete(keyOf(type, id));
    },
    adopt: ({ type, urn, id, inputs, outputs }) => {
      const object = bear({ type, urn, inputs }, id, 1);
      const filled = bareMap(outputs);
      put({ ...object, id, filled, handles: new Set([...object.handles, id, keyOf(type, id), ...textsIn(filled)]) });
    },
    fill: (type, id, count) => {
      held.set(keyOf(type, id), count);
    },
  };
}
