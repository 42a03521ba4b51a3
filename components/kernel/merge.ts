/** JSON Merge Patch (RFC 7396) over plain data, with one addition: some values are only ever replaced as a whole. */
export type Plain = Readonly<Record<string, unknown>>;

export const isMap = (value: unknown): value is Plain => typeof value === "object" && value !== null && !Array.isArray(value);

/** The member of a map by its own key; inherited names such as `constructor` are not members. */
export const member = (map: unknown, key: string): unknown => (isMap(map) && Object.hasOwn(map, key) ? map[key] : undefined);

/**
 * Lays `patch` over `target`: maps merge, everything else replaces, null un-says.
 * `whole` names the paths whose value a patch replaces even where both are maps. Neither argument is changed.
 */
export function mergePatch(
  target: unknown,
  patch: unknown,
  whole: (path: readonly string[]) => boolean = () => false,
  path: readonly string[] = [],
): unknown {
  if (!isMap(patch)) return patch;
  const kept = isMap(target) && !whole(path) ? target : {};
  const merged = new Map(Object.entries(kept));
  for (const [key, value] of Object.entries(patch)) {
    if (value === null) merged.delete(key);
    else merged.set(key, mergePatch(merged.get(key), value, whole, [...path, key]));
  }
  return Object.fromEntries(merged);
}
