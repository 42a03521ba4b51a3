/** Who reaches whom in the largest plan of a cloud: milliseconds of the first reading in this process, after the plan itself. */
import { stackConfig } from "../cli/planner/config.ts";
import { planStack } from "../cli/planner/strata.ts";
import { reachabilityOf } from "../reach/index.ts";

const [, , system = "", cloud = ""] = process.argv;
const plan = await planStack(stackConfig({ system, environment: "prod", cloud }, new URL("../", import.meta.url)));
const begin = performance.now();
const { reaches } = reachabilityOf(plan);
console.log(JSON.stringify({ resources: plan.resources.length, reaches: reaches.length, ms: performance.now() - begin }));
