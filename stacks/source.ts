/** A system's file: found by shipped name or by path, read with every fault told by line and column. */
import { readdirSync, readFileSync, statSync } from "node:fs";
import { dirname, extname, join, relative, resolve, sep } from "node:path";
import { fileURLToPath } from "node:url";
import { z } from "zod";
import { clouds } from "../components/kernel/cloud.ts";
import type { Issue } from "../components/kernel/findings.ts";
import { type Judged, judge } from "../components/kernel/judge.ts";
import { isMap } from "../components/kernel/merge.ts";
import { nearest } from "../components/kernel/nearest.ts";
import { keysOf } from "../components/kernel/path.ts";
import { memberName } from "../components/kernel/schema.ts";
import type { SystemFile } from "./platform.ts";
import { type Place, readYaml } from "./yaml.ts";

/** A system as read, and where in its file each value stands. */
export interface System extends SystemFile {
  /** Relative to the project folder. */
  readonly path: string;
  /** `stacks/systems/x.yaml:12:5` of a key within the file, such as `["base", "network", "zones"]`. */
  readonly where: (keys: readonly string[]) => string | null;
}

export interface Read extends Judged<System> {
  /** The layers, also where only the head of the file is refused, so that what they say is judged in the same go. */
  readonly body: System | null;
}

const project = dirname(dirname(fileURLToPath(import.meta.url)));
const largest = 1_048_576;

/** A patch that holds nothing may be left empty in YAML. */
const patch = z
  .record(z.string(), z.unknown())
  .nullable()
  .transform(value => value ?? {});

/** One layer: any part of a platform, judged only after all layers are merged; the clouds' names are judged here. */
export const LayerArgs = z.looseObject({ clouds: z.partialRecord(z.enum(clouds), patch).nullish() }).nullable();
const layer = LayerArgs.transform(value => {
  if (value === null) return {};
  const { clouds: patches, ...rest } = value;
  return { ...rest, clouds: patches ?? {} };
});

const SystemArgs = z.strictObject({
  name: memberName,
  description: z.string().min(1),
  base: layer,
  environments: z
    .record(memberName, layer)
    .refine(environments => Object.keys(environments).length > 0, { error: "at least one environment, such as prod" }),
  variants: z
    .record(memberName, layer)
    .nullish()
    .transform(value => value ?? {}),
});

const namesIn = (folder: string): readonly string[] =>
  readdirSync(join(project, "stacks", folder))
    .filter(file => extname(file) === ".yaml")
    .map(file => file.slice(0, -".yaml".length))
    .sort();

/** Names of the systems that ship with the project. */
export const shippedSystems = (): readonly string[] => namesIn("systems");

const shippedName = /^[A-Za-z0-9_-]+$/;
const slashed = (path: string): string => path.split(sep).join("/");

function unknownSystem(name: string): Issue {
  const shipped = shippedSystems();
  const near = nearest(name, shipped);
  const example = namesIn("examples").includes(name) ? `stacks/examples/${name}.yaml` : null;
  const meant = example ?? near;
  return {
    path: "strata:system",
    problem: `expected a shipped system (${shipped.join(", ") || "none"}) or a path to a YAML file, got ${JSON.stringify(name)}`,
    remedy: meant === null ? `write one of these names, or a path such as "./${name}.yaml"` : `did you mean "${meant}"?`,
  };
}

const megabytes = (bytes: number): string => `${(bytes / 1_048_576).toFixed(1)} MiB`;

/** The text of a file, refused before it is read where it cannot be a description of a platform. */
function textOf(file: string, shown: string): Judged<string> {
  const refuse = (problem: string, remedy: string): Judged<string> => ({
    value: null,
    issues: [{ path: "strata:system", problem, remedy }],
  });
  try {
    const stat = statSync(file);
    if (stat.isDirectory())
      return refuse(
        `expected a file, got the directory "${shown}"`,
        `name a YAML file in it, such as "${shown.replace(/\/$/, "")}/system.yaml"`,
      );
    if (!stat.isFile()) return refuse(`expected a file, got "${shown}", which is none`, "name a YAML file");
    if (stat.size > largest)
      return refuse(
        `expected a file of at most 1 MiB, got "${shown}" of ${megabytes(stat.size)}`,
        "split what is not a platform out of it",
      );
    return { value: new TextDecoder("utf-8", { fatal: true }).decode(readFileSync(file)), issues: [] };
  } catch (error) {
    if (error instanceof TypeError) return refuse(`expected UTF-8 text, got "${shown}" with other bytes`, "save it as UTF-8");
    const code = error instanceof Error && "code" in error ? String(error.code) : "";
    if (code === "ENOENT" || code === "ENOTDIR")
      return refuse(`no file "${shown}"`, "paths are relative to the project folder; check the spelling");
    return refuse(`"${shown}" cannot be read${code === "" ? "" : ` (${code})`}`, "make it readable to the account that runs this");
  }
}

const placed = (issue: Issue, path: string, place: (keys: readonly string[]) => Place | null): Issue => {
  const at = place(keysOf(issue.path));
  return { ...issue, path: `${path}${at === null ? "" : `:${at.line}:${at.column}`} ${issue.path}`.trimEnd() };
};

const refused = (issues: readonly Issue[], body: System | null = null): Read => ({ value: null, issues, body });

/** Reads and judges the file of a system; its layers' contents are judged once they are merged. */
export function readSystem(nameOrPath: string): Read {
  if (shippedName.test(nameOrPath) && !shippedSystems().includes(nameOrPath)) return refused([unknownSystem(nameOrPath)]);
  const file = shippedName.test(nameOrPath) ? join(project, "stacks", "systems", `${nameOrPath}.yaml`) : resolve(project, nameOrPath);
  const path = slashed(relative(project, file)) || ".";
  const text = textOf(file, path);
  if (text.value === null) return refused(text.issues);
  const { content, place, issues } = readYaml(path, text.value);
  if (issues.length > 0) return refused(issues);
  if (!isMap(content)) {
    const got = content === null ? "an empty file" : Array.isArray(content) ? "a list" : "a single value";
    return refused([
      {
        path,
        problem: `expected a map with name, description, base and environments, got ${got}`,
        remedy: "start from stacks/examples/minimal.yaml",
      },
    ]);
  }
  const judged = judge(SystemArgs, content);
  const where = (keys: readonly string[]): string | null => {
    const at = place(keys);
    return at === null ? null : `${path}:${at.line}:${at.column}`;
  };
  if (judged.value !== null) {
    const system = { ...judged.value, path, where };
    return { value: system, issues: [], body: system };
  }
  const { base, environments, variants } = content;
  const body = judge(SystemArgs, { name: "unnamed", description: "none", base, environments, variants }).value;
  return refused(
    judged.issues.map(issue => placed(issue, path, place)),
    body === null ? null : { ...body, path, where },
  );
}
