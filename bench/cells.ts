/** Every shipped system on every cloud, in prod and staging, planned one after the other in this process. */

import { stackConfig } from "../cli/planner/config.ts";
import { planStack } from "../cli/planner/strata.ts";
import { clouds } from "../components/kernel/cloud.ts";
import { shippedSystems } from "../stacks/source.ts";

const root = new URL("../", import.meta.url);
const sizes: Record<string, number> = {};
let plans = 0;
for (const system of shippedSystems())
  for (const environment of ["prod", "staging"])
    for (const cloud of clouds) {
      const { resources } = await planStack(stackConfig({ system, environment, cloud }, root));
      plans += 1;
      if (environment === "prod") sizes[system] = (sizes[system] ?? 0) + resources.length;
    }
console.log(JSON.stringify({ plans, sizes }));
