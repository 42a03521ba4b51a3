/** Which resource of one plan is which of another: by URN, else by an alias, as the engine looks for former names. */
import type { Plan, PlannedResource } from "./model.ts";

export interface Pairs {
  /** Every resource of the newer plan, with what it was; null where it is new. */
  readonly kept: readonly (readonly [was: PlannedResource | null, is: PlannedResource])[];
  readonly gone: readonly PlannedResource[];
  /** The URN of today for a former one. */
  readonly today: (urn: string) => string;
}

const nameOf = (urn: string): string => urn.split("::").slice(3).join("::");

/** `urn:pulumi:stack::project::parentType$type::name` with other parts. */
function urnWith(resource: PlannedResource, parts: Readonly<Record<string, string | boolean>>): string {
  const [start = "", project = ""] = resource.urn.split("::");
  const parent = parts.noParent === true ? null : typeof parts.parent === "string" ? parts.parent : resource.parent;
  const above = parent?.split("::")[2];
  const type = String(parts.type ?? resource.type);
  return [start, project, above === undefined ? type : `${above}$${type}`, String(parts.name ?? resource.name)].join("::");
}

/** Former URNs: its own, and those it had under its parent's former names, which begin its own. */
function formerUrns(resource: PlannedResource, parent: PlannedResource | undefined): readonly string[] {
  const own = resource.options.aliases.map(alias => (typeof alias === "string" ? alias : urnWith(resource, alias)));
  const inherited = (parent?.options.aliases ?? []).map(alias => {
    const former = typeof alias === "string" ? alias : urnWith(parent ?? resource, alias);
    const name = resource.name.startsWith(parent?.name ?? "") ? nameOf(former) + resource.name.slice(parent?.name.length) : resource.name;
    return urnWith(resource, { parent: former, name });
  });
  return [...own, ...inherited];
}

export function pairsOf(before: Plan, after: Plan): Pairs {
  const old = new Map(before.resources.map(resource => [resource.urn, resource]));
  const present = new Map(after.resources.map(resource => [resource.urn, resource]));
  const kept = after.resources.map((is): readonly [PlannedResource | null, PlannedResource] => {
    const former = formerUrns(is, present.get(is.parent ?? "")).filter(urn => !present.has(urn));
    const found = [is.urn, ...former].map(urn => old.get(urn)).find(was => was !== undefined);
    return [found ?? null, is];
  });
  const today = new Map(kept.flatMap(([was, is]) => (was === null ? [] : [[was.urn, is.urn]])));
  return { kept, gone: before.resources.filter(({ urn }) => !today.has(urn)), today: urn => today.get(urn) ?? urn };
}
