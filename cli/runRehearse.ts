/** Rehearses one stack and prints what came of each phase. */
import { RunError } from "@pulumi/pulumi";
import { findEngine, thisMachine } from "../rehearsal/engine.ts";
import { adoptAll, readExported } from "../rehearsal/exported.ts";
import { type Phase, type PhaseName, rehearse } from "../rehearsal/phases.ts";
import { rehearsed } from "../rehearsal/rehearsed.ts";
import { openStage, type Stage } from "../rehearsal/stage.ts";
import type { Flags } from "./planner/config.ts";
import { PlanFault } from "./planner/model.ts";
import { type Paint, paintFor, table } from "./render/paper.ts";
import type { Streams } from "./runPlan.ts";

export interface RehearseFlags extends Flags {
  readonly fromState?: string;
  readonly json?: boolean;
}

const root = new URL("../", import.meta.url);

/** Answers the exit code: 0 when every phase went as it should. */
export async function runRehearse(flags: RehearseFlags, streams: Streams): Promise<number> {
  const { err } = streams;
  try {
    return await rehearseNow(flags, streams);
  } catch (error) {
    const told = complaint(error);
    if (told === null) throw error;
    err.write(`${told}\n`);
    return 1;
  }
}

/** Null for what is nobody's to mend but ours. */
function complaint(error: unknown): string | null {
  if (RunError.isInstance(error) || error instanceof PlanFault) return error.message;
  const full =
    error instanceof Error && (("code" in error && error.code === "ENOSPC") || error.message.includes("no space left on device"));
  return full ? `no room left on the disk: ${error.message}; free some, or point TMPDIR elsewhere` : null;
}

async function rehearseNow({ set, unlock = [], fromState, json, ...flags }: RehearseFlags, { out, err }: Streams): Promise<number> {
  const said = { ...flags, ...(unlock.length === 0 ? {} : { unlock }) };
  const exported = fromState === undefined ? null : readExported(fromState);
  const base = await rehearsed(said, root);
  const changed = set === undefined ? null : await rehearsed({ ...said, set }, root);
  const unlocked = await rehearsed({ ...said, ...(set === undefined ? {} : { set }), unlock: ["all"] }, root);
  const engine = await findEngine(thisMachine, line => err.write(`${line}\n`));
  if ("missing" in engine) {
    err.write(`${engine.missing}\n`);
    return 1;
  }
  const progress = progressOn(err);
  const stack = exported?.stack ?? base.stack;
  const stage = await openStage(engine, { ...base, stack }, { onStep: progress.step, ...passphrase() });
  const ends = endsWith(stage);
  try {
    if (exported !== null) {
      await stage.restore(exported.state);
      adoptAll(stage.cloud.objects, await stage.state());
    }
    const phases = await rehearse(stage, { base, changed, unlocked }, progress);
    out.write(json === true ? asData(phases) : `${asText(phases, paintFor(out)).join("\n")}\n`);
    for (const { name, problem } of phases) if (problem !== null) err.write(`${name}: ${problem}\n`);
    return phases.every(({ problem }) => problem === null) ? 0 : 1;
  } finally {
    ends();
    await stage.close();
  }
}

/** Secrets of an exported stack open with the phrase that closed them. */
const passphrase = (): { readonly passphrase?: string } => {
  const { PULUMI_CONFIG_PASSPHRASE: phrase } = process.env;
  return phrase === undefined ? {} : { passphrase: phrase };
};

/** Ctrl-C: the engine is ended, its folder removed, and the shell told why. */
function endsWith(stage: Stage): () => void {
  const stop = (code: number) => async (): Promise<void> => {
    stage.kill();
    await stage.close();
    process.exit(code);
  };
  const [interrupted, terminated] = [stop(130), stop(143)];
  process.once("SIGINT", interrupted);
  process.once("SIGTERM", terminated);
  return () => {
    process.off("SIGINT", interrupted);
    process.off("SIGTERM", terminated);
  };
}

/** One line that is written over on a terminal; one line a phase elsewhere. */
function progressOn(err: Streams["err"]) {
  let [phase, steps] = ["", 0];
  const line = (text: string): void => {
    if (err.isTTY) err.write(`\r${text}\u001b[K`);
  };
  return {
    step: (): void => {
      steps += 1;
      line(`${phase} … ${steps} steps`);
    },
    begins: (name: PhaseName): void => {
      [phase, steps] = [name, 0];
      line(`${phase} …`);
    },
    ends: ({ name, seconds, problem }: Phase): void => {
      line("");
      err.write(`${problem === null ? "✓" : "✗"} ${name} ${seconds.toFixed(1)} s\n`);
    },
  };
}

const counted = (operations: Phase["operations"]): string =>
  Object.entries(operations)
    .map(([operation, count]) => `${count} ${operation}`)
    .join(", ") || "nothing";

function asText(phases: readonly Phase[], paint: Paint): string[] {
  const rows = phases.map(({ name, operations, replacements, seconds }) => [
    name,
    counted(operations),
    String(replacements.length),
    seconds.toFixed(1),
  ]);
  const replaced = phases.flatMap(({ name, replacements }) =>
    replacements.map(({ name: what, type, because }) => `  ${name}: ${what} (${type}) is replaced because of ${because.join(", ")}`),
  );
  return [...table(["phase", "resources", "replaced", "seconds"], rows, paint, [1]), ...replaced];
}

const asData = (phases: readonly Phase[]): string =>
  `${JSON.stringify({ format: 1, phases: phases.map(({ seconds, ...rest }) => ({ ...rest, seconds: Math.round(seconds * 10) / 10 })) }, null, 2)}\n`;
