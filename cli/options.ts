/** Flags that every command about one stack takes. */
import { type Command, InvalidArgumentError } from "commander";
import { parse } from "yaml";
import { clouds } from "../components/kernel/cloud.ts";
import type { Assignment } from "./planner/config.ts";

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

/** `changing`: what a value that is set changes; `allClouds`: whether the command can take all of them. */
export const stackOptions = (
  command: Command,
  { changing, allClouds }: { readonly changing: string; readonly allClouds: boolean },
): Command =>
  command
    .option("--stack <name>", "read Pulumi.<name>.yaml; prod when neither this nor --system is given")
    .option("--system <name>", "a system that ships with the project, or a path to a YAML file")
    .option("--cloud <name>", `${clouds.join(", ")}${allClouds ? ", or all of them side by side" : ""}`)
    .option("--environment <name>", "an environment of the system, such as prod or staging")
    .option("--region <name>", "where, in the cloud's own words")
    .option("--secondary-region <name>", "the second place, for replicas and copies")
    .option("--variant <name>", "a documented other form of the system")
    .option("--set <path=value>", `${changing}; may be repeated`, assignment)
    .option("--unlock <names>", "lift protection for roles or parts, or all; may be repeated", several);
