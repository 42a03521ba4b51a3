/** The decision of a run with a fault: `vitest.mutation.ts` puts this behind every call of `decide`. */
import type { Decision } from "../../stacks/spec.ts";
import { faultIn, suffered } from "./fault.ts";

const fault = faultIn(process.env.STRATA_FAULT);

export function faulty(decision: Decision): Decision {
  if (fault?.at !== "spec") return decision;
  // A slip knows no types: what it leaves may be no spec at all.
  const spec: unknown = suffered(decision.spec, fault.change);
  return Object.assign({}, decision, { spec });
}
