import type { CloudFacts } from "../contract.ts";
import type { Findings } from "./findings.ts";
import type { Places } from "./places.ts";

/** What every resolve knows: the cloud, the places, and where to say things. Specs decided before are passed by name. */
export interface Known {
  readonly facts: CloudFacts;
  readonly system: string;
  readonly environment: string;
  readonly places: Places;
  readonly findings: Findings;
}
