/** `plan`: what would exist, worked out here: no account, no network, no Pulumi CLI. */
import type { Command } from "commander";
import { stackOptions } from "./options.ts";
import type { PlanFlags } from "./runPlan.ts";

export function planCommand(program: Command): void {
  const command = program.command("plan").description("show what would exist, with no account and no network");
  stackOptions(command, { changing: "change one value of the platform for this plan", allClouds: true })
    .option("--json", "print the plan as data")
    .option("--full", "a line for each resource, and why other sizes did not do")
    .option("--trace", "keep stack traces, to find a fault of the program; slower")
    .action(async (flags: PlanFlags) => {
      // Loaded late: `--help` and wrong usage need no SDK.
      const [{ runPlan }, { planStack }] = await Promise.all([import("./runPlan.ts"), import("./planner/strata.ts")]);
      process.exitCode = await runPlan(flags, planStack, { out: process.stdout, err: process.stderr });
    });
}
