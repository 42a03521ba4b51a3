/** `compare`: what lies between two recorded plans, or two folders of them, as Markdown for a pull request. */
import type { Command } from "commander";
import type { CompareFlags } from "./runCompare.ts";

export function compareCommand(program: Command): void {
  program
    .command("compare")
    .description("show what changed between recorded plans, as Markdown")
    .requiredOption("--base <path>", "a plan as `plan --json` prints it, or a folder of them")
    .requiredOption("--head <path>", "the same, after the change; folders meet by the names of their files")
    .option("--json", "print the difference as data")
    .option("--fail-on-loss", "exit 1 when data is deleted or replaced, or protection is lost")
    .action(async (flags: CompareFlags) => {
      const [{ runCompare }, { difference }] = await Promise.all([import("./runCompare.ts"), import("./planner/difference.ts")]);
      process.exitCode = runCompare(flags, difference, { out: process.stdout, err: process.stderr });
    });
}
