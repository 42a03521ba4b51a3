/**
 * What each key of a platform costs to change on a live stack: every key is changed on every fixture, the two plans are compared
 * by the replace rules. What a cloud really answers is not in it; the engine confirms a sample.
 */
import type { Assignment } from "../cli/planner/config.ts";
import { type Change, difference } from "../cli/planner/difference.ts";
import type { Plan } from "../cli/planner/model.ts";
import type { Cloud } from "../components/kernel/cloud.ts";
import { type Fixture, fixtures, planOf } from "./blast/fixtures.ts";
import { isAddition } from "./blast/laws.ts";
import { type Trial, trialsOn } from "./blast/trials.ts";

export interface Outcome extends Trial {
  readonly fixture: Fixture;
  /** Empty where the change is refused or decides nothing. */
  readonly changes: readonly Change[];
  /** Of the resources replaced or deleted: those of the plan before that nothing protects. */
  readonly unprotected: readonly string[];
}

const bases = new Map<Fixture, Promise<Plan>>();

function basePlan(fixture: Fixture): Promise<Plan> {
  const plan = bases.get(fixture) ?? planOf(fixture);
  bases.set(fixture, plan);
  return plan;
}

const isLoss = ({ op, stateful }: Change): boolean => stateful && (op === "replace" || op === "delete");

async function outcomeOf(fixture: Fixture, trial: Trial): Promise<Outcome> {
  if (trial.outcome !== "accepted") return { ...trial, fixture, changes: [], unprotected: [] };
  const before = await basePlan(fixture);
  const changes = difference(before, await planOf(fixture, trial.set), { known: true });
  const guarded = new Set(before.resources.filter(({ options }) => options.protect).map(({ urn }) => urn));
  const unprotected = changes.filter(change => isLoss(change) && !guarded.has(change.urn)).map(({ name }) => name);
  return { ...trial, fixture, changes, unprotected };
}

/** Every key on the largest and the smallest fixture of a cloud; on the one that says everything, what those two could not take, and every addition. */
export async function outcomesOn(cloud: Cloud): Promise<readonly Outcome[]> {
  const outcomes: Outcome[] = [];
  const own = fixtures.filter(fixture => fixture.cloud === cloud);
  const accepted = new Set<string>();
  for (const name of ["largest", "minimal", "everything"] as const)
    for (const fixture of own.filter(one => one.name === name))
      for (const trial of trialsOn(fixture).filter(({ key }) => name !== "everything" || !accepted.has(key) || isAddition(key))) {
        if (trial.outcome === "accepted") accepted.add(trial.key);
        outcomes.push(await outcomeOf(fixture, trial));
      }
  return outcomes;
}

export interface Sample {
  readonly fixture: Fixture;
  readonly key: string;
  readonly set: readonly Assignment[];
  /** Cloud resources by URN; those that stay as they are are left out. */
  readonly expected: Readonly<Record<string, Change["op"]>>;
}

/** Numbers from 0 to 1, the same for the same seed: https://github.com/bryc/code/blob/master/jshash/PRNGs.md (mulberry32). */
function randomFrom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    const mixed = Math.imul(state ^ (state >>> 15), state | 1);
    const more = mixed ^ (mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61));
    return ((more ^ (more >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** `n` accepted changes of the two smaller fixtures, spread over the clouds; for the engine to confirm. */
export async function samples(seed: number, n: number): Promise<readonly Sample[]> {
  const random = randomFrom(seed);
  const pool = fixtures.filter(({ name }) => name !== "largest");
  const drawn = new Set<Trial>();
  const found: Sample[] = [];
  for (let turn = 0; found.length < n && turn < n * 20; turn += 1) {
    const fixture = pool[turn % pool.length];
    const trials = fixture === undefined ? [] : trialsOn(fixture).filter(({ outcome }) => outcome === "accepted");
    const trial = trials[Math.floor(random() * trials.length)];
    if (fixture === undefined || trial === undefined || drawn.has(trial)) continue;
    drawn.add(trial);
    const { changes } = await outcomeOf(fixture, trial);
    const seen = changes.filter(({ changed }) => changed.join() !== "protect");
    found.push({
      fixture,
      key: trial.key,
      set: trial.set,
      expected: Object.fromEntries(seen.map(({ urn, op }) => [urn, op])),
    });
  }
  return found;
}
