/**
 * A stage: one stack of the real program on the real engine, before simulated clouds. Everything it leaves on disk lies in one temporary folder.
 *
 *     const stage = await openStage(engine, await rehearsed({ system: "freeagentics", cloud: "aws", environment: "prod" }, root));
 *     const first = await stage.up();      // first.problem, first.operations, first.steps
 *     await stage.close();
 */
import { cpSync, rmSync } from "node:fs";
import { performance } from "node:perf_hooks";
import { setTimeout as wait } from "node:timers/promises";
import * as pulumi from "@pulumi/pulumi";
import { type EngineEvent, type OutputMap, type PulumiFn, Stack } from "@pulumi/pulumi/automation/index.js";
import { withoutStacks, withoutWrappers } from "../cli/planner/stacks.ts";
import { program } from "../stacks/program.ts";
import { readSettings } from "../stacks/settings.ts";
import { type SimulatedCloud, simulateCloud } from "./cloud.ts";
import type { Ran } from "./command.ts";
import type { Engine } from "./engine.ts";
import { clouds } from "./kinds/index.ts";
import type { Rehearsed } from "./rehearsed.ts";
import { type Run, runOf, type Step, stepOf } from "./run.ts";
import type { Deployment } from "./state.ts";
import { openWorkspace } from "./workspace.ts";

export interface StageOptions {
  /** Another program than the platform's. */
  readonly program?: PulumiFn;
  readonly project?: string;
  readonly passphrase?: string;
  /** Shared with another stage, as two people share one cloud; else one of its own. */
  readonly cloud?: SimulatedCloud;
  /** State store of another stage. */
  readonly home?: string;
  /** As a deploy does: the state is written after every step, for who kills the engine between two. Else once, at the end: four times as fast. */
  readonly checkpoints?: boolean;
  readonly onStep?: (step: Step) => void;
  /** Keeps the SDK's stack traces and debug lines, as a plain inline program has them. */
  readonly traces?: boolean;
}

export interface Stage {
  readonly cloud: SimulatedCloud;
  /** The stack's. */
  readonly name: string;
  /** Folder of the state store. */
  readonly home: string;
  /** Changes the configuration for the runs that follow. */
  readonly configure: (rehearsed: Rehearsed) => Promise<void>;
  readonly preview: (options?: RunOptions) => Promise<Run>;
  /** At once, as `pulumi up --skip-preview` does. */
  readonly up: (options?: RunOptions) => Promise<Run>;
  /** As `pulumi up` does: what the preview refuses is never begun. */
  readonly deploy: (options?: RunOptions) => Promise<Run>;
  readonly refresh: (options?: RunOptions) => Promise<Run>;
  /** As `pulumi destroy` does: previewed first, so that a protected resource is refused before anything is deleted. */
  readonly destroy: (options?: RunOptions) => Promise<Run>;
  /** The whole state, as `pulumi stack export` writes it; secrets encrypted. */
  readonly state: () => Promise<Deployment>;
  readonly restore: (state: Deployment) => Promise<void>;
  /** Takes note of the state store; the answer brings it back, without the engine. Only while nothing runs. */
  readonly mark: () => () => void;
  readonly outputs: () => Promise<OutputMap>;
  /** Any other command of the CLI, on this stack's folder. */
  readonly cli: (args: readonly string[]) => Promise<Ran>;
  /** Ends the running engine at once, as a power cut does. */
  readonly kill: () => void;
  readonly close: () => Promise<void>;
}

export interface RunOptions {
  readonly parallel?: number;
  /** Only these resources, as `--target` does: URNs, or patterns with `**`. */
  readonly target?: string[];
  /** As Ctrl-C does. */
  readonly signal?: AbortSignal;
  readonly program?: PulumiFn;
}

interface Watched {
  readonly onEvent: (event: EngineEvent) => void;
  readonly color: "never";
  readonly suppressOutputs: true;
}

export async function openStage(engine: Engine, rehearsed: Rehearsed, options: StageOptions = {}): Promise<Stage> {
  if (options.traces !== true) {
    withoutStacks();
    // What they would tell of, the SDK looks for in another store than an inline program's: it never finds any.
    withoutWrappers();
    withoutDebugLines();
  }
  poolNothing();
  const cloud = options.cloud ?? (await simulateCloud(clouds, rehearsed.landlord));
  const {
    program: act = () => program(readSettings()),
    project = "strata",
    passphrase = "rehearsal",
    home: shared = null,
    checkpoints = false,
    onStep = () => {},
  } = options;
  const { automation, home, cli, kill, remove } = await openWorkspace(engine, {
    program: act,
    project,
    passphrase,
    attach: cloud.attach,
    home: shared,
    checkpoints,
  });
  const close = async (): Promise<void> => {
    if (options.cloud === undefined) cloud.close();
    remove();
  };
  try {
    // A store of its own holds no stack yet: asking for one first would start the CLI once more.
    const stack = await (shared === null ? Stack.create(rehearsed.stack, automation) : Stack.createOrSelect(rehearsed.stack, automation));
    const configure = configures(stack);
    await configure(rehearsed);
    return { cloud, name: rehearsed.stack, home, cli, configure, close, mark: () => markOf(home), ...runsOf(stack, kill, onStep) };
  } catch (error) {
    await close();
    throw error;
  }
}

function markOf(home: string): () => void {
  const kept = `${home}-kept`;
  cpSync(home, kept, { recursive: true });
  return () => {
    rmSync(home, { recursive: true });
    cpSync(kept, home, { recursive: true });
  };
}

/** Answers how to configure the stack. The CLI is started where secrets are not as they were, to encrypt them. */
function configures(stack: Stack): (rehearsed: Rehearsed) => Promise<void> {
  let sealed: string | null = null;
  return async ({ values, secretKeys }) => {
    const config = Object.entries(values).map(([key, value]) => [key, { value, secret: secretKeys.includes(key) }] as const);
    const secrets = JSON.stringify(config.filter(([, { secret }]) => secret));
    if (secrets !== sealed) await stack.setAllConfig(Object.fromEntries(config));
    else await writeOpen(stack, Object.fromEntries(config.flatMap(([key, { value, secret }]) => (secret ? [] : [[key, value]]))));
    sealed = secrets;
  };
}

/** As the CLI would, into the stack's file; what is encrypted stays. */
async function writeOpen({ workspace, name }: Stack, values: Readonly<Record<string, string>>): Promise<void> {
  const settings = await workspace.stackSettings(name);
  await workspace.saveStackSettings(name, { ...settings, config: { ...settings.config, ...values } });
}

/** The SDK tells the engine of each of its own steps, line after line, and a program ends when the last has arrived. Only `--debug` shows them. */
function withoutDebugLines(): void {
  Object.assign(pulumi.log, { debug: async () => {} } satisfies Partial<typeof pulumi.log>);
}

/**
 * Connections of one process are pooled by address, and programs left behind keep theirs. Engines of many runs come upon the port
 * of an earlier one now and then, and would be found unreachable without being asked.
 */
function poolNothing(): void {
  const { grpcClientOptions } = pulumi.runtime as { readonly grpcClientOptions?: object };
  if (grpcClientOptions === undefined) throw new Error("the SDK has moved its gRPC options");
  Object.assign(grpcClientOptions, { "grpc.use_local_subchannel_pool": 1 });
}

/** What the SDK hears of a program's strays with, while it runs inline. */
const ears = () => ({ rejections: process.listeners("unhandledRejection"), exceptions: process.listeners("uncaughtException") });

/**
 * An engine that fails or is killed leaves its program behind, which never ends but goes on until it has nothing to do.
 * What it complains of meanwhile would be taken for the next run's.
 */
async function settled(before: ReturnType<typeof ears>): Promise<void> {
  const now = ears();
  const [rejections, exceptions] = [
    now.rejections.filter(ear => !before.rejections.includes(ear)),
    now.exceptions.filter(ear => !before.exceptions.includes(ear)),
  ];
  const latest = performance.now() + 30_000;
  while (rejections.length > 0 && performance.now() < latest) if (await idle()) break;
  for (const ear of rejections) process.off("unhandledRejection", ear);
  for (const ear of exceptions) process.off("uncaughtException", ear);
}

async function idle(): Promise<boolean> {
  const start = performance.eventLoopUtilization();
  await wait(100);
  return performance.eventLoopUtilization(start).utilization < 0.1;
}

/** After every run the SDK starts the CLI three times more, to tell of outputs and history. Nobody here asks. */
const withoutLastWords = (stack: Stack): Stack =>
  Object.create(stack, { outputs: { value: async () => ({}) }, info: { value: async () => undefined } });

/** Everything that is done by the engine. */
function runsOf(stack: Stack, kill: () => void, onStep: (step: Step) => void) {
  let running = 0;
  const run = async (
    act: (settings: RunOptions & Watched) => Promise<{ readonly stdout: string; readonly stderr: string }>,
    settings: RunOptions = {},
  ): Promise<Run> => {
    const events: EngineEvent[] = [];
    const onEvent = (event: EngineEvent): void => {
      events.push(event);
      const step = stepOf(event);
      if (step !== null) onStep(step);
    };
    running += 1;
    const before = ears();
    try {
      return await runOf(events, () => act({ ...settings, onEvent, color: "never", suppressOutputs: true }));
    } finally {
      running -= 1;
      await settled(before);
    }
  };
  const preview = (given?: RunOptions): Promise<Run> => run(settings => stack.preview(settings), given);
  const hushed = withoutLastWords(stack);
  const up = (given?: RunOptions): Promise<Run> => run(settings => hushed.up(settings), given);
  const refresh = (given?: RunOptions): Promise<Run> => run(settings => hushed.refresh(settings), given);
  const after = async (first: Promise<Run>, then: () => Promise<Run>): Promise<Run> => {
    const seen = await first;
    return seen.problem === null ? then() : seen;
  };
  return {
    preview,
    up,
    refresh,
    deploy: (given?: RunOptions) => after(preview(given), () => up(given)),
    destroy: (given?: RunOptions) =>
      after(
        run(settings => stack.previewDestroy(settings), given),
        () => run(settings => hushed.destroy(settings), given),
      ),
    state: async (): Promise<Deployment> => JSON.parse(JSON.stringify(await stack.exportStack())),
    restore: (state: Deployment) => stack.importStack(JSON.parse(JSON.stringify(state))),
    outputs: () => stack.outputs(),
    kill: () => {
      if (running > 0) kill();
    },
  };
}
