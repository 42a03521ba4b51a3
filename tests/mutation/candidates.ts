/** Every fault that one plan offers, by kind and by what it befalls. What would change nothing is left out. */
import { isMap } from "../../components/kernel/merge.ts";
import { altered, type Change, type Fault, type Path, type Way } from "./fault.ts";
import { openings } from "./inject.ts";
import { refIn, type Seen } from "./seen.ts";

/** A fault, its kind, and what it is one of: faults are drawn evenly over kinds and, within one, over groups. */
export interface Candidate {
  readonly kind: string;
  readonly group: string;
  readonly fault: Fault;
}

export interface Run {
  readonly seen: readonly Seen[];
  /** The decided platform. */
  readonly spec: unknown;
  /** What components, and the stack, hand on. */
  readonly outputs: readonly (readonly [type: string, outputs: unknown])[];
}

interface Leaf {
  readonly path: Path;
  readonly value: unknown;
}

/** Every value that is no map and no list, and every list itself. */
function leaves(value: unknown, path: Path = []): readonly Leaf[] {
  if (Array.isArray(value)) return [{ path, value }, ...value.flatMap((inner, index) => leaves(inner, [...path, index]))];
  if (isMap(value) && refIn(value) === null) return Object.entries(value).flatMap(([key, inner]) => leaves(inner, [...path, key]));
  return [{ path, value }];
}

const last = (path: Path): string => path.findLast(key => typeof key === "string") ?? "";
const isTagged = (path: Path): boolean => /^(tags|labels|userLabels|resourceLabels)$/i.test(last(path.slice(0, -1)));
const retention = /retention|backup.*days|expir|days$/i;
const version = /version$/i;

/** Whether a way changes a value at all. */
const tells = (value: unknown, way: Way): boolean => altered(value, way) !== value;

/** Faults of one input. */
function ofInput({ path, value }: Leaf): readonly (readonly [kind: string, change: Change])[] {
  const alter = (kind: string, way: Way): readonly (readonly [string, Change])[] =>
    tells(value, way) ? [[kind, { do: "alter", path, way }]] : [];
  if (isTagged(path)) return [["a lost tag", { do: "remove", path }]];
  if (Array.isArray(value)) return value.length > 1 ? [["a lost list item", { do: "remove", path: [...path, value.length - 1] }]] : [];
  const flags: readonly (readonly [string, Change])[] =
    value === true ? [...alter("a dropped flag", "flip"), ["a dropped flag", { do: "remove", path }]] : [];
  const named = typeof value === "number" || typeof value === "string";
  return [
    ...flags,
    ...(named && retention.test(last(path)) && /\d/.test(String(value)) ? alter("a retention halved", "halve") : []),
    ...(named && version.test(last(path)) ? alter("a version drift", "bump") : []),
  ];
}

/** The resource of the same type that was made last before this one. */
function references(resource: Seen, { path, value }: Leaf, earlier: readonly Seen[]): readonly (readonly [string, Change])[] {
  const ref = refIn(value);
  const target = earlier.find(({ key }) => key === ref?.of);
  if (ref === null || target === undefined) return [];
  const sibling = earlier.findLast(({ type, key }) => type === target.type && key !== target.key && key !== resource.key);
  return sibling === undefined
    ? []
    : [["another reference", { do: "refer", path, type: sibling.type, name: sibling.name, property: ref.property }]];
}

const usesOf = (resource: Seen): readonly string[] => leaves(resource.inputs).flatMap(({ value }) => refIn(value)?.uses ?? []);

/** Resources that are surely made before this one even if it waits for nobody by name. */
function beforeAnyway(resource: Seen, seen: ReadonlyMap<string, Seen>, parts: (key: string) => readonly string[]): ReadonlySet<string> {
  const found = new Set<string>();
  const next = [...usesOf(resource)];
  for (let key = next.pop(); key !== undefined; key = next.pop()) {
    if (found.has(key)) continue;
    found.add(key);
    const other = seen.get(key);
    if (other !== undefined) next.push(...usesOf(other), ...other.waitsFor.flatMap(parts));
  }
  return found;
}

/** Whether the order changes when a resource no longer waits for whom it names. */
function waitsInEarnest(resource: Seen, seen: readonly Seen[]): boolean {
  if (resource.waitsFor.length === 0) return false;
  const byKey = new Map(seen.map(other => [other.key, other]));
  const children = Map.groupBy(seen, ({ parent }) => parent);
  const parts = (key: string): readonly string[] =>
    byKey.get(key)?.custom === false ? (children.get(key) ?? []).flatMap(child => parts(child.key)) : [key];
  const anyway = beforeAnyway(resource, byKey, parts);
  return resource.waitsFor.flatMap(parts).some(key => !anyway.has(key));
}

/** Faults of one resource; `needed` are those that another names or waits for. */
function ofResource(resource: Seen, index: number, seen: readonly Seen[], needed: ReadonlySet<string>): readonly Candidate[] {
  const { type, name, key, parent } = resource;
  if (!resource.custom || type.startsWith("pulumi:")) return [];
  const earlier = seen.slice(0, index);
  const other = earlier.findLast(component => !component.custom && component.key !== parent && !component.type.startsWith("pulumi:"));
  const when = (holds: boolean, kind: string, change: Change): readonly (readonly [string, Change])[] => (holds ? [[kind, change]] : []);
  const inputs = leaves(resource.inputs);
  const changes = [
    ...inputs.flatMap(ofInput),
    ...inputs.flatMap(leaf => references(resource, leaf, earlier)),
    ...when(true, "a renamed child", { do: "rename" }),
    ...when(resource.protect, "a dropped protect", { do: "forget", option: "protect" }),
    ...when(resource.ignores, "a dropped ignoreChanges", { do: "forget", option: "ignoreChanges" }),
    ...when(resource.timeouts, "a dropped customTimeouts", { do: "forget", option: "customTimeouts" }),
    ...when(waitsInEarnest(resource, seen), "a missing dependsOn", { do: "forget", option: "dependsOn" }),
    ...when(openings[type] !== undefined, "a widened rule", { do: "widen" }),
    ...when(!needed.has(key), openings[type] === undefined ? "a lost resource" : "a lost rule", { do: "drop" }),
    ...(other === undefined ? [] : when(true, "a wrong parent", { do: "move", to: other.key })),
  ];
  return changes.map(([kind, change]) => ({ kind, group: type, fault: { at: "resource", type, name, change } }));
}

/** Members of the platform that a decision could lose; lists lose their last item. */
const members =
  /^(replicas|groups|machines|buckets|databases|caches)\.[^.]+$|\.(zones|instances|rules|things|keys|secrets|peers|subnets|volumes)\.[^.]+$/;

function ofSpec(spec: unknown, path: Path = []): readonly Candidate[] {
  const at = (kind: string, group: string, change: Change & { readonly do: "alter" | "remove" }): Candidate => ({
    kind,
    group,
    fault: { at: "spec", change },
  });
  const group = path.length === 0 ? "" : `${path[0]}.${last(path)}`;
  const lost = members.test(path.join(".")) ? [at("a lost member", `${path[0]}.${last(path.slice(0, -1))}`, { do: "remove", path })] : [];
  if (Array.isArray(spec)) {
    const item = spec.length > 1 ? [at("a lost member", group, { do: "remove", path: [...path, spec.length - 1] })] : [];
    return [...item, ...spec.flatMap((inner, index) => (isMap(inner) ? ofSpec(inner, [...path, index]) : []))];
  }
  if (isMap(spec)) return [...lost, ...Object.entries(spec).flatMap(([key, inner]) => ofSpec(inner, [...path, key]))];
  return tells(spec, "more") ? [at("another spec value", group, { do: "alter", path, way: "more" })] : [];
}

const ofOutputs = ([type, outputs]: readonly [string, unknown]): readonly Candidate[] =>
  isMap(outputs)
    ? Object.keys(outputs).map(key => ({ kind: "an output renamed", group: type, fault: { at: "output", type, path: [key] } }))
    : [];

export function candidatesOf(runs: readonly Run[]): readonly Candidate[] {
  const needed = new Set(runs.flatMap(({ seen }) => seen.flatMap(resource => [...usesOf(resource), ...resource.waitsFor])));
  const all = runs.flatMap(({ seen, spec, outputs }) => [
    ...seen.flatMap((resource, index) => ofResource(resource, index, seen, needed)),
    ...ofSpec(spec),
    ...outputs.flatMap(ofOutputs),
  ]);
  return [...new Map(all.map(candidate => [JSON.stringify(candidate), candidate])).values()];
}
