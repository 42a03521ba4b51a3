/** Stacks on the real engine, for tests: the largest system of each cloud and the minimal platform. */
import { describe } from "vitest";
import type { Flags } from "../../../cli/planner/config.ts";
import { type Cloud, clouds } from "../../../components/kernel/cloud.ts";
import { type Engine, findEngine } from "../../../rehearsal/engine.ts";
import { type Rehearsed, rehearsed } from "../../../rehearsal/rehearsed.ts";
import { openStage, type Stage, type StageOptions } from "../../../rehearsal/stage.ts";
import { shippedSystems } from "../../../stacks/source.ts";
import { root } from "../../support/shipped.ts";

const found = await findEngine();

/** A machine that lands changes must have an engine; a person's may lack one, and is told why nothing ran. */
if ("missing" in found) {
  if (process.env.CI !== undefined) throw new Error(found.missing);
  console.warn(`the rehearsals are skipped: ${found.missing}`);
}

/** A suite that needs the engine. */
export const rehearsal = describe.skipIf("missing" in found);

export function theEngine(): Engine {
  if ("missing" in found) throw new Error(found.missing);
  return found;
}

export interface Fixture {
  readonly system: string;
  readonly cloud: Cloud;
  readonly environment: string;
}

/** Everything, at length, for who has an hour: `npm run rehearse:all`. */
export const thorough = process.env.STRATA_TRIALS === "all";

/** By resources planned, in production. */
export const largest: readonly Fixture[] = [
  { system: "freeagentics", cloud: "aws", environment: "prod" },
  { system: "freeagentics", cloud: "azure", environment: "prod" },
  { system: "cctelegram", cloud: "gcp", environment: "prod" },
];

const minimalFile = "stacks/examples/minimal.yaml";
export const minimal: readonly Fixture[] = (["aws", "azure", "gcp"] as const).map(cloud => ({
  system: minimalFile,
  cloud,
  environment: "prod",
}));

/** One of everything that a platform may say: keys of tunnels among it. */
export const everything: readonly Fixture[] = clouds.map(cloud => ({
  system: "rehearsal/fixtures/everything.yaml",
  cloud,
  environment: "prod",
}));

/** What lives a whole life: every shipped system where there is time, else the largest of each cloud. */
export const living: readonly Fixture[] = [
  ...(thorough
    ? shippedSystems().flatMap(system => clouds.flatMap(cloud => ["prod", "staging"].map(environment => ({ system, cloud, environment }))))
    : largest),
  ...minimal,
];

export const titled = <T extends Fixture>(fixtures: readonly T[]): readonly (readonly [string, T])[] =>
  fixtures.map(fixture => [`${fixture.system.replace(/^.*\/|\.yaml$/g, "")} ${fixture.environment} on ${fixture.cloud}`, fixture]);

const configs = new Map<string, Promise<Rehearsed>>();

/** Takes a plan: made once for the same words. */
export function configOf(fixture: Fixture, flags: Omit<Flags, keyof Fixture> = {}): Promise<Rehearsed> {
  const said: Flags = { ...fixture, ...flags };
  const key = JSON.stringify(said);
  const config = configs.get(key) ?? rehearsed(said, root);
  configs.set(key, config);
  return config;
}

export async function onStage<T>(
  fixture: Fixture,
  act: (stage: Stage) => Promise<T>,
  options: StageOptions & { readonly flags?: Omit<Flags, keyof Fixture> } = {},
): Promise<T> {
  const { flags, ...rest } = options;
  const stage = await openStage(theEngine(), await configOf(fixture, flags), rest);
  try {
    return await act(stage);
  } finally {
    await stage.close();
  }
}

/** What was done in the cloud since, in order: `create urn`. */
export const doneIn = ({ cloud }: Stage): readonly string[] => cloud.calls.map(({ method, urn }) => `${method} ${urn}`);
