/** A planned resource as an inventory writes it: names instead of URNs, and values that fit on a line. */
import type { Plan, PlannedResource } from "../../cli/planner/model.ts";
import { isMap, type Plain } from "../../components/kernel/merge.ts";

export const nameOf = (urn: string): string => urn.split("::").at(-1) ?? urn;

/** What only a deploy knows is `<the resources it hangs on>`, a secret `<secret>`, a whole resource `<its name>`. */
export function readable(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(readable);
  if (!isMap(value)) return value;
  if (value.unknown === true && Array.isArray(value.from)) return `<${value.from.map(String).map(nameOf).join(", ")}>`;
  if (value.secret === true) return "<secret>";
  if (typeof value.resource === "string") return `<${nameOf(value.resource)}>`;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, readable(inner)]));
}

/** A document that travels as text is read as what it says. */
function opened(value: unknown): unknown {
  if (typeof value !== "string" || !/^\s*[[{]/.test(value)) return value;
  try {
    return JSON.parse(value);
  } catch {
    return value;
  }
}

const keysOf = (path: string): readonly string[] =>
  [...path.matchAll(/\["([^"]+)"\]|\[(\d+)\]|([^.[\]]+)/g)].map(([, quoted, index, word]) => quoted ?? index ?? word ?? "");

/** The value at `policy.Statement[0].Action` or `tags["a.b"]`; undefined where there is none. */
export function valueAt(inputs: Plain, path: string): unknown {
  const found = keysOf(path).reduce<unknown>((inner, key) => {
    const value = opened(inner);
    if (Array.isArray(value)) return value[Number(key)];
    return isMap(value) && Object.hasOwn(value, key) ? value[key] : undefined;
  }, inputs);
  return readable(found);
}

/** One option by its `$name`; lists of resources as names in order. */
export function optionOf(resource: PlannedResource, name: string): unknown {
  const { options, dependencies, parent, provider } = resource;
  const known: Readonly<Record<string, unknown>> = {
    $protect: options.protect,
    $retainOnDelete: options.retainOnDelete,
    $ignoreChanges: options.ignoreChanges,
    $deletedWith: options.deletedWith === null ? null : nameOf(options.deletedWith),
    $dependsOn: dependencies.map(nameOf).toSorted(),
    $parent: parent === null ? null : nameOf(parent),
    $provider: provider === null ? null : nameOf(provider),
    $customTimeouts: options.customTimeouts,
    $aliases: options.aliases,
  };
  if (!Object.hasOwn(known, name)) throw new Error(`no option ${name}: use one of ${Object.keys(known).join(", ")}`);
  return known[name];
}

/** `strata:index:Database` of the component that owns a resource; its own when it is one. */
export function componentOf({ resources }: Plan, { custom, parent, type }: PlannedResource): string | null {
  if (!custom && type.startsWith("strata:")) return type;
  return resources.find(({ urn }) => urn === parent)?.type ?? null;
}
