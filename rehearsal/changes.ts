/** Where two sets of inputs differ, down to the leaf, and which paths a pattern such as `rules[*].port` means. Pure. */
import { isMap } from "../components/kernel/merge.ts";

export type Inputs = Readonly<Record<string, unknown>>;

/** Keys of maps as text, places in lists as numbers. */
export type Path = readonly (string | number)[];

/** A value only a deploy knows, differing from anything else, itself too. */
export const unknownValue: unique symbol = Symbol("known after deploy");

/** One leaf that differs; undefined where there is none. Null is none as well. */
export interface Leaf {
  readonly path: Path;
  readonly before: unknown;
  readonly after: unknown;
}

const isTree = (value: unknown): value is Inputs | readonly unknown[] => typeof value === "object" && value !== null;
const sizeOf = (tree: Inputs | readonly unknown[]): number => Object.keys(tree).length;

/** Keys of both sides, those of `before` first. Two lists, or a list that comes or goes, have numbers. */
function keysOf(before: unknown, after: unknown): Path {
  const keys = new Set([before, after].filter(isTree).flatMap(tree => Object.keys(tree)));
  return Array.isArray(before) || Array.isArray(after) ? [...keys].map(Number) : [...keys];
}

/** A member by its own key; undefined where the value has none. */
export function memberAt(value: unknown, key: string | number): unknown {
  if (Array.isArray(value)) return value[Number(key)];
  return isMap(value) && Object.hasOwn(value, key) ? value[key] : undefined;
}

export const valueAt = (value: unknown, path: Path): unknown => path.reduce<unknown>(memberAt, value);

/** Every leaf that differs, in the order of the inputs; what comes or goes as a whole is told leaf by leaf. */
export function leavesOf(before: unknown, after: unknown, path: Path = []): readonly Leaf[] {
  const [was, is] = [before ?? undefined, after ?? undefined];
  if (was === is && was !== unknownValue) return [];
  const sides = [was, is].filter(side => side !== undefined);
  const alike = sides.every(isTree) && new Set(sides.map(side => Array.isArray(side))).size === 1;
  const empty = sides.length === 1 && sides.filter(isTree).every(tree => sizeOf(tree) === 0);
  if (!alike || empty) return [{ path, before: was, after: is }];
  return keysOf(was, is).flatMap(key => leavesOf(memberAt(was, key), memberAt(is, key), [...path, key]));
}

/** Equal whatever the order of keys; null is the same as nothing. */
export const same = (one: unknown, other: unknown): boolean => leavesOf(one, other).length === 0;

/** Whether a path lies at a pattern or below it: `*` is any one key. */
export const atOrBelow = (path: Path, pattern: readonly string[]): boolean =>
  path.length >= pattern.length && pattern.every((key, index) => key === "*" || key === String(path[index]));

/** Whether a pattern lies below a path: what it speaks of is within the value there. */
export const above = (path: Path, pattern: readonly string[]): boolean =>
  path.length < pattern.length && path.every((key, index) => pattern[index] === "*" || pattern[index] === String(key));
