/** One process, measured from outside. */
import { spawnSync } from "node:child_process";

export interface Figures {
  readonly seconds: number;
  readonly peakMiB: number;
  readonly output: string;
}

const project = new URL("../", import.meta.url);

export function run(words: readonly string[]): Figures {
  const start = performance.now();
  const { status, stdout, stderr, output } = spawnSync(process.execPath, ["--import", "./bench/figures.ts", ...words], {
    cwd: project,
    encoding: "utf8",
    env: { ...process.env, NODE_DISABLE_COMPILE_CACHE: "1" }, // the command keeps one, what it is measured against does not
    maxBuffer: 2 ** 28,
    stdio: ["ignore", "pipe", "pipe", "pipe"],
  });
  const seconds = (performance.now() - start) / 1000;
  if (status !== 0) throw new Error(`node ${words.join(" ")} answered ${status}:\n${stderr}${stdout.slice(0, 2000)}`);
  const { peakMiB } = JSON.parse(output[3] ?? "{}") as { readonly peakMiB: number };
  return { seconds, peakMiB, output: stdout };
}

export const median = (values: readonly number[]): number =>
  [...values].sort((one, other) => one - other)[Math.floor(values.length / 2)] ?? Number.NaN;
