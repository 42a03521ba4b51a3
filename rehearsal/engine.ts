/**
 * The Pulumi CLI that a rehearsal drives: the one on PATH if its version is supported, else one built from `engine/go.mod` into a
 * cache folder. Nothing is downloaded but Go modules, and those only by `buildEngine`.
 */
import { createHash } from "node:crypto";
import { mkdirSync, mkdtempSync, readFileSync, realpathSync, renameSync, rmSync } from "node:fs";
import { homedir } from "node:os";
import { basename, dirname, isAbsolute, join } from "node:path";
import { fileURLToPath } from "node:url";
import { executable, isExecutable, run } from "./command.ts";

/** A Pulumi CLI that a rehearsal can drive. */
export interface Engine {
  /** Absolute path of the executable. */
  readonly command: string;
  /** Such as `3.258.0`. */
  readonly version: string;
  readonly from: "path" | "cache";
  /** The Node language host is within its reach, so that stock `pulumi up` works in the project folder. */
  readonly host: boolean;
}

export interface NoEngine {
  /** What is missing and what to install; where a build failed, the last lines of it as well. */
  readonly missing: string;
}

/** What is asked of the machine. */
export interface Machine {
  /** PATH, HOME and XDG_CACHE_HOME count here; Go and Pulumi are given the whole. */
  readonly env: NodeJS.ProcessEnv;
  /** Folder of the go.mod that names the CLI to build. */
  readonly module: string;
  /** Stops a build that is under way. */
  readonly signal?: AbortSignal;
}

/** Takes a line on what is going on. */
export type Say = (line: string) => void;

export const thisMachine: Machine = { env: process.env, module: fileURLToPath(new URL("engine", import.meta.url)) };

// To 3.205 the SDK reads events from a file that it polls; from then on the CLI sends them, which stopping at an event needs.
// `setupEventLog` in @pulumi/pulumi 3.270.0, automation/stack.js, read 2026-11-21. The SDK refuses another major version.
const oldest = "3.206.0";
const beyond = "4.0.0";
export const supported = `>=${oldest} <${beyond}`;
const probeSeconds = 30;

const quiet: Say = () => {};

/** Looks on PATH, then in the cache; builds nothing. */
export async function findEngine(machine: Machine = thisMachine, say: Say = quiet): Promise<Engine | NoEngine> {
  const onPath = executable(machine.env, "pulumi");
  const answer = onPath === null ? "" : await versionOf(onPath, machine);
  if (onPath !== null && isSupported(answer)) return { command: onPath, version: answer, from: "path", host: hasHost(onPath, machine.env) };
  const passed = onPath === null ? "no pulumi on PATH" : `${onPath} is passed over: ${said(answer)}, supported is ${supported}`;
  if (onPath !== null) say(passed);
  const pin = pinOf(machine.module);
  const cached = cachedCommand(machine.env, pin);
  if (isExecutable(cached) && (await versionOf(cached, machine)) === pin.version)
    return { command: cached, version: pin.version, from: "cache", host: isExecutable(join(dirname(cached), hostName)) };
  return { missing: `${passed}, and none built yet: run npm run engine (needs Go ${pin.go} or later), or install Pulumi ${supported}` };
}

/** Looks as `findEngine` does; where there is none, builds the pinned one, which takes minutes the first time. */
export async function buildEngine(machine: Machine = thisMachine, say: Say = quiet): Promise<Engine | NoEngine> {
  const found = await findEngine(machine, say);
  if ("command" in found) return found;
  const pin = pinOf(machine.module);
  const go = executable(machine.env, "go");
  const remedy = `install Pulumi ${supported} or Go ${pin.go} or later`;
  if (go === null) return { missing: `no supported Pulumi CLI and no Go on PATH: ${remedy}` };
  const goVersion = await run(go, ["env", "GOVERSION"], { cwd: machine.module, env: machine.env });
  if (!goVersion.ok) return { missing: `${go} does not run: ${remedy}\n${lastLines(goVersion.err)}` };
  if (rank(goVersion.out) < rank(pin.go))
    return { missing: `${go} is ${goVersion.out}, too old to build Pulumi ${pin.version}: ${remedy}` };
  say(`building Pulumi ${pin.version} with ${goVersion.out}: a few minutes the first time`);
  const command = cachedCommand(machine.env, pin);
  try {
    return await buildInto(command, go, pin, machine);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return { missing: `cannot write to the cache (${reason}): free it, or name another folder by XDG_CACHE_HOME` };
  }
}

/** What `PulumiCommand.get` wants to drive this very engine: it knows a folder with `bin/pulumi` in it, or looks on PATH itself. */
export function commandOptions({ command }: Engine): { readonly root?: string } {
  const folder = dirname(command);
  return basename(folder) === "bin" ? { root: dirname(folder) } : {};
}

interface Pin {
  /** The command's Go package. */
  readonly tool: string;
  readonly version: string;
  /** The oldest Go that builds it. */
  readonly go: string;
  /** Another pin, another hash. */
  readonly hash: string;
}

/** What go.mod says to build. */
function pinOf(folder: string): Pin {
  const [mod, sum] = [readFileSync(join(folder, "go.mod"), "utf8"), readFileSync(join(folder, "go.sum"), "utf8")];
  const [, tool] = /^tool (\S+)$/m.exec(mod) ?? [];
  const [, go] = /^go (\d+\.\d+)/m.exec(mod) ?? [];
  const [, version] = /^\s*(?:require )?github\.com\/pulumi\/pulumi\/pkg\/v3 v(\S+)/m.exec(mod) ?? [];
  if (tool === undefined || go === undefined || version === undefined) throw new Error(`${folder}/go.mod names no tool, Go or Pulumi`);
  // Both files: a `replace` stands in go.mod alone.
  return { tool, go, version, hash: createHash("sha256").update(mod).update(sum).digest("hex").slice(0, 8) };
}

/** `bin/pulumi` within its folder is what the Automation API looks for. A relative cache folder is ignored, as the XDG standard asks. */
function cachedCommand({ XDG_CACHE_HOME: xdg, HOME: home }: NodeJS.ProcessEnv, { version, hash }: Pin): string {
  const cache = xdg !== undefined && isAbsolute(xdg) ? xdg : join(home ?? homedir(), ".cache");
  return join(cache, "strata", "engine", `${version}-${hash}`, "bin", "pulumi");
}

/** Builds beside the place and renames, so that nobody meets half a file and of two builds either may win. */
async function buildInto(command: string, go: string, { tool, version }: Pin, machine: Machine): Promise<Engine | NoEngine> {
  const { env, module: cwd, signal } = machine;
  mkdirSync(dirname(command), { recursive: true });
  const folder = mkdtempSync(join(dirname(dirname(command)), "build-"));
  const built = join(folder, "pulumi");
  const flags = `-s -w -X github.com/pulumi/pulumi/sdk/v3/go/common/version.Version=v${version}`;
  const words = ["build", "-mod=readonly", "-trimpath", "-ldflags", flags, "-o", built, tool];
  try {
    // A go.work in a folder above would take the project for a part of something else; a Go that is stopped leaves its files.
    const { ok, err } = await run(go, words, { cwd, env: { ...env, GOWORK: "off", GOTMPDIR: folder }, ...(signal && { signal }) });
    if (signal?.aborted === true) return { missing: "the build was stopped" };
    if (!ok) return { missing: `go build of Pulumi ${version} failed:\n${lastLines(err)}` };
    const answer = await versionOf(built, machine);
    if (answer !== version) return { missing: `the Pulumi that Go built is of no use: ${said(answer)}, expected ${version}` };
    renameSync(built, command);
    return { command, version, from: "cache", host: false };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const hostName = "pulumi-language-nodejs";

/** As the CLI looks for it: on PATH, then beside what its own link leads to (`getPluginPath`, sdk/go/common/workspace/plugins.go, v3.258.0). */
const hasHost = (command: string, env: NodeJS.ProcessEnv): boolean =>
  executable(env, hostName) !== null || isExecutable(join(dirname(realpathSync(command)), hostName));

/** The version a CLI names, without its `v`; anything else that it answers, as it stands. */
async function versionOf(command: string, { env }: Machine): Promise<string> {
  const { ok, out, err } = await run(command, ["version"], {
    env: { ...env, PULUMI_SKIP_UPDATE_CHECK: "true" },
    seconds: probeSeconds,
  });
  return ok ? out.replace(/^v(?=\d)/, "") : `failed: ${err}`;
}

const isVersion = (answer: string): boolean => /^\d+\.\d+\.\d+\S*$/.test(answer);
const said = (answer: string): string =>
  isVersion(answer) ? `its version is ${answer}` : `\`pulumi version\` answered ${JSON.stringify(answer.slice(0, 80))}`;

/** Major and minor as one number, so that they can be compared. */
const rank = (version: string): number => {
  const [, major = 0, minor = 0] = /(\d+)\.(\d+)/.exec(version) ?? [];
  return Number(major) * 10_000 + Number(minor);
};

const isSupported = (answer: string): boolean => isVersion(answer) && rank(answer) >= rank(oldest) && rank(answer) < rank(beyond);

const lastLines = (text: string): string => text.split("\n").slice(-8).join("\n");
