/** A rehearsal in phases: deploy, deploy again, refresh, change, destroy. Stops at the first phase that is not as it should be. */

import type { Rehearsed } from "./rehearsed.ts";
import type { Run, Step } from "./run.ts";
import type { Stage } from "./stage.ts";

export type PhaseName = "up" | "no-op" | "refresh" | "change" | "destroy";

export interface Phase {
  readonly name: PhaseName;
  /** Resources by what the engine did to them, its own words. */
  readonly operations: Readonly<Record<string, number>>;
  readonly replacements: readonly Replacement[];
  readonly seconds: number;
  /** Why the rehearsal ends here; null when all is well. */
  readonly problem: string | null;
}

export interface Replacement {
  readonly type: string;
  readonly name: string;
  readonly because: readonly string[];
}

export interface Script {
  readonly base: Rehearsed;
  /** The change; null leaves that phase out. */
  readonly changed: Rehearsed | null;
  /** The last configuration with every protection lifted. */
  readonly unlocked: Rehearsed;
}

export interface Watcher {
  readonly begins: (phase: PhaseName) => void;
  readonly ends: (phase: Phase) => void;
}

const replacements = (steps: readonly Step[]): readonly Replacement[] =>
  steps.filter(({ op }) => op === "replace").map(({ type, name, because }) => ({ type, name, because }));

const phaseOf = (name: PhaseName, { operations, steps, seconds, problem }: Run): Phase => ({
  name,
  operations,
  replacements: replacements(steps),
  seconds,
  problem,
});

/** A run that should have found nothing to do. */
const still = (run: Run): Run => {
  const moved = Object.keys(run.operations).filter(op => op !== "same");
  return run.problem !== null || moved.length === 0
    ? run
    : { ...run, problem: `expected nothing to change, got ${moved.map(op => `${run.operations[op]} ${op}`).join(", ")}` };
};

/** As the runbook says: lift protection in a deploy of its own, then destroy; nothing may be left, here or in the cloud. */
async function destroyed(stage: Stage, unlocked: Rehearsed): Promise<Run> {
  await stage.configure(unlocked);
  const lifted = await stage.deploy();
  if (lifted.problem !== null) return lifted;
  const gone = await stage.destroy();
  const left = stage.cloud.objects.all().map(({ type, id }) => `${id} (${type})`);
  const problem = gone.problem ?? (left.length === 0 ? null : `expected an empty cloud, got ${left.join(", ")}`);
  return { ...gone, problem, seconds: lifted.seconds + gone.seconds };
}

export async function rehearse(stage: Stage, { base, changed, unlocked }: Script, { begins, ends }: Watcher): Promise<readonly Phase[]> {
  await stage.configure(base);
  const acts: readonly (readonly [PhaseName, () => Promise<Run>])[] = [
    ["up", () => stage.deploy()],
    ["no-op", async () => still(await stage.up())],
    ["refresh", async () => still(await stage.refresh())],
    ...(changed === null
      ? []
      : [
          [
            "change",
            async () => {
              await stage.configure(changed);
              return stage.deploy();
            },
          ] as const,
        ]),
    ["destroy", () => destroyed(stage, unlocked)],
  ];
  const phases: Phase[] = [];
  for (const [name, act] of acts) {
    begins(name);
    const phase = phaseOf(name, await act());
    phases.push(phase);
    ends(phase);
    if (phase.problem !== null) break;
  }
  return phases;
}
