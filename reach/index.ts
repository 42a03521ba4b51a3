/** Who reaches whom in a plan, as its cloud would decide it. */
import type { Plan } from "../cli/planner/model.ts";
import { aws } from "./aws.ts";
import { azure } from "./azure.ts";
import { gcp } from "./gcp.ts";
import type { Reachability, Reader } from "./model.ts";

const readers = new Map<string, Reader>(Object.entries({ aws, azure, gcp }));

/** Throws on a cloud without a reader: nothing found there would look like nothing open. */
export function reachabilityOf({ cloud, resources }: Pick<Plan, "cloud" | "resources">): Reachability {
  const reader = readers.get(cloud);
  if (!reader) throw new Error(`reachability: expected one of ${[...readers.keys()].join(", ")}, got "${cloud}"`);
  return reader(resources);
}
