/** What the program asked for in one plan, as plain data: each resource with whom its inputs name and whom it waits for. */
import * as pulumi from "@pulumi/pulumi";
import { isMap } from "../../components/kernel/merge.ts";
import type { Asked } from "./hook.ts";

/** An output of a resource within inputs. */
export interface Ref {
  /** `type name` of the resource whose property it is as it stands; null where it is made of others. */
  readonly of: string | null;
  readonly property: string;
  /** Every resource it hangs on. */
  readonly uses: readonly string[];
}

export interface Seen {
  /** `type name`. */
  readonly key: string;
  readonly type: string;
  readonly name: string;
  readonly custom: boolean;
  readonly parent: string | null;
  /** Outputs stand as `{ ref: Ref }`. */
  readonly inputs: unknown;
  readonly waitsFor: readonly string[];
  readonly protect: boolean;
  readonly ignores: boolean;
  readonly timeouts: boolean;
}

export const refIn = (value: unknown): Ref | null => (value instanceof Reference ? value.ref : null);

/** Told from an input by its prototype. */
class Reference {
  readonly ref: Ref;
  constructor(ref: Ref) {
    this.ref = ref;
  }
}
export const reference = (ref: Ref): unknown => new Reference(ref);

export type Keys = WeakMap<pulumi.Resource, string>;

/** The SDK says whom an output hangs on, though not in its types. */
function resourcesOf(output: object): readonly pulumi.Resource[] {
  const ask: unknown = Reflect.get(output, "resources");
  const all: unknown = typeof ask === "function" ? Reflect.apply(ask, output, []) : [];
  return all instanceof Set ? [...all].filter(resource => pulumi.Resource.isInstance(resource)) : [];
}

function refOf(output: object, keys: Keys): Ref {
  const uses = resourcesOf(output);
  const owned = uses.flatMap(resource => {
    const property = Object.keys(resource).find(key => Reflect.get(resource, key) === output);
    return property === undefined ? [] : [{ of: keys.get(resource) ?? null, property }];
  });
  return { of: owned[0]?.of ?? null, property: owned[0]?.property ?? "", uses: uses.flatMap(resource => keys.get(resource) ?? []) };
}

function plain(value: unknown, keys: Keys): unknown {
  if (typeof value === "object" && value !== null && pulumi.Output.isInstance(value)) return reference(refOf(value, keys));
  if (Array.isArray(value)) return value.map(member => plain(member, keys));
  if (!isMap(value) || Object.getPrototypeOf(value) !== Object.prototype) return value;
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, plain(member, keys)]));
}

export function seenAs({ type, name, custom, props, opts }: Asked, keys: Keys): Seen {
  const { dependsOn, parent, ignoreChanges, customTimeouts } = opts;
  const waits: readonly unknown[] = Array.isArray(dependsOn) ? dependsOn : [dependsOn];
  return {
    key: `${type} ${name}`,
    type,
    name,
    custom,
    parent: (parent === undefined ? undefined : keys.get(parent)) ?? null,
    inputs: plain(props, keys),
    waitsFor: waits.flatMap(other => (pulumi.Resource.isInstance(other) ? (keys.get(other) ?? []) : [])),
    protect: opts.protect === true,
    ignores: (ignoreChanges ?? []).length > 0,
    timeouts: Object.keys(customTimeouts ?? {}).length > 0,
  };
}
