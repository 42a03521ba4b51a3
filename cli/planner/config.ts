/** Flags and a stack's file, put together into the configuration that Pulumi would hand to the program. */
import { readdirSync, readFileSync } from "node:fs";
import { clouds } from "../../components/kernel/cloud.ts";
import { ConfigError } from "../../components/kernel/errors.ts";
import { isMap } from "../../components/kernel/merge.ts";
import { proposal } from "../../components/kernel/nearest.ts";
import { regionsOf } from "../../providers/index.ts";
import { readYaml } from "../../stacks/yaml.ts";
import type { StackConfig } from "./planner.ts";

export interface Flags {
  readonly stack?: string;
  readonly system?: string;
  readonly cloud?: string;
  readonly environment?: string;
  readonly region?: string;
  readonly secondaryRegion?: string;
  readonly variant?: string;
  /** `path=value`, in the order given. */
  readonly set?: readonly Assignment[];
  readonly unlock?: readonly string[];
}

/** One trial value: laid over the platform last. */
export interface Assignment {
  readonly path: readonly string[];
  readonly value: unknown;
}

type Plain = Record<string, unknown>;

const scalars = ["system", "cloud", "environment", "region", "secondaryRegion", "variant"] as const;

/** What a plan uses when nothing at all is said. */
const defaultStack = "prod";

/** `root` is where `Pulumi.yaml` and the stack files lie. */
export function stackConfig(flags: Flags, root: URL): StackConfig {
  const said = flags.stack ?? (flags.system === undefined ? defaultStack : undefined);
  const base: Plain = said === undefined ? { "strata:environment": "prod", "strata:cloud": "aws" } : stackFile(said, root);
  const secretKeys = Object.keys(base).filter(key => holdsSecret(base[key]));
  const values: Plain = {
    ...projectDefaults(root),
    ...Object.fromEntries(Object.entries(base).map(([key, value]) => [key, withoutSecrets(value)])),
  };
  if (flags.cloud !== undefined && flags.cloud !== values["strata:cloud"])
    for (const key of ["strata:region", "strata:secondaryRegion"]) values[key] = elsewhere(values["strata:cloud"], values[key]);
  for (const key of scalars) if (flags[key] !== undefined) values[`strata:${key}`] = flags[key];
  if (flags.unlock !== undefined) values["strata:unlock"] = flags.unlock;
  if (flags.set !== undefined) values["strata:overrides"] = flags.set.reduce(assigned, opened(values["strata:overrides"]));
  const texts = Object.entries(values).filter(([, value]) => value !== undefined && value !== null);
  return {
    stack: said ?? flags.environment ?? "prod",
    values: Object.fromEntries(texts.map(([key, value]) => [key, typeof value === "string" ? value : JSON.stringify(value)])),
    secretKeys,
  };
}

/** A region under another cloud: by its neutral name. One that has none stays, to be refused there: nothing crosses a border unasked. */
function elsewhere(from: unknown, region: unknown): unknown {
  const cloud = clouds.find(known => known === from);
  return cloud === undefined || typeof region !== "string" ? region : (regionsOf(cloud).rows[region]?.neutral ?? region);
}

/** `pulumi config set` writes an object as one JSON text. */
function opened(value: unknown): unknown {
  try {
    return typeof value === "string" ? JSON.parse(value) : value;
  } catch {
    return value;
  }
}

function assigned(into: unknown, { path: [key, ...rest], value }: Assignment): unknown {
  if (key === undefined) return value;
  const here = isMap(into) ? into : {};
  return { ...here, [key]: assigned(here[key], { path: rest, value }) };
}

/** An encrypted value stands as `{ secure: … }`; only Pulumi can open it. */
const isSecure = (value: unknown): boolean => isMap(value) && Object.keys(value).length === 1 && typeof value.secure === "string";

const holdsSecret = (value: unknown): boolean =>
  isSecure(value) || (Array.isArray(value) ? value.some(holdsSecret) : isMap(value) && Object.values(value).some(holdsSecret));

/** A plan has no key: encrypted values are left out, and the program puts its placeholders there. */
function withoutSecrets(value: unknown): unknown {
  if (isSecure(value)) return undefined;
  if (Array.isArray(value)) return value.map(withoutSecrets);
  return isMap(value) ? Object.fromEntries(Object.entries(value).map(([key, member]) => [key, withoutSecrets(member)])) : value;
}

function stackFile(stack: string, root: URL): Plain {
  const file = `Pulumi.${stack}.yaml`;
  const text = read(file, root);
  if (text === undefined) {
    const stacks = readdirSync(root).flatMap(name => /^Pulumi\.(.+)\.yaml$/.exec(name)?.[1] ?? []);
    refuse("--stack", `no file ${file}`, stacks.length === 0 ? "none yet; use --system" : proposal(stack, stacks.sort()));
  }
  const { config } = parsed(file, text);
  if (config !== undefined && config !== null && !isMap(config))
    refuse(file, "`config` is not a map", "keys such as `strata:system: reference`");
  return isMap(config) ? config : {};
}

/** Values and defaults that the project's own file declares; Pulumi fills them in, its mocks do not. */
function projectDefaults(root: URL): Plain {
  const text = read("Pulumi.yaml", root);
  const { config } = text === undefined ? { config: {} } : parsed("Pulumi.yaml", text);
  if (!isMap(config)) return {};
  return Object.fromEntries(
    Object.entries(config).map(([key, row]) => [key.includes(":") ? key : `strata:${key}`, isMap(row) ? (row.value ?? row.default) : row]),
  );
}

function read(file: string, root: URL): string | undefined {
  try {
    return readFileSync(new URL(file, root), "utf8");
  } catch {
    return undefined;
  }
}

function parsed(file: string, text: string): Plain {
  const { content, issues } = readYaml(file, text);
  if (issues.length > 0) throw new ConfigError(issues);
  return isMap(content) ? content : {};
}

function refuse(path: string, problem: string, remedy: string): never {
  throw new ConfigError([{ path, problem, remedy }]);
}
