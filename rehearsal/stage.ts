/**
 * A stage: one stack of the real program on the real engine, before simulated clouds. Everything it leaves on disk lies in one temporary folder.
 *
 *     const stage = await openStage(engine, await rehearsed({ system: "freeagentics", cloud: "aws", environment: "prod" }, root));
 *     const first = await stage.up();      // first.problem, first.operations, first.steps
 *     await stage.close();
 */
import { chmod, mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  Stack as AutomationStack,
  type EngineEvent,
  LocalWorkspace,
  type OutputMap,
  PulumiCommand,
  type PulumiFn,
} from "@pulumi/pulumi/automation/index.js";
import { program } from "../stacks/program.ts";
import { readSettings } from "../stacks/settings.ts";
import { type SimulatedCloud, simulateCloud } from "./cloud.ts";
import { type Ran, run as runCommand } from "./command.ts";
import type { Engine } from "./engine.ts";
import { clouds } from "./kinds/index.ts";
import type { Rehearsed } from "./rehearsed.ts";
import { type Run, runOf, type Step, stepOf } from "./run.ts";

export interface StageOptions {
  /** Another program than the platform's. */
  readonly program?: PulumiFn;
  readonly project?: string;
  readonly passphrase?: string;
  /** Shared with another stage, as two people share one cloud; else one of its own. */
  readonly cloud?: SimulatedCloud;
  /** State store of another stage. */
  readonly home?: string;
  readonly onStep?: (step: Step) => void;
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
  readonly outputs: () => Promise<OutputMap>;
  /** Any other command of the CLI, on this stack's folder. */
  readonly cli: (args: readonly string[]) => Promise<Ran>;
  /** Ends the running engine at once, as a power cut does. */
  readonly kill: () => void;
  readonly close: () => Promise<void>;
}

export interface RunOptions {
  readonly parallel?: number;
  /** As Ctrl-C does. */
  readonly signal?: AbortSignal;
  readonly program?: PulumiFn;
}

interface Watched {
  readonly onEvent: (event: EngineEvent) => void;
  readonly color: "never";
  readonly suppressOutputs: true;
}

export interface StateResource {
  readonly urn: string;
  readonly type: string;
  readonly custom: boolean;
  readonly id?: string;
  readonly inputs?: Readonly<Record<string, unknown>>;
  readonly outputs?: Readonly<Record<string, unknown>>;
  readonly protect?: boolean;
  readonly parent?: string;
  readonly dependencies?: readonly string[];
  readonly [key: string]: unknown;
}

export interface Deployment {
  readonly version: number;
  readonly deployment: {
    readonly resources?: readonly StateResource[];
    readonly pending_operations?: readonly { readonly resource: StateResource; readonly type: string }[];
    readonly [key: string]: unknown;
  };
}

/** Nothing of the machine's own Pulumi set-up may take part. */
const environment = (home: string, attach: string, passphrase: string): Record<string, string> => ({
  PULUMI_BACKEND_URL: `file://${home}`,
  PULUMI_CONFIG_PASSPHRASE: passphrase,
  PULUMI_DEBUG_PROVIDERS: attach,
  PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: "true",
  PULUMI_SKIP_UPDATE_CHECK: "true",
  PULUMI_AUTOMATION_API_SKIP_VERSION_CHECK: "true",
});

/** A process id that a test may end: the script becomes the engine, so the number stays. */
const launcher = (command: string, pidFile: string): string => `#!/bin/sh\necho $$ > "${pidFile}"\nexec "${command}" "$@"\n`;

export async function openStage(engine: Engine, rehearsed: Rehearsed, options: StageOptions = {}): Promise<Stage> {
  // A stack for every promise is most of the time of a large program, here as under the CLI.
  Error.stackTraceLimit = 0;
  const folder = await mkdtemp(join(tmpdir(), "strata-rehearsal-"));
  const home = options.home ?? join(folder, "state");
  const pidFile = join(folder, "engine.pid");
  await mkdir(join(folder, "work"), { recursive: true });
  await mkdir(join(folder, "cli", "bin"), { recursive: true });
  await mkdir(home, { recursive: true });
  const script = join(folder, "cli", "bin", "pulumi");
  await writeFile(script, launcher(engine.command, pidFile));
  await chmod(script, 0o755);
  const cloud = options.cloud ?? (await simulateCloud(clouds, rehearsed.landlord));
  const passphrase = options.passphrase ?? "rehearsal";
  const workspace = await LocalWorkspace.create({
    workDir: join(folder, "work"),
    pulumiHome: join(folder, "home"),
    pulumiCommand: await PulumiCommand.get({ root: join(folder, "cli") }),
    program: options.program ?? (() => program(readSettings())),
    projectSettings: { name: options.project ?? "strata", runtime: "nodejs" },
    secretsProvider: "passphrase",
    envVars: environment(home, cloud.attach, passphrase),
  });
  const stack = await AutomationStack.createOrSelect(rehearsed.stack, workspace);
  const configure = ({ values, secretKeys }: Rehearsed): Promise<void> =>
    stack.setAllConfig(
      Object.fromEntries(Object.entries(values).map(([key, value]) => [key, { value, secret: secretKeys.includes(key) }])),
    );
  await configure(rehearsed);

  const run = (
    act: (settings: RunOptions & Watched) => Promise<{ readonly stdout: string; readonly stderr: string }>,
    settings: RunOptions = {},
  ): Promise<Run> => {
    const events: EngineEvent[] = [];
    const onEvent = (event: EngineEvent): void => {
      events.push(event);
      const step = stepOf(event);
      if (step !== null) options.onStep?.(step);
    };
    return runOf(events, () => act({ ...settings, onEvent, color: "never", suppressOutputs: true }));
  };

  const preview = (given?: RunOptions): Promise<Run> => run(settings => stack.preview(settings), given);
  const up = (given?: RunOptions): Promise<Run> => run(settings => stack.up(settings), given);
  const after = async (first: Promise<Run>, then: () => Promise<Run>): Promise<Run> => {
    const seen = await first;
    return seen.problem === null ? then() : seen;
  };

  return {
    cloud,
    name: rehearsed.stack,
    home,
    configure,
    preview,
    up,
    deploy: given => after(preview(given), () => up(given)),
    refresh: given => run(settings => stack.refresh(settings), given),
    destroy: given =>
      after(
        run(settings => stack.previewDestroy(settings), given),
        () => run(settings => stack.destroy(settings), given),
      ),
    state: async () => JSON.parse(JSON.stringify(await stack.exportStack())),
    restore: state => stack.importStack(JSON.parse(JSON.stringify(state))),
    outputs: () => stack.outputs(),
    cli: args =>
      runCommand(script, [...args, "--non-interactive"], {
        cwd: workspace.workDir,
        env: { ...process.env, ...workspace.envVars, PULUMI_HOME: join(folder, "home") },
      }),
    kill: async () => process.kill(Number(await readFile(pidFile, "utf8")), "SIGKILL"),
    close: async () => {
      if (options.cloud === undefined) cloud.close();
      await rm(folder, { recursive: true, force: true, maxRetries: 3 });
    },
  };
}
