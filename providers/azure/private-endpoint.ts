import * as azure from "@pulumi/azure-native";
import type * as pulumi from "@pulumi/pulumi";
import type { Scope } from "../../components/contract.ts";
import { pick } from "../../components/kernel/pick.ts";
import type { DataService } from "../../components/network/model.ts";
import { timeouts } from "./facts/timeouts.ts";
import { groupOf, homeOf, only } from "./lookup.ts";
import type { OnFoundation, OnSite } from "./natives.ts";

/** What each service calls the one door that a private endpoint opens. */
const doors = {
  postgres: "postgresqlServer",
  mysql: "mysqlServer",
  redis: "redisEnterprise",
  redisCluster: "redisEnterprise",
  bucket: "blob",
  vault: "vault",
} satisfies Record<DataService, string>;

/** Both forms of Redis answer under one zone, and a network takes a zone name once. */
export const zoneKey = (service: DataService): DataService => (service === "redisCluster" ? "redis" : service);

interface Wanted {
  readonly service: DataService;
  readonly target: pulumi.CustomResource;
  readonly peer: azure.network.ApplicationSecurityGroup;
  readonly subnets: readonly string[];
}

/**
 * The only way to a data service: an address in the tier's subnet, with the peer's network identity, and its name in the private zone: the last of the two.
 * A service that is still being changed by `after` takes no endpoint.
 */
export function privateEndpoint(
  scope: Scope,
  { service, target, peer, subnets }: Wanted,
  after: readonly pulumi.Resource[],
  on: OnFoundation & OnSite,
): pulumi.Resource {
  const { name, parent } = scope;
  const endpoint = new azure.network.PrivateEndpoint(
    `${name}-endpoint`,
    {
      ...homeOf(scope, on),
      subnet: { id: pick(on.network.subnetIds, only(subnets)) },
      privateLinkServiceConnections: [{ name: service, privateLinkServiceId: target.id, groupIds: [doors[service]] }],
      applicationSecurityGroups: [{ id: peer.id }],
    },
    { parent, dependsOn: [...on.network.ready, ...after], customTimeouts: timeouts.endpoint },
  );
  return new azure.network.PrivateDnsZoneGroup(
    `${name}-dns`,
    {
      ...groupOf(scope, on),
      privateEndpointName: endpoint.name,
      privateDnsZoneGroupName: "default",
      privateDnsZoneConfigs: [{ name: service, privateDnsZoneId: pick(on.endpoints.native.zones, zoneKey(service)).id }],
    },
    { parent, dependsOn: [...on.endpoints.ready] },
  );
}
