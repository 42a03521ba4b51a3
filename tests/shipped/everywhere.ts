/**
 * What holds of every resource, whatever the platform asks for: `everywhere.yaml` by type, its tags, and which arguments it is given.
 * A rule for all is what sees a slip in one: an inventory claims the few that matter for its platform.
 * That a cloud heeds what it is told is not shown.
 */
import { readFileSync } from "node:fs";
import { isDeepStrictEqual } from "node:util";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { z } from "zod";
import type { Plan, PlannedResource } from "../../cli/planner/model.ts";
import { type Cloud, clouds } from "../../components/kernel/cloud.ts";
import { isMap } from "../../components/kernel/merge.ts";
import { everyCell, planOf } from "../support/shipped.ts";
import { valueAt } from "../support/shownPlan.ts";

const Row = z.strictObject({
  varies: z.literal(true).optional(),
  except: z.string().optional(),
  guarded: z.literal(true).optional(),
  leaves: z.array(z.string()).default([]),
  waits: z.array(z.string()).default([]),
  says: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])).default({}),
});
const rows = z.record(z.string(), Row).parse(parse(readFileSync(new URL("everywhere.yaml", import.meta.url), "utf8")));

const custom = ({ resources }: Plan): readonly PlannedResource[] => resources.filter(resource => resource.custom);
const label = ({ type, name }: PlannedResource): string => `${name} (${type})`;
const typeOf = (urn: string): string => urn.split("::")[2]?.split("$").at(-1) ?? "";

/** Types of all that a resource waits for, at once or through another. */
function awaited({ resources }: Plan, { dependencies }: PlannedResource): ReadonlySet<string> {
  const known = new Map(resources.map(resource => [resource.urn, resource]));
  const seen = new Set(dependencies);
  for (const urn of seen) for (const next of known.get(urn)?.dependencies ?? []) seen.add(next); // a set grows while it is walked
  return new Set([...seen].map(typeOf));
}

function faults(resource: PlannedResource, plan: Plan): readonly string[] {
  const { type, inputs, options } = resource;
  const row = rows[type];
  if (row === undefined || (row.except !== undefined && resource.name.includes(row.except))) return [];
  const waits = row.waits.length === 0 ? new Set() : awaited(plan, resource);
  return [
    ...(row.guarded === true && plan.environment === "prod" && !options.protect ? ["is not protected"] : []),
    ...row.leaves.filter(path => !options.ignoreChanges.includes(path)).map(path => `does not leave ${path} alone`),
    ...row.waits.filter(other => !waits.has(other)).map(other => `waits for no ${other}`),
    ...Object.entries(row.says)
      .filter(([path, value]) => !isDeepStrictEqual(valueAt(inputs, path), value))
      .map(([path, value]) => `${path} is ${JSON.stringify(valueAt(inputs, path))}, not ${JSON.stringify(value)}`),
  ].map(fault => `${label(resource)} ${fault}`);
}

/** AWS puts system and environment on everything through its provider; the others have no such thing. */
const tagKeys: Readonly<Record<Cloud, readonly string[]>> = {
  aws: ["Name", "role"],
  azure: ["env", "role", "system"],
  gcp: ["env", "role", "system"],
};

/** Every map of tags or labels within inputs. */
function tagsIn(value: unknown, key = ""): readonly Readonly<Record<string, unknown>>[] {
  if (Array.isArray(value)) return value.flatMap(inner => tagsIn(inner));
  if (!isMap(value)) return [];
  if (/^(tags|labels|userLabels)$/.test(key)) return [value];
  return Object.entries(value).flatMap(([name, inner]) => tagsIn(inner, name));
}

function untagged(resource: PlannedResource, plan: Plan, cloud: Cloud): readonly string[] {
  const own: Readonly<Record<string, unknown>> = { system: plan.system, env: plan.environment };
  return tagsIn(resource.inputs).flatMap(tags =>
    tagKeys[cloud]
      .filter(key => typeof tags[key] !== "string" || tags[key] === "" || (own[key] !== undefined && own[key] !== tags[key]))
      .map(key => `${label(resource)} has no tag ${key}, or a wrong one`),
  );
}

describe.each(everyCell)("everything in %s %s %s", (system, environment, cloud) => {
  const plan = planOf.bind(null, { system, environment }, cloud);

  it("is guarded, waits and is set as all of its type are", async () => {
    const planned = await plan();
    expect(custom(planned).flatMap(resource => faults(resource, planned))).toEqual([]);
  });

  it("carries the tags of its system, environment and role", async () => {
    const planned = await plan();
    expect(custom(planned).flatMap(resource => untagged(resource, planned, cloud))).toEqual([]);
  });
});

/** Ways from a resource to everything that it waits for. */
function waysFrom({ resources }: Plan): ReadonlyMap<string, number> {
  const ways = new Map<string, number>();
  const known = new Map(resources.map(resource => [resource.urn, resource]));
  const count = (urn: string): number => {
    const found = ways.get(urn) ?? (known.get(urn)?.dependencies ?? []).reduce((sum, next) => sum + count(next), 1);
    ways.set(urn, found);
    return found;
  };
  for (const { urn } of resources) count(urn);
  return ways;
}

describe.each(everyCell)("the order of %s %s %s", (system, environment, cloud) => {
  it("is said once: a refused destroy walks every way from each protected thing, and took minutes at six billion", async () => {
    const planned = await planOf({ system, environment }, cloud);
    const ways = waysFrom(planned);
    const walked = planned.resources.reduce((sum, { urn, options }) => sum + (options.protect ? (ways.get(urn) ?? 0) : 0), 0);
    expect(walked).toBeLessThan(30_000);
  });

  it("carries no type of an older API along", async () => {
    const { resources } = await planOf({ system, environment }, cloud);
    const aliases = resources.flatMap(({ options }) => options.aliases.map(alias => JSON.stringify(alias)));
    expect(aliases.filter(alias => /\/v\d{8}/.test(alias))).toEqual([]);
  });
});

/** Which arguments are given, whatever they say; what a person names freely, such as a tag, counts as one. */
function shape(value: unknown, path = ""): readonly string[] {
  if (Array.isArray(value) && value.length > 0) return value.flatMap((inner, index) => shape(inner, `${path}[${index}]`));
  const free = /(tags|labels|variables)$/i.test(path);
  if (!isMap(value) || free || value.unknown === true || value.secret === true) return [path];
  return Object.keys(value).length === 0 ? [path] : Object.entries(value).flatMap(([key, inner]) => shape(inner, `${path}.${key}`));
}

/** Shapes of a type over all shipped platforms, each with one that has it. */
async function shapes(): Promise<ReadonlyMap<string, ReadonlyMap<string, string>>> {
  const found = new Map<string, Map<string, string>>();
  for (const [system, environment, cloud] of everyCell)
    for (const resource of custom(await planOf({ system, environment }, cloud))) {
      if (resource.type.startsWith("pulumi:")) continue;
      const ofType = found.get(resource.type) ?? new Map<string, string>();
      found.set(resource.type, ofType.set(shape(resource.inputs).toSorted().join(" "), `${system} ${environment}: ${resource.name}`));
    }
  return found;
}

describe("what one line of code makes", () => {
  it("is given the same arguments each time, but for types that vary with the platform", async () => {
    const found = [...(await shapes())].filter(([type, ofType]) => ofType.size > 1 && rows[type]?.varies !== true);
    expect(found.map(([type, ofType]) => [type, ...ofType.values()])).toEqual([]);
  });

  it("varies where a row says so", async () => {
    const found = await shapes();
    expect(Object.keys(rows).filter(type => rows[type]?.varies === true && (found.get(type)?.size ?? 0) < 2)).toEqual([]);
  });
});

describe("the rows of everywhere", () => {
  it("are of types that a shipped system makes", async () => {
    const types = new Set<string>();
    for (const [system, environment, cloud] of everyCell)
      for (const { type } of custom(await planOf({ system, environment }, cloud))) types.add(type);
    expect(Object.keys(rows).filter(type => !types.has(type))).toEqual([]);
    expect(clouds.filter(cloud => !Object.keys(rows).some(type => type.startsWith(cloud)))).toEqual([]);
  });
});
