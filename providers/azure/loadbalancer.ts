import * as azure from "@pulumi/azure-native";
import type { BalancerSpec, PoolSpec } from "../../components/balancer/model.ts";
import type { Scope } from "../../components/contract.ts";
import { pick } from "../../components/kernel/pick.ts";
import { timeouts } from "./facts/timeouts.ts";
import { fixed, idleMinutes } from "./fronts.ts";
import { homeOf, only, zonesOf } from "./lookup.ts";
import type { By, On } from "./natives.ts";
import { idsOf, partName } from "./part-ids.ts";

const probeProtocol = { http: "Http", https: "Https", tcp: "Tcp" } satisfies Record<PoolSpec["health"]["protocol"], string>;

/** A Standard load balancer over all zones. Connections reach the instances with their callers' addresses, which the flows judge there. */
export function loadBalancer(
  scope: Scope,
  spec: BalancerSpec,
  addresses: By<azure.network.PublicIPAddress>,
  on: On<"balancer">,
): azure.network.LoadBalancer {
  const { name, parent, protection } = scope;
  const idOf = idsOf(scope, "loadBalancers", on);
  const pools = Object.entries(spec.pools);
  return new azure.network.LoadBalancer(
    `${name}-loadbalancer`,
    {
      ...homeOf(scope, on),
      loadBalancerName: partName(scope),
      sku: { name: "Standard", tier: "Regional" },
      frontendIPConfigurations: [frontOf(scope, spec, addresses, on)],
      backendAddressPools: pools.map(([pool]) => ({ name: pool })),
      probes: pools.map(([pool, { health }]) => ({
        name: pool,
        protocol: probeProtocol[health.protocol],
        port: health.port,
        ...(health.protocol === "tcp" ? {} : { requestPath: health.path }),
        intervalInSeconds: health.intervalSeconds,
        probeThreshold: health.unhealthy, // one number for both directions
      })),
      loadBalancingRules: Object.entries(spec.listeners).flatMap(([listener, { port, pool }]) =>
        pool === null
          ? []
          : [
              {
                name: listener,
                protocol: "Tcp",
                frontendPort: port,
                backendPort: pick(spec.pools, pool).port,
                frontendIPConfiguration: idOf("frontendIPConfigurations", "front"),
                backendAddressPools: [idOf("backendAddressPools", pool)],
                probe: idOf("probes", pool),
                loadDistribution: pick(spec.pools, pool).stickySeconds === null ? "Default" : "SourceIP",
                idleTimeoutInMinutes: idleMinutes(spec),
                enableTcpReset: true, // both ends learn that a silent connection is gone
                enableFloatingIP: false,
                disableOutboundSnat: true, // the way out is the NAT gateway's
              },
            ],
      ),
    },
    { parent, protect: protection, dependsOn: [...on.network.ready], customTimeouts: timeouts.gateway },
  );
}

/** The public address, or a private one that stands in every zone. */
function frontOf(
  { place }: Scope,
  spec: BalancerSpec,
  addresses: By<azure.network.PublicIPAddress>,
  on: On<"balancer">,
): azure.types.input.network.FrontendIPConfigurationArgs {
  if (spec.scheme === "public") return { name: "front", publicIPAddress: { id: pick(addresses, "ipv4").id } };
  return {
    name: "front",
    privateIPAddress: fixed(spec),
    privateIPAllocationMethod: "Static",
    privateIPAddressVersion: "IPv4",
    subnet: { id: pick(on.network.subnetIds, only(spec.subnets)) },
    zones: zonesOf(place, spec.zones),
  };
}
