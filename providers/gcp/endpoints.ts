import * as gcp from "@pulumi/gcp";
import type { Scope } from "../../components/contract.ts";
import { pick } from "../../components/kernel/pick.ts";
import type { EndpointsSpec } from "../../components/network/model.ts";
import { timeouts } from "./facts/timeouts.ts";
import type { On, Out } from "./natives.ts";

/** `private.googleapis.com`: the addresses at which every Google API answers hosts without a public address. */
export const privateApis = { range: "199.36.153.8/30", addresses: ["199.36.153.8", "199.36.153.9", "199.36.153.10", "199.36.153.11"] };

/**
 * Private ways to Google's services. The virtual address costs nothing and holds all APIs, so one zone serves gateways and interfaces alike;
 * without it, names resolve to public addresses that no egress rule could list.
 * Zone, range and peering exist once per network: the place that owns the network makes them, for both.
 */
export function endpoints(scope: Scope, spec: EndpointsSpec, on: On<"endpoints">): Out<"endpoints"> {
  const { shared } = on.network.native;
  const apis = !shared && spec.gateways.length + spec.interfaces.length > 0 ? apiNames(scope, on) : [];
  const policy = spec.data.includes("redisCluster") ? [clusterPolicy(scope, spec, on)] : [];
  const services =
    !shared && spec.data.includes("redis") && spec.servicesRange !== null ? peeredServices(scope, spec.servicesRange, on) : null;
  const proxies = spec.proxyRange === null ? [] : [proxySubnet(scope, spec.proxyRange, on)];
  return {
    native: { servicesRange: services === null ? null : services.range.name },
    ready: [...apis, ...policy, ...proxies, ...(services === null ? [] : [services.range, services.connection])],
  };
}

function apiNames({ name, parent, tags, protection }: Scope, on: On<"endpoints">) {
  const zone = new gcp.dns.ManagedZone(
    `${name}-apis`,
    {
      dnsName: "googleapis.com.",
      description: "Google's APIs on their private addresses",
      visibility: "private",
      privateVisibilityConfig: { networks: [{ networkUrl: on.network.native.network.id }] },
      forceDestroy: false,
      labels: tags,
    },
    { parent, protect: protection, dependsOn: [...on.foundation.ready] },
  );
  const address = new gcp.dns.RecordSet(
    `${name}-apis-address`,
    { managedZone: zone.name, name: "private.googleapis.com.", type: "A", ttl: 300, rrdatas: privateApis.addresses },
    { parent },
  );
  const names = new gcp.dns.RecordSet(
    `${name}-apis-names`,
    { managedZone: zone.name, name: "*.googleapis.com.", type: "CNAME", ttl: 300, rrdatas: ["private.googleapis.com."] },
    { parent },
  );
  return [zone, address, names];
}

/** Lets Memorystore put the two addresses of a cluster into our subnet; per network, service and region. */
function clusterPolicy({ name, parent, place, tags }: Scope, spec: EndpointsSpec, on: On<"endpoints">) {
  return new gcp.networkconnectivity.ServiceConnectionPolicy(
    `${name}-redis-policy`,
    {
      location: place.region,
      network: on.network.networkId,
      serviceClass: "gcp-memorystore-redis",
      pscConfig: { subnetworks: spec.subnets.map(key => pick(on.network.subnetIds, key)) },
      labels: tags,
    },
    { parent, dependsOn: [...on.foundation.ready] },
  );
}

/** Where the proxies of the region's internal application balancers stand: nothing else may. */
function proxySubnet({ name, parent, place, protection }: Scope, ipCidrRange: string, on: On<"endpoints">) {
  return new gcp.compute.Subnetwork(
    `${name}-proxies`,
    { region: place.region, network: on.network.networkId, ipCidrRange, purpose: "REGIONAL_MANAGED_PROXY", role: "ACTIVE" },
    { parent, protect: protection },
  );
}

/** Memorystore instances live in Google's network and peer with ours out of a range that nothing else may use. */
function peeredServices({ name, parent, tags, protection }: Scope, cidr: string, on: On<"endpoints">) {
  const [address, prefix] = cidr.split("/");
  const range = new gcp.compute.GlobalAddress(
    `${name}-services-range`,
    {
      address,
      prefixLength: Number(prefix),
      addressType: "INTERNAL",
      purpose: "VPC_PEERING",
      network: on.network.networkId,
      labels: tags,
    },
    { parent, protect: protection },
  );
  const connection = new gcp.servicenetworking.Connection(
    `${name}-services`,
    {
      network: on.network.networkId,
      service: "servicenetworking.googleapis.com",
      reservedPeeringRanges: [range.name],
      updateOnCreationFail: true, // a peering that an earlier stack left behind is taken over
    },
    { parent, protect: protection, customTimeouts: timeouts.peering, dependsOn: [...on.foundation.ready] },
  );
  return { range, connection };
}
