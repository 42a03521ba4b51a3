/** `plan`: what would exist, worked out here: no account, no network, no Pulumi CLI. */
import { type Command, InvalidArgumentError } from "commander";
import { parse } from "yaml";
import { clouds } from "../components/kernel/cloud.ts";
import type { Assignment } from "./planner/config.ts";
import type { PlanFlags } from "./runPlan.ts";

function assignment(text: string, before: readonly Assignment[] = []): readonly Assignment[] {
  const [, path, value] = /^([^=\s]+?)=(.*)$/s.exec(text) ?? [];
  const keys = path?.split(".") ?? [];
  if (value === undefined || keys.includes("")) throw new InvalidArgumentError("expected path=value, such as roles.web.size.vcpu=4");
  try {
    return [...before, { path: keys, value: parse(value) }];
  } catch {
    throw new InvalidArgumentError(`the value of ${path} is not YAML`);
  }
}

const several = (text: string, before: readonly string[] = []): readonly string[] => [
  ...before,
  ...text.split(",").filter(part => part !== ""),
];

export function planCommand(program: Command): void {
  program
    .command("plan")
    .description("show what would exist, with no account and no network")
    .option("--stack <name>", "read Pulumi.<name>.yaml; prod when neither this nor --system is given")
    .option("--system <name>", "a system that ships with the project, or a path to a YAML file")
    .option("--cloud <name>", `${clouds.join(", ")}, or all of them side by side`)
    .option("--environment <name>", "an environment of the system, such as prod or staging")
    .option("--region <name>", "where, in the cloud's own words")
    .option("--secondary-region <name>", "the second place, for replicas and copies")
    .option("--variant <name>", "a documented other form of the system")
    .option("--set <path=value>", "change one value of the platform for this plan; may be repeated", assignment)
    .option("--unlock <names>", "lift protection for roles or parts, or all; may be repeated", several)
    .option("--json", "print the plan as data")
    .option("--full", "a line for each resource, and why other sizes did not do")
    .option("--trace", "keep stack traces, to find a fault of the program; slower")
    .action(async (flags: PlanFlags) => {
      // Loaded late: `--help` and wrong usage need no SDK.
      const [{ runPlan }, { planStack }] = await Promise.all([import("./runPlan.ts"), import("./planner/strata.ts")]);
      process.exitCode = await runPlan(flags, planStack, { out: process.stdout, err: process.stderr });
    });
}
