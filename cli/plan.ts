/** `plan`: what would exist, worked out here: no account, no network, no Pulumi CLI. */
import { type Command, Option } from "commander";
import { stackOptions } from "./options.ts";
import type { PlanFlags } from "./runPlan.ts";

export function planCommand(program: Command): void {
  const command = program.command("plan").description("show what would exist, with no account and no network");
  stackOptions(command, { changing: "change one value of the platform for this plan", allClouds: true })
    .option("--json", "print the plan as data")
    .option("--full", "a line for each resource, and why other sizes did not do")
    .addOption(
      new Option("--flows [form]", "read from the planned rules who reaches whom, and exit 1 where that is not what was decided").choices([
        "mermaid",
        "json",
      ]),
    )
    .option("--trace", "keep stack traces, to find a fault of the program; slower")
    .action(async (flags: PlanFlags) => {
      // Loaded late: `--help` and wrong usage need no SDK.
      const [{ runPlan }, { planStack }] = await Promise.all([import("./runPlan.ts"), import("./planner/strata.ts")]);
      const streams = { out: process.stdout, err: process.stderr };
      if (flags.flows === undefined) process.exitCode = await runPlan(flags, planStack, streams);
      else process.exitCode = await (await import("./runFlows.ts")).runFlows(flags, planStack, streams);
    });
}
