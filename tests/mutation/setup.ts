/** Before any test of a run that `STRATA_FAULT` names a fault for: the fault happens from here on. */
import { faultIn } from "./fault.ts";
import { hook } from "./hook.ts";
import { injection } from "./inject.ts";

const once = Symbol.for("strata.fault");
const fault = faultIn(process.env.STRATA_FAULT);
if (fault !== null && !Reflect.has(globalThis, once)) {
  Reflect.set(globalThis, once, true);
  hook(injection(fault));
}
