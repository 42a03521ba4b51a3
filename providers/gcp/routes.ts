/** Joins listeners to groups: one product of Google's for each form and reach. */
import type { RoutesSpec } from "../../components/balancer/model.ts";
import type { Scope } from "../../components/contract.ts";
import { isGlobal } from "./balancer.ts";
import type { On, Out } from "./natives.ts";
import { passthroughRoutes } from "./passthrough.ts";
import { externalRoutes } from "./routes-external.ts";
import { internalRoutes } from "./routes-internal.ts";

export function routes(scope: Scope, spec: RoutesSpec, on: On<"routes">): Out<"routes"> {
  if (spec.form === "network") return passthroughRoutes(scope, spec, on);
  return isGlobal(spec) ? externalRoutes(scope, spec, on) : internalRoutes(scope, spec, on);
}
