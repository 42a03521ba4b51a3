/** `rehearse`: the whole life of a stack on the real Pulumi engine, against simulated clouds: no account, no network. */
import type { Command } from "commander";
import { stackOptions } from "./options.ts";
import type { RehearseFlags } from "./runRehearse.ts";

export function rehearseCommand(program: Command): void {
  const command = program
    .command("rehearse")
    .description("deploy, change and destroy a stack on the real engine, against simulated clouds");
  stackOptions(command, { changing: "the change to rehearse: one value of the platform", allClouds: false })
    .option("--from-state <file>", "start from a stack that `pulumi stack export` wrote: the upgrade to this program")
    .option("--json", "print the phases as data")
    .action(async (flags: RehearseFlags) => {
      // Loaded late: `--help` and wrong usage need no SDK.
      const { runRehearse } = await import("./runRehearse.ts");
      process.exitCode = await runRehearse(flags, { out: process.stdout, err: process.stderr });
    });
}
