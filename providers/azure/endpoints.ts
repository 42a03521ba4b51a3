import * as azure from "@pulumi/azure-native";
import type { Scope } from "../../components/contract.ts";
import { pick } from "../../components/kernel/pick.ts";
import type { DataService, EndpointsSpec } from "../../components/network/model.ts";
import { each, groupOf } from "./lookup.ts";
import type { On, Out } from "./natives.ts";
import { privateEndpoint, zoneKey } from "./private-endpoint.ts";

/** Zone that each service's public name points into: https://learn.microsoft.com/azure/private-link/private-endpoint-dns (2026-11-21). */
const zoneNames = {
  postgres: "privatelink.postgres.database.azure.com",
  mysql: "privatelink.mysql.database.azure.com",
  redis: "privatelink.redis.azure.net", // Managed Redis; `redis.cache.windows.net` was the service before it
  redisCluster: "privatelink.redis.azure.net",
  bucket: "privatelink.blob.core.windows.net",
  vault: "privatelink.vaultcore.azure.net",
} satisfies Record<DataService, string>;

/**
 * A private zone for each service in use, known in this network; the private endpoints write their addresses into it.
 * The vault of the own keys stands before any network, so its door is here: for programs that may use a key.
 */
export function endpoints(scope: Scope, spec: EndpointsSpec, on: On<"endpoints">): Out<"endpoints"> {
  const { name, parent, tags, protection } = scope;
  const group = groupOf(scope, on);
  const wanted = [...new Set(spec.data.map(zoneKey))];
  const zones = Object.fromEntries(
    wanted.map(service => [
      service,
      new azure.privatedns.PrivateZone(
        `${name}-zone-${service}`,
        { ...group, privateZoneName: zoneNames[service], location: "global", tags },
        { parent, protect: protection }, // no lock: its records come and go with the endpoints
      ),
    ]),
  );
  const links = each(
    zones,
    (service, zone) =>
      new azure.privatedns.VirtualNetworkLink(
        `${name}-link-${service}`,
        {
          ...group,
          privateZoneName: zone.name,
          location: "global",
          virtualNetwork: { id: on.network.networkId },
          registrationEnabled: false,
          resolutionPolicy: "Default", // no falling back to the public name, which is closed
          tags,
        },
        { parent },
      ),
  );
  const native = { zones };
  const known = Object.values(links);
  const { primary } = on.keys;
  const wantsKeys = spec.interfaces.includes("keys") && Object.keys(primary.native.keys).length > 0;
  const door = wantsKeys
    ? [
        privateEndpoint(
          { ...scope, name: `${name}-keys` },
          { service: "vault", target: primary.native.vault, peer: pick(on.peers.native.groups, "endpoints"), subnets: spec.subnets },
          [],
          { ...on, endpoints: { native, ready: known } },
        ),
      ]
    : [];
  return { native, ready: [...known, ...door] };
}
