/** What every cloud is, at hand at once: for pages, trials and tests, which look at all three. A deploy loads its own cloud's alone. */
import type { CloudFacts } from "../components/contract.ts";
import type { Cloud } from "../components/kernel/cloud.ts";
import { facts as aws } from "./aws/facts/index.ts";
import { facts as azure } from "./azure/facts/index.ts";
import { facts as gcp } from "./gcp/facts/index.ts";

const all = { aws, azure, gcp } satisfies Record<Cloud, CloudFacts>;

export const factsOf = (cloud: Cloud): CloudFacts => all[cloud];
