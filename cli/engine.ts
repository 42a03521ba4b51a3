/** `engine`: finds the Pulumi CLI that rehearsals drive, or builds it ahead. */
import type { Command } from "commander";
import type { buildEngine as Build } from "../rehearsal/engine.ts";
import type { Streams } from "./runPlan.ts";

/** Answers the exit code. */
export async function runEngine(build: (say: (line: string) => void) => ReturnType<typeof Build>, { out, err }: Streams): Promise<0 | 1> {
  const start = performance.now();
  const engine = await build(line => err.write(`${line}\n`));
  if ("missing" in engine) {
    err.write(`${engine.missing}\n`);
    return 1;
  }
  const seconds = ((performance.now() - start) / 1000).toFixed(1);
  const host = engine.host ? ", with the Node language host" : "";
  out.write(`Pulumi ${engine.version} at ${engine.command} (${engine.from}${host}), ${seconds} s\n`);
  return 0;
}

export function engineCommand(program: Command): void {
  program
    .command("engine")
    .description("find the Pulumi CLI that rehearsals drive, or build it with Go")
    .action(async () => {
      const { buildEngine, thisMachine } = await import("../rehearsal/engine.ts");
      const stop = new AbortController();
      for (const name of ["SIGINT", "SIGTERM"] as const) process.once(name, () => stop.abort());
      const build = (say: (line: string) => void) => buildEngine({ ...thisMachine, signal: stop.signal }, say);
      process.exitCode = await runEngine(build, { out: process.stdout, err: process.stderr });
    });
}
