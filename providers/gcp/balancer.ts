/**
 * Front ends: addresses and health checks. A public application balancer is one of the whole world, anything else one of the region.
 * Addresses are what names point to, so they are guarded and outlive whatever stands behind them.
 */
import * as gcp from "@pulumi/gcp";
import type { BalancerSpec, PoolSpec } from "../../components/balancer/model.ts";
import type { Scope } from "../../components/contract.ts";
import { pick } from "../../components/kernel/pick.ts";
import { probing } from "./compute.ts";
import { only } from "./lookup.ts";
import type { On, Out } from "./natives.ts";

/** Answers at Google's edge everywhere, and is made of global resources. */
export const isGlobal = ({ form, scheme }: BalancerSpec): boolean => form === "application" && scheme === "public";

export function balancer(scope: Scope, spec: BalancerSpec, on: On<"balancer">): Out<"balancer"> {
  const addresses = isGlobal(spec) ? globalAddresses(scope, spec, on) : { ipv4: regionalAddress(scope, spec, on) };
  const checks = Object.entries(spec.pools).map(([key, pool]) => [key, checkOf(scope, spec, key, pool, on)] as const);
  return {
    host: addresses.ipv4.address,
    native: {
      addresses: Object.fromEntries(Object.entries(addresses).map(([family, { address }]) => [family, address])),
      addressIds: Object.fromEntries(Object.entries(addresses).map(([family, { id }]) => [family, id])),
      checks: Object.fromEntries(checks.map(([key, { id }]) => [key, id])),
      handsOn: spec.form === "network",
    },
    ready: [...Object.values(addresses), ...checks.map(([, check]) => check)],
  };
}

/** One address of each family: what listens on both is two rules. */
function globalAddresses({ name, parent, tags, protection }: Scope, { ipv6 }: BalancerSpec, on: On<"balancer">) {
  const addressOf = (part: string, ipVersion: "IPV4" | "IPV6") =>
    new gcp.compute.GlobalAddress(
      `${name}-${part}`,
      { addressType: "EXTERNAL", ipVersion, labels: tags },
      { parent, protect: protection, dependsOn: [...on.foundation.ready] },
    );
  return { ipv4: addressOf("address", "IPV4"), ...(ipv6 ? { ipv6: addressOf("address6", "IPV6") } : {}) };
}

function regionalAddress({ name, parent, place, tags, protection }: Scope, spec: BalancerSpec, on: On<"balancer">) {
  const { scheme, subnets, address } = spec;
  return new gcp.compute.Address(
    `${name}-address`,
    {
      region: place.region,
      ...(scheme === "public" || address === null
        ? { addressType: "EXTERNAL", networkTier: "PREMIUM" }
        : {
            addressType: "INTERNAL",
            address,
            subnetwork: pick(on.network.subnetIds, only(subnets)),
            purpose: "SHARED_LOADBALANCER_VIP", // several rules stand on it, one for each listener
          }),
      labels: tags,
    },
    { parent, protect: protection, dependsOn: [...on.foundation.ready] },
  );
}

/** Global or of the region, as the balancer. Those of the region serve passthrough balancers too. */
function checkOf({ name, parent, place }: Scope, spec: BalancerSpec, key: string, { health }: PoolSpec, on: On<"balancer">) {
  const settings = probing(health);
  const opts = { parent, dependsOn: [...on.foundation.ready] };
  return isGlobal(spec)
    ? new gcp.compute.HealthCheck(`${name}-health-${key}`, settings, opts)
    : new gcp.compute.RegionHealthCheck(`${name}-health-${key}`, { region: place.region, ...settings }, opts);
}
