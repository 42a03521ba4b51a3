/** The platforms on which every key is changed: the largest shipped one of each cloud, one that says everything once, and the smallest. */
import { relative } from "node:path";
import { fileURLToPath } from "node:url";
import type { Assignment } from "../../cli/planner/config.ts";
import type { Plan } from "../../cli/planner/model.ts";
import { planWith } from "../../cli/planner/planner.ts";
import { type Cloud, clouds } from "../../components/kernel/cloud.ts";
import { ConfigError } from "../../components/kernel/errors.ts";
import { isMap, type Plain } from "../../components/kernel/merge.ts";
import { factsOf } from "../../providers/facts.ts";
import { decide } from "../../stacks/decide.ts";
import { platformOf } from "../../stacks/layers.ts";
import { program } from "../../stacks/program.ts";
import type { Settings } from "../../stacks/settings.ts";
import { readSystem } from "../../stacks/source.ts";
import type { Decision } from "../../stacks/spec.ts";

export interface Fixture {
  readonly name: "largest" | "everything" | "minimal";
  /** As `--system` takes it. */
  readonly system: string;
  readonly cloud: Cloud;
  readonly environment: "prod";
}

const root = fileURLToPath(new URL("../../", import.meta.url));
const shipped = (path: string): string => relative(process.cwd(), `${root}${path}`);

/** By resources in prod, November 2026. */
const largest: Readonly<Record<Cloud, string>> = { aws: "freeagentics", azure: "freeagentics", gcp: "cctelegram" };

export const fixtures: readonly Fixture[] = clouds.flatMap((cloud): readonly Fixture[] => [
  { name: "largest", system: largest[cloud], cloud, environment: "prod" },
  { name: "everything", system: shipped("rehearsal/fixtures/everything.yaml"), cloud, environment: "prod" },
  { name: "minimal", system: shipped("stacks/examples/minimal.yaml"), cloud, environment: "prod" },
]);

function placed(into: unknown, [key, ...rest]: readonly string[], value: unknown): unknown {
  if (key === undefined) return value;
  const here = isMap(into) ? into : {};
  return { ...here, [key]: placed(here[key], rest, value) };
}

/** What `--set` makes of its values. */
const overridesOf = (set: readonly Assignment[]): Plain => {
  const all = set.reduce<unknown>((into, { path, value }) => placed(into, path, value), {});
  return isMap(all) ? all : {};
};

const sources = new Map<string, ReturnType<typeof readSystem>>();

/** One file is read once, however many changes are tried on it. */
function sourceOf(system: string): ReturnType<typeof readSystem> {
  const read = sources.get(system) ?? readSystem(system);
  sources.set(system, read);
  return read;
}

function settingsOf({ system, cloud, environment }: Fixture, set: readonly Assignment[]): Settings {
  const { value: source, issues } = sourceOf(system);
  if (source === null) throw new ConfigError(issues);
  const nothing = {
    region: null,
    secondaryRegion: null,
    variant: null,
    secrets: {},
    unlock: [],
    account: {},
    offline: false,
    commit: null,
  };
  return { source, cloud, environment, overrides: overridesOf(set), ...nothing };
}

/** The platform as it is decided on: every default filled in. */
export function platformIn(fixture: Fixture, set: readonly Assignment[] = []): Plain {
  const { args, issues } = platformOf(settingsOf(fixture, set));
  if (args === null) throw new ConfigError(issues);
  return { ...args };
}

/** The decision, or the first thing that is wrong. */
export function decided(fixture: Fixture, set: readonly Assignment[]): Decision | { readonly refused: string } {
  try {
    return decide(settingsOf(fixture, set), factsOf(fixture.cloud));
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    const [issue] = error.issues;
    return { refused: issue === undefined ? error.message : `${issue.path}: ${issue.problem}; ${issue.remedy}` };
  }
}

/** With made-up answers, so that a change within a document is seen. */
export const planOf = (fixture: Fixture, set: readonly Assignment[] = []): Promise<Plan> =>
  planWith(
    async seen => program(settingsOf(fixture, set), { planning: true, seen }),
    { stack: fixture.environment, values: {}, secretKeys: [] },
    { known: true },
  );
