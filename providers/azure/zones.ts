import * as azure from "@pulumi/azure-native";
import * as pulumi from "@pulumi/pulumi";
import type { Scope } from "../../components/contract.ts";
import type { ZonesSpec } from "../../components/dns/model.ts";
import { pick } from "../../components/kernel/pick.ts";
import { lock } from "./lock.ts";
import { each, groupOf } from "./lookup.ts";
import type { On, Out } from "./natives.ts";

/** Flags of a DNSKEY that signs keys: https://www.rfc-editor.org/rfc/rfc4034#section-2.1.1 */
const signsKeys = 257;

/** Zones, made or adopted, their signatures, and the zone that the network alone sees. */
export function zones(scope: Scope, spec: ZonesSpec, on: On<"zones">): Out<"zones"> {
  const { name, parent, tags, protection } = scope;
  const group = groupOf(scope, on);
  const made = each(
    Object.fromEntries(Object.entries(spec.zones).filter(([, { adopted }]) => adopted === null)),
    (key, { domain }) =>
      new azure.dns.Zone(
        `${name}-zone-${key}`,
        { ...group, zoneName: domain, location: "global", zoneType: "Public", tags },
        { parent, protect: protection },
      ),
  );
  // Not the zone itself: there the lock would keep every record from being deleted. Without this record there is no zone.
  for (const [key, zone] of Object.entries(made)) lock(scope, `zone-${key}`, { id: pulumi.interpolate`${zone.id}/SOA/@` });
  const signed = each(
    Object.fromEntries(Object.entries(spec.zones).filter(([, { dnssec }]) => dnssec)),
    key =>
      new azure.dns.DnssecConfig(`${name}-signing-${key}`, { ...group, zoneName: pick(made, key).name }, { parent, protect: protection }),
  );
  const internal = spec.internal === null ? null : internalZone(scope, spec.internal, on);
  return {
    nameServers: each(made, (_, zone) => zone.nameServers),
    signers: each(signed, (_, { signingKeys }) =>
      signingKeys.apply(keys =>
        keys
          .flatMap(({ flags, delegationSignerInfo }) => (flags === signsKeys ? delegationSignerInfo.map(({ record }) => record) : []))
          .join("\n"),
      ),
    ),
    native: {
      zones: each(spec.zones, (key, { adopted, domain }) =>
        adopted === null ? handed(pick(made, key), group.resourceGroupName) : foreign(adopted, domain),
      ),
      internal: internal === null ? null : internal.zone,
    },
    ready: [...Object.values(made), ...Object.values(signed), ...(internal === null ? [] : [internal.link])],
  };
}

const handed = (zone: azure.dns.Zone, resourceGroupName: pulumi.Output<string>): Out<"zones">["native"]["zones"][string] => ({
  zoneName: zone.name,
  resourceGroupName,
  id: zone.id,
});

/** An adopted zone stands in a group of its own: `/subscriptions/…/resourceGroups/<group>/…/dnsZones/<zone>`. */
const foreign = (id: string, domain: string): Out<"zones">["native"]["zones"][string] => {
  const [, , , , resourceGroupName = ""] = id.split("/");
  return { zoneName: domain, resourceGroupName, id };
};

/** A private zone is a name until a network is linked to it. */
function internalZone(scope: Scope, domain: string, on: On<"zones">) {
  const { name, parent, tags, protection } = scope;
  const group = groupOf(scope, on);
  const zone = new azure.privatedns.PrivateZone(
    `${name}-internal`,
    { ...group, privateZoneName: domain, location: "global", tags },
    { parent, protect: protection }, // no lock: there it would keep records from being deleted
  );
  const link = new azure.privatedns.VirtualNetworkLink(
    `${name}-internal-link`,
    {
      ...group,
      privateZoneName: zone.name,
      location: "global",
      virtualNetwork: { id: on.network.networkId },
      registrationEnabled: false, // hosts do not write themselves into it
      resolutionPolicy: "Default",
      tags,
    },
    { parent },
  );
  return { zone, link };
}
