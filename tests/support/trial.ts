/** A platform written in a test: decided, refused or planned without a file. */
import type { Plan } from "../../cli/planner/model.ts";
import { type PlanOptions, planWith } from "../../cli/planner/planner.ts";
import type { Cloud } from "../../components/kernel/cloud.ts";
import { ConfigError } from "../../components/kernel/errors.ts";
import { Findings, type Issue } from "../../components/kernel/findings.ts";
import type { Known } from "../../components/kernel/known.ts";
import { isMap, type Plain } from "../../components/kernel/merge.ts";
import { factsOf } from "../../providers/facts.ts";
import { decide } from "../../stacks/decide.ts";
import { decidePlaces } from "../../stacks/places.ts";
import { PlatformArgs } from "../../stacks/platform.ts";
import { program } from "../../stacks/program.ts";
import type { Settings } from "../../stacks/settings.ts";
import type { Decision } from "../../stacks/spec.ts";

/** What a test may say beside the platform. */
export type Beside = Partial<Pick<Settings, "environment" | "region" | "secondaryRegion" | "unlock" | "secrets" | "offline" | "account">>;

/** Settings around one platform: system `trial`, environment `prod`, the cloud's standard region. */
export function settingsOf(cloud: Cloud, base: Plain, beside: Beside = {}): Settings {
  return {
    source: {
      name: "trial",
      description: "A platform for tests",
      base,
      environments: { prod: {}, staging: {}, dev: {} },
      variants: {},
      path: "trial.yaml",
      where: () => null,
    },
    cloud,
    environment: "prod",
    region: null,
    secondaryRegion: null,
    variant: null,
    overrides: {},
    secrets: {},
    unlock: [],
    account: {},
    offline: false,
    commit: null,
    ...beside,
  };
}

export const decided = (cloud: Cloud, base: Plain, beside: Beside = {}): Decision =>
  decide(settingsOf(cloud, base, beside), factsOf(cloud));

/** Every issue of a platform; empty where it is accepted. */
export function issuesOf(cloud: Cloud, base: Plain, beside: Beside = {}): readonly Issue[] {
  try {
    decided(cloud, base, beside);
    return [];
  } catch (error) {
    if (error instanceof ConfigError) return error.issues;
    throw error;
  }
}

/** `path: text` of every note. */
export const notesOf = (cloud: Cloud, base: Plain, beside: Beside = {}): readonly string[] =>
  decided(cloud, base, beside).notes.map(({ path, text }) => `${path}: ${text}`);

/** The resources of a platform, through the very program that a deploy runs. */
export const planned = (cloud: Cloud, base: Plain, beside: Beside = {}, options: PlanOptions = {}): Promise<Plan> =>
  planWith(
    async seen => program(settingsOf(cloud, base, beside), { planning: true, seen }),
    { stack: beside.environment ?? "prod", values: {}, secretKeys: [] },
    options,
  );

/** What a resolve knows about one cloud in its standard region. */
export function knownOf(cloud: Cloud, base: Plain = {}, beside: Beside = {}): Known {
  const facts = factsOf(cloud);
  const findings = new Findings(cloud);
  const places = decidePlaces(settingsOf(cloud, base, beside), PlatformArgs.parse(base), facts, findings);
  return { facts, system: "trial", environment: "prod", places, findings };
}

/** The same knowledge with nothing said yet. */
export const anew = (known: Known): Known => ({ ...known, findings: new Findings(known.facts.cloud) });

/** `databases.db.storage.gib` or `rules[0].days` within plain data; undefined where nothing is. A key with dots stands in quotes: `tags."a.b"`. */
export function at(value: unknown, path: string): unknown {
  const keys = [...path.matchAll(/\["([^"]+)"\]|"([^"]+)"|\[(\d+)\]|([^.[\]"]+)/g)].map(
    ([, bracket, quoted, index, word]) => bracket ?? quoted ?? index ?? word ?? "",
  );
  return keys.reduce<unknown>(
    (inner, key) => (Array.isArray(inner) ? inner[Number(key)] : isMap(inner) && Object.hasOwn(inner, key) ? inner[key] : undefined),
    value,
  );
}
