/** Commands of the machine: where one stands on PATH, and how it ended. */
import { spawn } from "node:child_process";
import { accessSync, constants, statSync } from "node:fs";
import { delimiter, isAbsolute, join } from "node:path";

/** The first executable of that name on PATH, as a shell finds it. */
export function executable({ PATH: path = "" }: NodeJS.ProcessEnv, name: string): string | null {
  const places = path.split(delimiter).filter(isAbsolute);
  return places.map(folder => join(folder, name)).find(isExecutable) ?? null;
}

export function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return statSync(file).isFile();
  } catch {
    return false;
  }
}

/** How a command ended, and what it wrote, without the white space around it. */
export interface Ran {
  readonly ok: boolean;
  readonly out: string;
  readonly err: string;
}

interface RunOptions {
  readonly env: NodeJS.ProcessEnv;
  readonly cwd?: string;
  readonly seconds?: number;
  readonly signal?: AbortSignal;
}

/** Runs a command to its end; where it is told to stop or takes too long, it ends with all that it started. */
export function run(command: string, words: readonly string[], { env, cwd, seconds, signal }: RunOptions): Promise<Ran> {
  const late = seconds === undefined ? undefined : AbortSignal.timeout(seconds * 1000);
  const stops = [late, signal].filter(one => one !== undefined);
  return new Promise(done => {
    const written = { out: "", err: "" };
    // A group of its own can be ended as one. What nobody here can stop stays in ours, where Ctrl-C finds it.
    const child = spawn(command, words, { env, cwd, detached: stops.length > 0, stdio: ["ignore", "pipe", "pipe"] });
    const stop = (): void => endGroup(child.pid);
    child.stdout.setEncoding("utf8").on("data", (text: string) => {
      written.out += text;
    });
    child.stderr.setEncoding("utf8").on("data", (text: string) => {
      written.err += text;
    });
    child.on("error", ({ message }) => {
      written.err += message;
    });
    child.on("close", (code, killed) => {
      for (const one of stops) one.removeEventListener("abort", stop);
      const failure = late?.aborted === true ? `no answer within ${seconds} s` : written.err.trim() || `ended with ${code ?? killed}`;
      done({ ok: code === 0, out: written.out.trim(), err: code === 0 ? written.err.trim() : failure });
    });
    for (const one of stops) one.addEventListener("abort", stop);
    if (stops.some(({ aborted }) => aborted)) stop();
  });
}

function endGroup(leader: number | undefined): void {
  try {
    if (leader !== undefined) process.kill(-leader, "SIGKILL");
  } catch {
    // It has ended meanwhile.
  }
}
