/** Reads one inventory, plans its platform, and says in YAML what differs. The format is told in `tests/inventories/README.md`. */
import { isDeepStrictEqual } from "node:util";
import * as pulumi from "@pulumi/pulumi";
import { parse, stringify } from "yaml";
import { z } from "zod";
import type { Plan, PlannedResource } from "../../cli/planner/model.ts";
import { planWith } from "../../cli/planner/planner.ts";
import type { Cloud } from "../../components/kernel/cloud.ts";
import { program } from "../../stacks/program.ts";
import { componentOf, nameOf, optionOf, readable, valueAt } from "./shownPlan.ts";
import { settingsOf } from "./trial.ts";

/** The classes that make each concept. */
export const classesOf = {
  foundation: ["Foundation"],
  keys: ["Keys"],
  identity: ["Identities", "Grants"],
  logs: ["Logs"],
  network: ["Network", "Endpoints"],
  access: ["Peers", "Flows"],
  secrets: ["Secrets"],
  compute: ["Group", "Machine"],
  database: ["Database", "Replica"],
  cache: ["Cache"],
  storage: ["Bucket"],
  dns: ["Zones", "Records"],
  certificates: ["Certificates"],
  waf: ["Waf"],
  balancer: ["Balancer", "Routes"],
  cdn: ["Cdn", "Pass"],
  entry: ["Entry"],
} as const;
export type Concept = keyof typeof classesOf;

const Claims = z.record(z.string(), z.unknown());
const Inventory = z.strictObject({
  title: z.string().min(10),
  args: z.record(z.string(), z.unknown()),
  environment: z.enum(["prod", "staging", "dev"]).default("prod"),
  region: z.string().nullable().default(null),
  secondaryRegion: z.string().nullable().default(null),
  unlock: z.array(z.string()).default([]),
  known: z.boolean().default(false),
  counts: z.record(z.string(), z.int().min(1)).default({}),
  values: z.record(z.string(), Claims).default({}),
  /** What the concept hands on; or by class, where each of its components does. */
  outputs: z.union([z.array(z.string()), z.record(z.string(), z.array(z.string()))]).default([]),
  absent: z.array(z.string()).default([]),
});
export type Inventory = z.output<typeof Inventory>;

export const readInventory = (text: string): Inventory => Inventory.parse(parse(text));

export interface Inspected {
  readonly plan: Plan;
  /** Names of the outputs of every component, by its URN. */
  readonly outputs: ReadonlyMap<string, readonly string[]>;
}

/** The plan of an inventory's platform, and what each component hands on. */
export async function inspect(cloud: Cloud, { args, environment, region, secondaryRegion, unlock, known }: Inventory): Promise<Inspected> {
  const outputs = new Map<string, readonly string[]>();
  const settings = settingsOf(cloud, args, { environment, region, secondaryRegion, unlock });
  const plan = await planWith(
    seen => {
      listenToOutputs((urn, names) => outputs.set(urn, names));
      return program(settings, { planning: true, seen });
    },
    { stack: environment, values: {}, secretKeys: [] },
    { known },
  );
  return { plan, outputs };
}

interface OutputsRequest {
  getUrn(): string;
  getOutputs(): { toJavaScript(): object } | undefined;
}

/** The plan keeps a component's outputs to itself: they are seen on their way to the engine. */
export function listenToOutputs(heard: (urn: string, names: readonly string[]) => void): void {
  const monitor = pulumi.runtime.getMonitor();
  if (monitor === undefined) throw new Error("the simulated engine was not set");
  const { registerResourceOutputs: answer } = monitor;
  Object.assign(monitor, {
    registerResourceOutputs: (req: OutputsRequest, ...rest: unknown[]) => {
      heard(req.getUrn(), Object.keys(req.getOutputs()?.toJavaScript() ?? {}));
      Reflect.apply(answer, monitor, [req, ...rest]);
    },
  });
}

export interface Found {
  /** What is wrong, a line each; empty where the inventory holds. */
  readonly faults: readonly string[];
  /** What was claimed, as it is. */
  readonly yaml: string;
}

export function compare(concept: Concept, wanted: Inventory, { plan, outputs }: Inspected): Found {
  const tokens: readonly string[] = classesOf[concept].map(name => `strata:index:${name}`);
  const own = plan.resources.filter(resource => tokens.includes(componentOf(plan, resource) ?? ""));
  const faults: string[] = [];
  const check = (what: string, is: unknown, expected: unknown, holds = isDeepStrictEqual(is, expected)): void => {
    if (!holds) faults.push(`${what}: expected ${line(expected)}, got ${line(is)}`);
  };

  const counts = countsOf(own.filter(({ custom }) => custom));
  for (const type of new Set([...Object.keys(wanted.counts), ...Object.keys(counts)]))
    check(type, counts[type] ?? 0, wanted.counts[type] ?? 0);

  if (Object.keys(wanted.values).length === 0)
    faults.push(`nothing is claimed: write what matters of ${own.map(({ name }) => name).join(", ")}`);
  const values: Record<string, Record<string, unknown>> = {};
  for (const [key, claims] of Object.entries(wanted.values)) {
    const resource = named(plan.resources, key);
    if (resource === null) {
      faults.push(`${key}: no such resource; there are ${own.map(({ name }) => name).join(", ")}`);
      continue;
    }
    values[key] = Object.keys(claims).length === 0 ? everything(resource) : {};
    if (Object.keys(claims).length === 0) faults.push(`${key}: nothing is claimed of it`);
    for (const [path, expected] of Object.entries(claims)) {
      const is = path.startsWith("$") ? optionOf(resource, path) : valueAt(resource.inputs, path);
      const among = path === "$dependsOn" && Array.isArray(is) && Array.isArray(expected);
      check(`${key} ${path}`, is ?? null, expected, among ? expected.every(name => is.includes(name)) : undefined);
      values[key][path] = among ? expected.filter(name => is.includes(name)) : (is ?? null);
    }
  }

  const components = own.filter(({ custom }) => !custom);
  const handed = (part: string): readonly string[] => {
    const all = components.filter(({ type }) => part === "" || type.endsWith(`:${part}`)).map(({ urn }) => outputs.get(urn) ?? []);
    return part === "" ? [...new Set(all.flat())] : (all[0] ?? []).filter(name => all.every(names => names.includes(name)));
  };
  const given = Array.isArray(wanted.outputs) ? { "": wanted.outputs } : wanted.outputs;
  const found = Object.entries(given).map(([part, names]) => [part, names.filter(name => handed(part).includes(name))] as const);
  for (const [part, names] of found) check(`outputs ${part}`, names, given[part]);
  const present = wanted.absent.filter(type => own.some(resource => resource.type === type));
  for (const type of present)
    faults.push(
      `${type}: expected none, got ${own
        .filter(resource => resource.type === type)
        .map(({ name }) => name)
        .join(", ")}`,
    );

  const yaml = stringify(
    {
      counts,
      values,
      outputs: Array.isArray(wanted.outputs) ? (wanted.outputs.length === 0 ? handed("") : found[0]?.[1]) : Object.fromEntries(found),
      absent: wanted.absent.filter(type => !present.includes(type)),
    },
    { lineWidth: 140 },
  );
  return { faults, yaml };
}

const line = (value: unknown): string => JSON.stringify(value);

const countsOf = (resources: readonly PlannedResource[]): Record<string, number> =>
  Object.fromEntries(
    [...Map.groupBy(resources, ({ type }) => type)]
      .map(([type, same]): [string, number] => [type, same.length])
      .toSorted(([one], [other]) => (one < other ? -1 : 1)),
  );

/** By name, or by `type name` where two types share one. */
function named(resources: readonly PlannedResource[], key: string): PlannedResource | null {
  const [type, name] = key.includes(" ") ? key.split(" ") : [null, key];
  const found = resources.filter(resource => resource.name === name && (type === null || resource.type === type));
  if (found.length > 1)
    throw new Error(`${key} is ${found.map(resource => `"${resource.type} ${resource.name}"`).join(" and ")}: write the one that is meant`);
  return found[0] ?? null;
}

/** All there is to claim of a resource, to choose from. */
const everything = (resource: PlannedResource): Record<string, unknown> => ({
  ...Object.fromEntries(Object.entries(resource.inputs).map(([key, value]) => [key, readable(value)])),
  $protect: resource.options.protect,
  $dependsOn: resource.dependencies.map(nameOf).toSorted(),
});
