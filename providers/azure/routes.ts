import type { RoutesSpec } from "../../components/balancer/model.ts";
import type { Scope } from "../../components/contract.ts";
import type { On, Out } from "./natives.ts";

/**
 * Nothing is left to make: listeners, rules and pools are parts of the gateway itself, written with it in one call, and scale sets joined
 * the pools as they were made.
 */
export const routes = (_scope: Scope, _spec: RoutesSpec, _on: On<"routes">): Out<"routes"> => ({ native: {}, ready: [] });
