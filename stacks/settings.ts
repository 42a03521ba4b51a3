/** What a stack's configuration asks for, judged before anything else: every issue at once. */
import * as pulumi from "@pulumi/pulumi";
import { z } from "zod";
import type { Account } from "../components/foundation/model.ts";
import { type Cloud, clouds } from "../components/kernel/cloud.ts";
import { ConfigError } from "../components/kernel/errors.ts";
import type { Issue } from "../components/kernel/findings.ts";
import { type Judged, judge } from "../components/kernel/judge.ts";
import { isMap } from "../components/kernel/merge.ts";
import { type Path, pathText } from "../components/kernel/path.ts";
import { AccountArgs } from "./account.ts";
import { strangeLayers } from "./layering.ts";
import { platformOf } from "./layers.ts";
import { type Read, readSystem, type System } from "./source.ts";
import { readStackConfig, type StackConfig } from "./stack-config.ts";

export interface Settings {
  /** The system's file, as read. */
  readonly source: System;
  readonly cloud: Cloud;
  readonly environment: string;
  /** Null leaves the choice to the cloud's facts. */
  readonly region: string | null;
  readonly secondaryRegion: string | null;
  readonly variant: string | null;
  /** Last patch on the platform. */
  readonly overrides: Readonly<Record<string, unknown>>;
  /** Values a person supplies, by the names the platform declares. */
  readonly secrets: Readonly<Record<string, pulumi.Output<string>>>;
  /** Roles and parts whose protection is lifted, or `all`. */
  readonly unlock: readonly string[];
  readonly account: Partial<Account>;
  /** Configure the provider so that a preview needs no account. */
  readonly offline: boolean;
  /** Commit that is deployed; becomes a tag. */
  readonly commit: string | null;
}

const word = z.string().max(200);
const optional = word.nullable().default(null);

/** A command line turns what looks like a number into one. */
const secretText = z.union([z.string().min(1), z.int()]).transform(String);

const SettingsArgs = z.strictObject({
  system: z.string({ error: "the name of a shipped system or a path to a YAML file" }).max(4096),
  cloud: z.enum(clouds),
  environment: z.string({ error: "the name of an environment in the system's file" }).max(200),
  region: optional,
  secondaryRegion: optional,
  variant: optional,
  overrides: z.record(z.string(), z.unknown()).default({}),
  secrets: z.record(z.string(), secretText).default({}),
  unlock: z.array(word.min(1)).default([]),
  account: AccountArgs.prefault({}),
  offline: z.boolean().default(false),
  commit: z.string().max(63).nullable().default(null),
});

const looksEncrypted = /^v1:[A-Za-z0-9+/]+=*:[A-Za-z0-9+/]+=*$/;

/** Paths of values that are, or were, encrypted. */
function encrypted(value: unknown, path: Path): readonly Path[] {
  if (typeof value === "string") return looksEncrypted.test(value) ? [path] : [];
  if (Array.isArray(value)) return value.flatMap((inner, index) => encrypted(inner, [...path, index]));
  if (!isMap(value)) return [];
  if (typeof value.secure === "string" && Object.keys(value).length === 1) return [path];
  return Object.entries(value).flatMap(([key, inner]) => encrypted(inner, [...path, key]));
}

const supply = "supply it as strata:secrets and name it under secrets.values with from: config";

/** Component inputs lie in the state in plain text, so a secret may never be part of the platform. */
function secretOverrides({ values, isSecret }: StackConfig): readonly Issue[] {
  if (isSecret("overrides"))
    return [
      {
        path: "strata:overrides",
        problem: "expected a plain map, got one with a secret in it, which would reach the state in plain text",
        remedy: supply,
      },
    ];
  return encrypted(values.overrides, []).map(path => ({
    path: `strata:overrides.${pathText(path)}`,
    problem: "expected a plain value, got an encrypted one, which the program cannot read",
    remedy: supply,
  }));
}

/** A secret that stands in the stack's file as plain text is none any more. */
function plainSecrets({ values, isSecret }: StackConfig): readonly Issue[] {
  if (!isMap(values.secrets) || isSecret("secrets")) return [];
  return Object.keys(values.secrets).map(key => ({
    path: `strata:secrets.${pathText([key])}`,
    problem: "expected an encrypted value, got plain text",
    remedy: `change the value where it is used, then pulumi config set --secret --path 'strata:secrets["${key}"]'`,
  }));
}

const missing = (path: string): string => (path.includes(".") ? `add "${path}"` : `pulumi config set strata:${path} <value>`);

const judged = ({ values, isSecret }: StackConfig): Judged<z.output<typeof SettingsArgs>> =>
  judge(SettingsArgs, values, { prefix: "strata:", missing, hidden: ([key]) => typeof key === "string" && isSecret(key) });

const known = (names: Readonly<Record<string, unknown>>, name: unknown): string | null =>
  typeof name === "string" && Object.hasOwn(names, name) ? name : null;

/** Of a configuration that is refused anyway: what is wrong with the platform it names, as far as that can be told. */
function platformIssues(source: System, config: StackConfig): readonly Issue[] {
  const { values } = config;
  const cloud = clouds.find(cloud => cloud === values.cloud);
  const environment = known(source.environments, values.environment);
  if (cloud === undefined || environment === null) return [];
  const overrides = isMap(values.overrides) && secretOverrides(config).length === 0 ? values.overrides : {};
  return platformOf({ source, cloud, environment, variant: known(source.variants, values.variant), overrides }).issues;
}

/** The settings of this stack; throws `ConfigError` with everything that is wrong. */
export function readSettings(): Settings {
  const config = readStackConfig();
  const { values } = config;
  const { value: args, issues: wrong } = judged(config);
  const read: Read = typeof values.system === "string" ? readSystem(values.system) : { value: null, issues: [], body: null };
  const { value: source, body } = read;
  const environment = typeof values.environment === "string" ? values.environment : null;
  const variant = typeof values.variant === "string" ? values.variant : null;
  const issues = [
    ...config.issues,
    ...wrong,
    ...secretOverrides(config),
    ...plainSecrets(config),
    ...read.issues,
    ...(body === null || environment === null ? [] : strangeLayers({ source: body, environment, variant })),
  ];
  if (args === null || source === null || issues.length > 0)
    throw new ConfigError([...issues, ...(body === null ? [] : platformIssues(body, config))]);
  const secrets = Object.fromEntries(Object.entries(args.secrets).map(([key, text]) => [key, pulumi.secret(text)]));
  const { system: _system, ...settings } = args;
  return { ...settings, source, secrets };
}
