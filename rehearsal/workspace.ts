/** One temporary folder with all that a run of the engine needs or leaves: state store, settings, and the engine's process id. */
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { LocalWorkspace, PulumiCommand, type PulumiFn } from "@pulumi/pulumi/automation/index.js";
import { type Ran, run } from "./command.ts";
import type { Engine } from "./engine.ts";

export interface WorkspaceOptions {
  readonly program: PulumiFn;
  readonly project: string;
  readonly passphrase: string;
  /** For `PULUMI_DEBUG_PROVIDERS`. */
  readonly attach: string;
  /** State store of another workspace; null for one of its own. */
  readonly home: string | null;
  /** Whether the state is written after every step, or once at the end. */
  readonly checkpoints: boolean;
}

export interface Workspace {
  readonly automation: LocalWorkspace;
  readonly home: string;
  readonly cli: (args: readonly string[]) => Promise<Ran>;
  /** Ends the engine at once, as a power cut does. Only while it runs: its number may be another's later. */
  readonly kill: () => void;
  readonly remove: () => void;
}

/** Nothing of the machine's own Pulumi set-up may take part. */
const environment = (home: string, { attach, passphrase, checkpoints }: WorkspaceOptions): Record<string, string> => ({
  // Without sidecar files: they are not written at one go, and an engine that is killed meanwhile leaves a stack that no longer loads.
  PULUMI_BACKEND_URL: `file://${home}?metadata=skip`,
  PULUMI_CONFIG_PASSPHRASE: passphrase,
  PULUMI_DEBUG_PROVIDERS: attach,
  PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: "true",
  PULUMI_SKIP_UPDATE_CHECK: "true",
  PULUMI_SKIP_CHECKPOINTS: String(!checkpoints),
  // The engine lives for seconds: it collects its garbage when there is some, and leaves the rest to its end.
  GOGC: "400",
});

/** The script becomes the engine, so that its number is known. What the SDK asks first, the version, is known already. */
const launcher = ({ command, version }: Engine, pidFile: string): string =>
  `#!/bin/sh\n[ "$1" = version ] && { echo "v${version}"; exit; }\necho $$ > "${pidFile}"\nexec "${command}" "$@"\n`;

export async function openWorkspace(engine: Engine, options: WorkspaceOptions): Promise<Workspace> {
  const folder = mkdtempSync(join(tmpdir(), "strata-rehearsal-"));
  const remove = (): void => rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
  try {
    const [work, bin, pulumiHome] = [join(folder, "work"), join(folder, "cli", "bin"), join(folder, "home")];
    const home = options.home ?? join(folder, "state");
    for (const path of [work, bin, home, pulumiHome]) mkdirSync(path, { recursive: true });
    // A file where the CLI wants its folder of logs: it does without them.
    writeFileSync(join(pulumiHome, "logs"), "");
    const [script, pidFile] = [join(bin, "pulumi"), join(folder, "engine.pid")];
    writeFileSync(script, launcher(engine, pidFile));
    chmodSync(script, 0o755);
    const envVars = environment(home, options);
    const automation = await LocalWorkspace.create({
      workDir: work,
      pulumiHome,
      pulumiCommand: await PulumiCommand.get({ root: join(folder, "cli") }),
      program: options.program,
      projectSettings: { name: options.project, runtime: "nodejs" },
      secretsProvider: "passphrase",
      envVars,
    });
    const cli = (args: readonly string[]): Promise<Ran> =>
      run(script, [...args, "--non-interactive"], { cwd: work, env: { ...process.env, ...envVars, PULUMI_HOME: pulumiHome } });
    return { automation, home, cli, kill: () => end(Number(readFileSync(pidFile, "utf8"))), remove };
  } catch (error) {
    remove();
    throw error;
  }
}

function end(pid: number): void {
  try {
    process.kill(pid, "SIGKILL");
  } catch {
    // It has ended meanwhile.
  }
}
