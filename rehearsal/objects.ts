/** What lies in a simulated cloud: objects, who names whom, and what the cloud therefore refuses. No protocol in here. */
import { born, type CloudObject, exclusive, type Kept, keyOf, logicalName, type Wanted } from "./births.ts";
import type { CloudKinds, Kind, Landlord, Standing } from "./kinds.ts";
import { bareMap, textsIn, type Values } from "./wire.ts";

export type { CloudObject, Wanted } from "./births.ts";

/** What a cloud answers instead of doing it. */
export class Refusal extends Error {}

export interface Objects {
  readonly all: () => readonly CloudObject[];
  readonly find: (type: string, id: string) => CloudObject | undefined;
  /** What creating it would give, without doing it; or, given the id of one that exists, updating it. */
  readonly sketch: (wanted: Wanted, id?: string) => CloudObject;
  readonly create: (wanted: Wanted) => CloudObject;
  readonly update: (id: string, wanted: Wanted) => CloudObject;
  readonly remove: (type: string, id: string) => void;
  /** As somebody does it by hand, past the engine. */
  readonly edit: (type: string, id: string, inputs: Values) => void;
  readonly lose: (type: string, id: string) => void;
  /** Everything is gone, names that were taken included: the first day again. */
  readonly clear: () => void;
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
    /** Who still names it, but for what goes with it. */
    user: (object: Kept, going: readonly Kept[]): Kept | undefined =>
      others(object).find(
        other => !going.includes(other) && [...other.named].some(handle => !named(handle, other) && named(handle, object)),
      ),
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

  const standing = (): readonly Standing[] => [...kept.values()].map(object => ({ ...object, inputs: bareMap(object.inputs) }));

  /** A lock over one of these ids, or over something in what takes all along. */
  const lockOver = (ids: readonly string[], contains: boolean): Kept | undefined =>
    [...kept.values()].find(other => {
      const scope = kindOf(other.type)[0].guards?.(other.id) ?? null;
      return scope !== null && ids.some(id => `${id}/`.startsWith(`${scope}/`) || (contains && scope.startsWith(`${id}/`)));
    });

  /** Locks themselves can always be lifted. */
  function judgeLocks({ type, id, inputs }: Kept): void {
    const [{ guards }, { takes, resets, contains }] = kindOf(type);
    if (guards === undefined || guards(id) !== null || resets === true) return;
    const lock = lockOver([id, ...(takes?.(bareMap(inputs)) ?? [])], contains === true);
    if (lock !== undefined) throw new Refusal(`${id} (${type}) cannot be deleted: ${lock.id} locks it`);
  }

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
    sketch: (wanted, id) => {
      const before = id === undefined ? undefined : kept.get(keyOf(wanted.type, id));
      return before === undefined ? bear(wanted, "not made", 1) : bear(wanted, before.seed, before.generation + 1);
    },
    create: wanted => {
      const object = bear(wanted, ownSeed(wanted.urn), 1);
      const key = keyOf(object.type, object.id);
      if (remaining.has(key)) throw new Refusal(`${object.id} (${object.type}) was deleted and its name is not free again`);
      if (kept.has(key)) throw new Refusal(`${object.id} (${object.type}) already exists`);
      judge(object);
      const unmet = kindOf(object.type)[1].asks?.(bareMap(object.inputs), standing()) ?? null;
      if (unmet !== null) throw new Refusal(`${object.id} (${object.type}) cannot be made: ${unmet}`);
      return put(object);
    },
    clear: () => {
      for (const memory of [kept, births, held, remaining]) memory.clear();
    },
    update: (id, wanted) => {
      const { seed, generation, adopted } = known(wanted.type, id);
      const made = bear(wanted, seed, generation + 1);
      const object = adopted === undefined ? made : { ...made, ...adopted, id };
      if (object.id !== id) throw new Refusal(`${id} (${wanted.type}) cannot become ${object.id}: its address would change`);
      judge(object);
      return put(object);
    },
    remove: (type, id) => {
      const object = known(type, id);
      const [, { keeps, contains }] = kindOf(type);
      const reason = keeps?.(bareMap(object.inputs), held.get(keyOf(type, id)) ?? 0, standing()) ?? null;
      if (reason !== null) throw new Refusal(`${id} (${type}) cannot be deleted: ${reason}`);
      judgeLocks(object);
      const inside = contains === true ? [...kept.values()].filter(other => other.id.startsWith(`${id}/`)) : [];
      const other = user(object, inside);
      if (other !== undefined) throw new Refusal(`${id} (${type}) cannot be deleted: ${other.id} (${other.type}) still uses it`);
      for (const gone of [...inside, object]) {
        const key = keyOf(gone.type, gone.id);
        kept.delete(key);
        held.delete(key);
        if (kindOf(gone.type)[1].remains === true) remaining.add(key);
      }
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
      // What it answers besides its inputs may be an address of its own.
      const said = new Set(textsIn(bareMap(inputs)));
      const own = [...textsIn(bareMap(outputs))].filter(text => !said.has(text));
      const adopted = { filled: bareMap(outputs), handles: new Set([...object.handles, id, keyOf(type, id), ...own]) };
      put({ ...object, ...adopted, id, adopted });
    },
    fill: (type, id, count) => {
      held.set(keyOf(type, id), count);
    },
  };
}
