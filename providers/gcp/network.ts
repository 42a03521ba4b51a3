import * as gcp from "@pulumi/gcp";
import type { Scope } from "../../components/contract.ts";
import { pick } from "../../components/kernel/pick.ts";
import type { NetworkSpec, SubnetSpec } from "../../components/network/model.ts";
import type { On, Out } from "./natives.ts";

/** Every flow, gathered by the minute: Google samples packets before that, which nobody can change. */
const flowLog = { aggregationInterval: "INTERVAL_1_MIN", flowSampling: 1, metadata: "INCLUDE_ALL_METADATA" };

/** Hosts get IPv6 addresses of the network's own range, nothing that answers from outside; only the public tier has real ones. */
const dualStack = ({ tier, ipv6Number }: SubnetSpec) =>
  ipv6Number === null
    ? { stackType: "IPV4_ONLY" }
    : { stackType: "IPV4_IPV6", ipv6AccessType: tier === "public" ? "EXTERNAL" : "INTERNAL" };

/** The one global network, and this place's subnets, router and NAT. */
export function network(scope: Scope, spec: NetworkSpec, on: On<"network">): Out<"network"> {
  const { name, parent, place, protection } = scope;
  const { region } = place;
  const vpc = on.first === null ? globalNetwork(scope, spec, on) : on.first.native.network;
  const subnets = Object.fromEntries(
    Object.entries(spec.subnets).map(([key, subnet]) => [
      key,
      new gcp.compute.Subnetwork(
        `${name}-subnet-${key}`,
        {
          region,
          network: vpc.id,
          ipCidrRange: subnet.cidr,
          purpose: "PRIVATE",
          privateIpGoogleAccess: true, // hosts have no public address, and Google's APIs are outside the network
          ...dualStack(subnet),
          logConfig: spec.flowLogs === null ? undefined : flowLog,
        },
        { parent, protect: protection },
      ),
    ]),
  );
  const natSubnets = Object.values(spec.tiers).flatMap(tier => (tier.egress === "nat" ? tier.subnets.map(key => pick(subnets, key)) : []));
  const ways = spec.natZones.length === 0 ? [] : nat(scope, spec.natZones, vpc, natSubnets);
  return {
    networkId: vpc.id,
    subnetIds: Object.fromEntries(Object.entries(subnets).map(([key, subnet]) => [key, subnet.id])),
    native: { network: vpc, subnets, plan: spec.subnets, shared: on.first !== null },
    ready: [vpc, ...Object.values(subnets), ...ways],
  };
}

/** Custom mode, so that it starts without subnets and without a single allow rule. */
function globalNetwork({ name, parent, protection }: Scope, spec: NetworkSpec, on: On<"network">): gcp.compute.Network {
  return new gcp.compute.Network(
    `${name}-network`,
    {
      autoCreateSubnetworks: false,
      routingMode: "GLOBAL", // both places see the routes of a VPN in either
      deleteDefaultRoutesOnCreate: false, // NAT and the private addresses of Google's APIs go through the default route
      enableUlaInternalIpv6: spec.ipv6,
    },
    { parent, protect: protection, dependsOn: [...on.foundation.ready] },
  );
}

/** Cloud NAT is one per region and has no zones; it gets as many fixed addresses as NATs were decided, for the allow lists of others. */
function nat(
  { name, parent, place, tags, protection }: Scope,
  zones: readonly string[],
  vpc: gcp.compute.Network,
  subnets: readonly gcp.compute.Subnetwork[],
) {
  const { region } = place;
  const addresses = zones.map(
    zone =>
      new gcp.compute.Address(
        `${name}-nat-address-${zone}`,
        { region, addressType: "EXTERNAL", networkTier: "PREMIUM", labels: tags },
        { parent, protect: protection, dependsOn: vpc }, // which waits for the APIs
      ),
  );
  const router = new gcp.compute.Router(`${name}-router`, { region, network: vpc.id }, { parent });
  const gateway = new gcp.compute.RouterNat(
    `${name}-nat`,
    {
      region,
      router: router.name,
      natIpAllocateOption: "MANUAL_ONLY",
      natIps: addresses.map(address => address.selfLink),
      sourceSubnetworkIpRangesToNat: "LIST_OF_SUBNETWORKS", // all of them would give the data tier a way out
      subnetworks: subnets.map(subnet => ({ name: subnet.id, sourceIpRangesToNats: ["ALL_IP_RANGES"] })),
      // Fixed shares of 64 ports run out on the first busy host. The two settings exclude each other.
      enableDynamicPortAllocation: true,
      enableEndpointIndependentMapping: false,
      minPortsPerVm: 64,
      logConfig: { enable: true, filter: "ERRORS_ONLY" },
    },
    { parent },
  );
  return [...addresses, router, gateway];
}
