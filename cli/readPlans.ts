/**
 * Recorded plans, as `plan --json` prints them, read back from a file or a folder of files. They may come from a stranger's pull
 * request, so each is looked through before it counts as a plan, and nothing in it is run or followed.
 */
import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { basename, join } from "node:path";
import { z } from "zod";
import { isMap, member } from "../components/kernel/merge.ts";
import type { Plan } from "./planner/model.ts";

/** A plan, or why there was none to record. */
export type Recorded = { readonly plan: Plan } | { readonly refused: readonly string[] };

/** What of each name was recorded; or one line for each file that is none, with what to do about it. */
export type Records = { readonly records: ReadonlyMap<string, Recorded> } | { readonly unreadable: readonly string[] };

const options = z.object({
  protect: z.boolean(),
  retainOnDelete: z.boolean(),
  deletedWith: z.string().nullable(),
  ignoreChanges: z.array(z.string()),
  replaceOnChanges: z.array(z.string()).default([]), // plans of before 2026-11-21 have none
  aliases: z.array(z.union([z.string(), z.record(z.string(), z.union([z.string(), z.boolean()]))])),
  customTimeouts: z.record(z.string(), z.string()),
});

const resource = z.object({
  urn: z.string(),
  type: z.string(),
  name: z.string(),
  parent: z.string().nullable(),
  provider: z.string().nullable(),
  custom: z.boolean(),
  inputs: z.record(z.string(), z.unknown()),
  dependencies: z.array(z.string()),
  options,
});

/** As much of a plan as telling two apart needs; the rest is not looked at, here or there. */
const planned = z.object({
  format: z.literal(1),
  system: z.string(),
  environment: z.string(),
  cloud: z.string(),
  resources: z.array(resource),
});

const isPlan = (data: unknown): data is Plan => planned.safeParse(data).success;

const refusal = z.union([
  z.object({ format: z.literal(1), issues: z.array(z.object({ path: z.string(), problem: z.string() })) }),
  z.object({ format: z.literal(1), faults: z.array(z.string()) }),
]);

/** Of one plan, or of one for each cloud; null where it is neither. */
function recordsIn(data: unknown, name: string): readonly (readonly [string, Recorded])[] | null {
  if (isPlan(data)) return [[name, { plan: data }]];
  const refused = refusal.safeParse(data);
  if (refused.success) {
    const lines =
      "faults" in refused.data
        ? refused.data.faults
        : refused.data.issues.map(({ path, problem }) => (path === "" ? problem : `${path}: ${problem}`));
    return [[name, { refused: lines }]];
  }
  const clouds = member(data, "clouds");
  if (!isMap(clouds)) return null;
  const each = Object.entries(clouds).map(([cloud, inner]) =>
    isMap(inner) && "clouds" in inner ? null : recordsIn(inner, `${name} ${cloud}`),
  );
  return each.some(one => one === null) ? null : each.flatMap(one => one ?? []);
}

const remedy = "give what `npm run plan -- --json` prints";

/** What stands in the place of a plan, in a few words. */
function wrong(data: unknown): string {
  if (!isMap(data)) return data === null ? "null" : Array.isArray(data) ? "a list" : `a ${typeof data}`;
  if (data.format !== 1) return `a map with format ${JSON.stringify(data.format) ?? "unsaid"}`;
  const [issue] = planned.safeParse(data).error?.issues ?? [];
  return issue === undefined ? "a map" : `a map whose ${issue.path.join(".")} is not right: ${issue.message}`;
}

type Outcome = { readonly found: readonly (readonly [string, Recorded])[] } | { readonly problem: string };

function readFile(path: string, name: string): Outcome {
  try {
    const data: unknown = JSON.parse(readFileSync(path, "utf8"));
    const found = recordsIn(data, name);
    return found === null ? { problem: `${path}: expected a plan of format 1, got ${wrong(data)}; ${remedy}` } : { found };
  } catch (error) {
    if (error instanceof SyntaxError) return { problem: `${path}: expected a plan as JSON, got ${error.message}; ${remedy}` };
    throw error;
  }
}

const nameOf = (file: string): string => basename(file).replace(/\.json$/, "");

export const isFile = (path: string): boolean => statSync(path, { throwIfNoEntry: false })?.isFile() === true;

/** A plan is called as its file, so that two folders meet by the names of their files; a single file is called as the caller says. */
export function readPlans(path: string, called = nameOf(path)): Records {
  if (isFile(path)) return asRecords([readFile(path, called)]);
  if (!existsSync(path)) return { unreadable: [`${path}: expected a plan or a folder of plans, got nothing; ${remedy}`] };
  // No link: what a stranger packed may point anywhere.
  const files = readdirSync(path, { withFileTypes: true }).filter(entry => entry.isFile() && entry.name.endsWith(".json"));
  if (files.length === 0) return { unreadable: [`${path}: expected plans, got a folder without a .json file; ${remedy}`] };
  const names = files.map(({ name }) => name).toSorted();
  return asRecords(names.map(name => readFile(join(path, name), nameOf(name))));
}

function asRecords(outcomes: readonly Outcome[]): Records {
  const unreadable = outcomes.flatMap(outcome => ("problem" in outcome ? [outcome.problem] : []));
  if (unreadable.length > 0) return { unreadable };
  return { records: new Map(outcomes.flatMap(outcome => ("found" in outcome ? outcome.found : []))) };
}
