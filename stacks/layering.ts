/** The layers of a stack's platform, merged in their order, and who said what last. */
import { type Cloud, clouds } from "../components/kernel/cloud.ts";
import type { Issue } from "../components/kernel/findings.ts";
import { isMap, member, mergePatch, type Plain } from "../components/kernel/merge.ts";
import { proposal } from "../components/kernel/nearest.ts";
import { pathText } from "../components/kernel/path.ts";
import type { System } from "./source.ts";

/** What picks the layers of one stack. */
export interface Choice {
  readonly source: System;
  readonly cloud: Cloud;
  readonly environment: string;
  readonly variant: string | null;
  readonly overrides: Plain;
}

export interface PlacedLayer {
  /** Keys that lead to this layer in the system's file; null for `strata:overrides`. */
  readonly at: readonly string[] | null;
  /** It counts on one cloud only. */
  readonly tied: boolean;
  readonly patch: Plain;
}

/** Values that mean something only together: a patch replaces them, never mixes them. Told by place, since a role may be called `size`. */
export function whole(path: readonly string[]): boolean {
  const [concept, , key, , inner] = path;
  if (path.length === 3 && (concept === "roles" || concept === "databases")) return key === "size";
  if (path.length === 5 && concept === "databases") return key === "replicas" && inner === "size";
  return path.length === 3 && concept === "caches" && key === "shape";
}

/** A layer, then its patch for this cloud. */
function withCloud(at: readonly string[] | null, layer: Plain, cloud: Cloud): readonly PlacedLayer[] {
  const { clouds: patches, ...patch } = layer;
  const tied = member(patches, cloud);
  const own: PlacedLayer = { at, tied: false, patch };
  return isMap(tied) ? [own, { at: at === null ? null : [...at, "clouds", cloud], tied: true, patch: tied }] : [own];
}

/** `base < its cloud < environment < its cloud < variant < its cloud < overrides < their cloud`. */
export function layersOf({ source, cloud, environment, variant, overrides }: Choice): readonly PlacedLayer[] {
  const own = member(source.environments, environment);
  const form = variant === null ? undefined : member(source.variants, variant);
  return [
    ...withCloud(["base"], source.base, cloud),
    ...(isMap(own) ? withCloud(["environments", environment], own, cloud) : []),
    ...(variant !== null && isMap(form) ? withCloud(["variants", variant], form, cloud) : []),
    ...withCloud(null, overrides, cloud),
  ];
}

/** Every patch of a file, whatever cloud, environment or variant it is for. */
export const everyPatch = ({ base, environments, variants }: System): readonly Plain[] =>
  [base, ...Object.values(environments), ...Object.values(variants)].flatMap(layer =>
    clouds.flatMap(cloud => withCloud(null, layer, cloud).map(({ patch }) => patch)),
  );

/** The environment and the variant must be the file's own. */
export function strangeLayers({ source, environment, variant }: Pick<Choice, "source" | "environment" | "variant">): readonly Issue[] {
  const unknown = (path: string, got: string, known: readonly string[]): readonly Issue[] =>
    known.includes(got)
      ? []
      : [
          {
            path,
            problem: `expected ${known.length === 0 ? "none, the system has no variants" : `one of ${known.join(", ")}`} (${source.path}), got "${got}"`,
            remedy: proposal(got, known),
          },
        ];
  return [
    ...unknown("strata:environment", environment, Object.keys(source.environments)),
    ...(variant === null ? [] : unknown("strata:variant", variant, Object.keys(source.variants))),
  ];
}

/** The platform after each layer, in order; the last is the platform. */
export function merged(layers: readonly PlacedLayer[]): readonly Plain[] {
  const steps: Plain[] = [];
  for (const { patch } of layers) {
    const next = mergePatch(steps.at(-1) ?? {}, patch, whole);
    if (isMap(next)) steps.push(next);
  }
  return steps;
}

/** How many keys of a path a layer says, and whether what it says hides every earlier layer there. */
function said(patch: Plain, path: readonly string[]): { readonly depth: number; readonly hides: boolean } {
  let value: unknown = patch;
  for (const [depth, key] of path.entries()) {
    const inside = Array.isArray(value) ? value[Number(key)] : isMap(value) && Object.hasOwn(value, key) ? value[key] : undefined;
    if (inside === undefined) return { depth, hides: !isMap(value) || whole(path.slice(0, depth)) };
    value = inside;
  }
  return { depth: path.length, hides: true };
}

/** The layer that set a path last, and how much of the path it says. */
function setter(layers: readonly PlacedLayer[], path: readonly string[]): { readonly layer: PlacedLayer; readonly depth: number } | null {
  let best: { readonly layer: PlacedLayer; readonly depth: number } | null = null;
  for (const layer of layers.toReversed()) {
    const { depth, hides } = said(layer.patch, path);
    if (depth > (best?.depth ?? 0)) best = { layer, depth };
    if (hides) break;
  }
  return best;
}

/** `stacks/systems/x.yaml:12:5`, or `strata:overrides`: where a path of the platform, or the map around it, was last said. */
export function lastSaid(source: System, layers: readonly PlacedLayer[], path: readonly string[]): string | null {
  const last = setter(layers, path);
  if (last === null) return null;
  const { at } = last.layer;
  return at === null ? "strata:overrides" : source.where([...at, ...path.slice(0, last.depth)]);
}

const leaves = (value: unknown, path: readonly string[]): readonly (readonly string[])[] =>
  isMap(value) && !whole(path) ? Object.entries(value).flatMap(([key, inner]) => leaves(inner, [...path, key])) : [path];

/** Paths within the file that one cloud's patches set and nothing later replaced: what ties the platform to that cloud. */
export const tiesOf = (layers: readonly PlacedLayer[]): readonly string[] =>
  layers
    .filter(({ tied }) => tied)
    .flatMap(layer =>
      leaves(layer.patch, [])
        .filter(path => path.length > 0 && setter(layers, path)?.layer === layer)
        .map(path => pathText([...(layer.at ?? ["strata:overrides"]), ...path])),
    );
