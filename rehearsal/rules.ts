/** What a change of inputs does to a resource: nothing, an update or a replacement, by the facts in `rules/*.json`. Pure but for reading them once. */
import { readFileSync } from "node:fs";
import { z } from "zod";
import { isMap } from "../components/kernel/merge.ts";
import { keysOf, pathText } from "../components/kernel/path.ts";
import { above, atOrBelow, type Inputs, type Leaf, leavesOf, type Path, same, unknownValue, valueAt } from "./changes.ts";
import { conditions } from "./conditions.ts";

export { type Inputs, unknownValue } from "./changes.ts";

export interface Verdict {
  readonly op: "same" | "update" | "replace";
  /** Paths of the leaves that differ: `rules[0].port`. */
  readonly changed: readonly string[];
  /** Of `changed`: those that replace. */
  readonly because: readonly string[];
  /** Of `because`: those that replace only because no source settles what they do. */
  readonly uncertain: readonly string[];
  /** Of `changed`: the provider answers update, and the cloud then refuses. */
  readonly refused: readonly string[];
}

/** No row says what a change of this type does. */
export class UnknownType extends Error {
  constructor(type: string) {
    super(`no rule says what replaces a ${type}: add a row, with its source, to rehearsal/rules/own.json`);
    this.name = "UnknownType";
  }
}

const Paths = z.array(z.string()).default([]);
const Row = z.strictObject({
  replace: z.array(z.string()),
  presence: Paths,
  keepOnRemove: Paths,
  conditional: z.array(z.strictObject({ path: z.string(), when: z.string(), basis: z.string().optional() })).default([]),
  refused: z.array(z.strictObject({ path: z.string(), basis: z.string() })).default([]),
  unknown: Paths,
  fromProvider: Paths,
  deleteBeforeReplace: z.boolean().optional(),
  confidence: z.enum(["schema", "plan", "source", "documented", "inferred"]),
  source: z.string().optional(),
});
type Row = z.output<typeof Row>;
const Settled = z.record(z.string(), z.strictObject({ update: z.array(z.string()), source: z.string() }));
const File = z.object({ types: z.record(z.string(), Row), settled: Settled.default({}) });

const read = (name: string): unknown => JSON.parse(readFileSync(new URL(`rules/${name}.json`, import.meta.url), "utf8"));
const files = ["aws", "azure-native", "gcp", "kubernetes", "random", "own"].map(name => File.parse(read(name)));
const rows = new Map(files.flatMap(({ types }) => Object.entries(types)));
const settled = new Map(files.flatMap(file => Object.entries(file.settled)));

/** Types that have a row, for who compares them with what is planned. */
export const ruledTypes: readonly string[] = [...rows.keys()];

const groupOf = (type: string): string => /^kubernetes:([^/:]+)/.exec(type)?.[1] ?? "";
const groups = new Set(ruledTypes.map(groupOf));

/** Any object of a group that Kubernetes itself does not have. */
const customResource: Row = Row.parse({ replace: ["metadata.name", "metadata.namespace"], confidence: "source" });
const isCustomResource = (type: string): boolean => groupOf(type).includes(".") && !groups.has(groupOf(type));

export const hasRules = (type: string): boolean => rows.has(type) || isCustomResource(type);

function rowOf(type: string): Row {
  const row = rows.get(type) ?? (isCustomResource(type) ? customResource : undefined);
  if (row === undefined) throw new UnknownType(type);
  return row;
}

const isAzure = (type: string): boolean => type.startsWith("azure-native:");
const isKubernetes = (type: string): boolean => type.startsWith("kubernetes:");

/** What the provider takes for the same: a place in any writing, the namespace that an object has anyway. */
function normal(type: string, inputs: Inputs): Inputs {
  if (isAzure(type) && typeof inputs.location === "string")
    return { ...inputs, location: inputs.location.toLowerCase().replaceAll(" ", "") };
  const { metadata } = inputs;
  if (!isKubernetes(type) || !isMap(metadata) || metadata.namespace !== "default") return inputs;
  return { ...inputs, metadata: { ...metadata, namespace: undefined } };
}

type Effect = "none" | "update" | "replace" | "uncertain" | "refused";

interface Compared {
  readonly type: string;
  readonly row: Row;
  readonly old: Inputs;
  readonly new: Inputs;
  /** What the state holds besides the inputs. */
  readonly held: Inputs;
}

const hit = (patterns: readonly string[], path: Path): readonly string[] | undefined =>
  patterns.map(keysOf).find(pattern => atOrBelow(path, pattern));

const pathsOf = (entries: readonly { readonly path: string }[]): readonly string[] => entries.map(({ path }) => path);

/** A whole object that only a deploy knows may hold a change of what replaces. */
const isOpen = ({ path, before, after }: Leaf, { replace, conditional }: Row): boolean =>
  [before, after].includes(unknownValue) && [...replace, ...pathsOf(conditional)].some(pattern => above(path, keysOf(pattern)));

/** What one leaf does. The order is the precedence: a rule that is sure comes before one that is not. */
function effectOf(leaf: Leaf, compared: Compared): Effect {
  const { type, row } = compared;
  const kept = hit(row.keepOnRemove, leaf.path);
  if (kept !== undefined && (valueAt(compared.new, leaf.path.slice(0, kept.length)) ?? undefined) === undefined) return "none";
  const listed = hit(row.replace, leaf.path);
  const depends = dependingOn(leaf, compared);
  if (depends !== null && (listed === undefined || depends === "update")) return depends;
  if (listed !== undefined) return isAzure(type) ? azureEffect(leaf, listed.length, compared) : "replace";
  if (appears(leaf, compared)) return "replace";
  if (hit(settled.get(type)?.update ?? [], leaf.path) !== undefined) return "update";
  if (hit(row.unknown, leaf.path) !== undefined) return "uncertain";
  if (hit(pathsOf(row.refused), leaf.path) !== undefined) return "refused";
  return isOpen(leaf, row) ? "uncertain" : "update";
}

/** What a conditional row answers; null where there is none for this path. Without code for it, it counts as a replacement. */
function dependingOn(leaf: Leaf, { type, row, old, new: inputs }: Compared): Effect | null {
  const found = row.conditional.find(({ path }) => atOrBelow(leaf.path, keysOf(path)));
  if (found === undefined) return null;
  if ([leaf.before, leaf.after].includes(unknownValue)) return "uncertain";
  const condition = conditions[`${type} ${found.path}`];
  if (condition === undefined) return "uncertain";
  return condition({ ...leaf, old, new: inputs }) ? "replace" : "update";
}

/** Something that comes, goes, or has another number of members. */
function appears({ path }: Leaf, { row, old, new: inputs }: Compared): boolean {
  const pattern = hit(row.presence, path);
  if (pattern === undefined) return false;
  const [was, is] = [old, inputs].map(side => valueAt(side, path.slice(0, pattern.length)) ?? undefined);
  if (Array.isArray(was) && Array.isArray(is)) return was.length !== is.length;
  return (was === undefined) !== (is === undefined);
}

/** Within an object that replaces, Azure's provider promotes changed fields alone; and no input that says what the state holds. */
function azureEffect({ path, before, after }: Leaf, depth: number, { old, new: inputs, held }: Compared): Effect {
  const at = path.slice(0, depth);
  const [was, is] = [valueAt(old, at), valueAt(inputs, at)];
  if (was === undefined && depth === 1 && same(valueAt(held, at), is)) return "update";
  const field = typeof path.at(-1) === "string" && path.length > depth;
  const whole = was === undefined || is === undefined;
  return field && !whole && (before === undefined || after === undefined) ? "update" : "replace";
}

/**
 * Compares two sets of inputs; secrets come unwrapped. `ignore`: the resource's ignoreChanges.
 * `held`: what the state holds of the object, where it is known. Throws `UnknownType` where no row exists.
 */
export function judge(type: string, before: Inputs, after: Inputs, ignore: readonly string[] = [], held: Inputs = {}): Verdict {
  const compared: Compared = { type, row: rowOf(type), old: normal(type, before), new: normal(type, after), held };
  const ignored = ignore.map(keysOf);
  const effects = leavesOf(compared.old, compared.new)
    .filter(({ path }) => !ignored.some(pattern => atOrBelow(path, pattern)))
    .map(leaf => ({ path: pathText(leaf.path), effect: effectOf(leaf, compared) }))
    .filter(({ effect }) => effect !== "none");
  const having = (...wanted: readonly Effect[]): readonly string[] =>
    effects.filter(({ effect }) => wanted.includes(effect)).map(({ path }) => path);
  const because = having("replace", "uncertain");
  return {
    op: because.length > 0 ? "replace" : effects.length > 0 ? "update" : "same",
    changed: effects.map(({ path }) => path),
    because,
    uncertain: having("uncertain"),
    refused: having("refused"),
  };
}

/** Types whose names are unique by any of these inputs: with a new one, both can stand side by side. */
const uniqueNames: Readonly<Record<string, readonly string[]>> = {
  "gcp:compute/instanceTemplate:InstanceTemplate": ["name", "namePrefix"],
  "gcp:compute/regionInstanceTemplate:RegionInstanceTemplate": ["name", "namePrefix"],
};

/**
 * Whether a replacement deletes the old one first. `autonamed`: the provider made the name up, or such a thing has no name to give.
 * Two things of one given name cannot stand side by side.
 */
export function deleteFirst(type: string, before: Inputs, after: Inputs, autonamed: boolean): boolean {
  const forced = rowOf(type).deleteBeforeReplace;
  if (forced !== undefined) return forced;
  if (type.startsWith("pulumi:providers:") || autonamed) return false;
  if (isKubernetes(type)) {
    const named = ["name", "namespace"].map(key => [before, after].map(inputs => valueAt(normal(type, inputs), ["metadata", key])));
    return named.every(([was, is]) => same(was, is));
  }
  return (uniqueNames[type] ?? []).every(key => same(before[key], after[key]));
}
