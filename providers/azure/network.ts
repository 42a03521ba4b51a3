import * as azure from "@pulumi/azure-native";
import type { Scope } from "../../components/contract.ts";
import { pick } from "../../components/kernel/pick.ts";
import type { NetworkSpec, SubnetSpec, TierSpec } from "../../components/network/model.ts";
import { timeouts } from "./facts/timeouts.ts";
import { flowLog } from "./flow-log.ts";
import { networkRange6, subnetRange6 } from "./ipv6.ts";
import { lock } from "./lock.ts";
import { each, groupOf, homeOf, inTurn, zonesOf } from "./lookup.ts";
import type { By, On, OnFoundation, Out } from "./natives.ts";

/** A subnet that holds application gateways alone. By the service's own way they read certificates without a public address. */
const gatewaySubnet = {
  delegations: [{ name: "gateways", serviceName: "Microsoft.Network/applicationGateways" }],
  serviceEndpoints: [{ service: "Microsoft.KeyVault" }],
};

/** One subnet per tier, each with a security group from birth; a way out for those that get one, and a dead end for the rest. */
export function network(scope: Scope, spec: NetworkSpec, on: On<"network">): Out<"network"> {
  const { name, parent, protection } = scope;
  const home = homeOf(scope, on);
  const vnet = new azure.network.VirtualNetwork(
    `${name}-vnet`,
    {
      ...home,
      addressSpace: { addressPrefixes: [spec.range, ...(spec.ipv6 ? [networkRange6(spec.range)] : [])] },
      privateEndpointVNetPolicies: "Disabled",
      enableDdosProtection: false, // the free tier stands; the paid plan is one per tenant and nobody's by default
    },
    { parent, protect: protection, ignoreChanges: ["subnets", "virtualNetworkPeerings"] }, // both are resources of their own
  );
  // Empty until the flows come: a subnet wants its group when it is made.
  const groups = each(
    spec.tiers,
    tier =>
      new azure.network.NetworkSecurityGroup(
        `${name}-tier-${tier}`,
        { ...home, flushConnection: true },
        { parent, protect: protection, ignoreChanges: ["securityRules"] },
      ),
  );
  const nat = natGateway(scope, spec.natZones, on);
  const deadEnd = closedRoutes(scope, spec.tiers, on);
  // Else AnotherOperationInProgress.
  const subnets = inTurn<SubnetSpec, azure.network.Subnet>(spec.subnets, (key, subnet, previous) => {
    const { egress } = pick(spec.tiers, subnet.tier);
    const prefixes = [subnet.cidr, ...(subnet.ipv6Number === null ? [] : [subnetRange6(spec.range, subnet.ipv6Number)])];
    return new azure.network.Subnet(
      `${name}-subnet-${key}`,
      {
        ...groupOf(scope, on),
        virtualNetworkName: vnet.name,
        ...(prefixes.length === 1 ? { addressPrefix: subnet.cidr } : { addressPrefixes: prefixes }),
        networkSecurityGroup: { id: pick(groups, subnet.tier).id },
        ...(egress === "nat" && nat !== null ? { natGateway: { id: nat.id } } : {}),
        ...(egress === "none" ? { routeTable: { id: pick(deadEnd, subnet.tier).id } } : {}),
        defaultOutboundAccess: false, // at birth or never
        ...(spec.gatewayTiers.includes(subnet.tier) ? gatewaySubnet : {}),
        privateEndpointNetworkPolicies: "Enabled", // else the group does not see what goes to private endpoints
        privateLinkServiceNetworkPolicies: "Enabled",
      },
      { parent, protect: protection, dependsOn: previous },
    );
  });
  if (spec.flowLogs !== null) flowLog(scope, vnet, spec.flowLogs.retentionDays, on);
  lock(scope, "vnet", vnet);
  return {
    networkId: vnet.id,
    subnetIds: each(subnets, (_, subnet) => subnet.id),
    native: { vnet, subnets, groups, dualStack: Object.keys(spec.subnets).filter(key => pick(spec.subnets, key).ipv6Number !== null) },
    ready: Object.values(subnets).slice(-1),
  };
}

/** One zonal gateway for every tier that has a way out: a subnet takes only one, and here it spans the zones. */
function natGateway(scope: Scope, letters: readonly string[], on: OnFoundation): azure.network.NatGateway | null {
  const { name, parent, place, protection } = scope;
  if (letters.length === 0) return null;
  const home = homeOf(scope, on);
  const zones = zonesOf(place, letters.slice(0, 1));
  const address = new azure.network.PublicIPAddress(
    `${name}-nataddress`,
    { ...home, sku: { name: "Standard", tier: "Regional" }, publicIPAllocationMethod: "Static", publicIPAddressVersion: "IPv4", zones },
    { parent, protect: protection }, // partners open their firewalls to it
  );
  lock(scope, "nataddress", address);
  return new azure.network.NatGateway(
    `${name}-nat`,
    { ...home, sku: { name: "Standard" }, publicIpAddresses: [{ id: address.id }], idleTimeoutInMinutes: 4, zones },
    { parent, customTimeouts: timeouts.gateway },
  );
}

/** Every Azure subnet has a default route to the internet; the tiers without a way out get one that ends nowhere. */
function closedRoutes(scope: Scope, tiers: NetworkSpec["tiers"], on: OnFoundation): By<azure.network.RouteTable> {
  const { name, parent } = scope;
  const closed: By<TierSpec> = Object.fromEntries(Object.entries(tiers).filter(([, tier]) => tier.egress === "none"));
  return each(
    closed,
    tier =>
      new azure.network.RouteTable(
        `${name}-routes-${tier}`,
        {
          ...homeOf(scope, on),
          disableBgpRoutePropagation: tier === "data", // hosts answer sites and clients by the routes of a VPN gateway
          routes: [{ name: "nowhere", addressPrefix: "0.0.0.0/0", nextHopType: "None" }],
        },
        { parent },
      ),
  );
}
