/**
 * Network balancers of a region, which hand packets on as they come: callers' addresses, the balancer's own address and the port stay.
 * A rule of its own for each listener, all on one address: another port for a rule would replace it, and with it connections that stand.
 */
import * as gcp from "@pulumi/gcp";
import type { PoolSpec, RoutesSpec } from "../../components/balancer/model.ts";
import type { Scope } from "../../components/contract.ts";
import { pick } from "../../components/kernel/pick.ts";
import { instancesOf, logOf } from "./backends.ts";
import { only } from "./lookup.ts";
import type { On, Out } from "./natives.ts";

export function passthroughRoutes(scope: Scope, spec: RoutesSpec, on: On<"routes">): Out<"routes"> {
  const services = Object.fromEntries(Object.entries(spec.pools).map(([key, pool]) => [key, serviceOf(scope, spec, key, pool, on).id]));
  const { name, parent, place, tags } = scope;
  const inside =
    spec.scheme === "internal"
      ? {
          loadBalancingScheme: "INTERNAL",
          network: on.network.networkId,
          subnetwork: pick(on.network.subnetIds, only(spec.subnets)),
          allowGlobalAccess: false,
        }
      : { loadBalancingScheme: "EXTERNAL", networkTier: "PREMIUM" };
  const rules = Object.entries(spec.listeners).map(([key, { port, pool }]) => {
    if (pool === null) throw new Error(`listener ${key} hands on to no pool`);
    return new gcp.compute.ForwardingRule(
      `${name}-rule-${key}`,
      {
        region: place.region,
        ...inside,
        ipProtocol: "TCP",
        ipAddress: pick(on.balancer.native.addressIds, "ipv4"),
        ports: [`${port}`],
        backendService: pick(services, pool),
        labels: tags,
      },
      { parent },
    );
  });
  return { native: { services }, ready: rules };
}

/** No port of its own: packets keep theirs. */
function serviceOf({ name, parent, place }: Scope, spec: RoutesSpec, key: string, pool: PoolSpec, on: On<"routes">) {
  return new gcp.compute.RegionBackendService(
    `${name}-pool-${key}`,
    {
      region: place.region,
      loadBalancingScheme: spec.scheme === "internal" ? "INTERNAL" : "EXTERNAL",
      protocol: "TCP",
      healthChecks: pick(on.balancer.native.checks, key),
      backends: [{ group: instancesOf(pool, on), balancingMode: "CONNECTION" }],
      connectionDrainingTimeoutSec: pool.drainSeconds,
      sessionAffinity: pool.stickySeconds === null ? "NONE" : "CLIENT_IP",
      logConfig: logOf(spec),
    },
    { parent },
  );
}
