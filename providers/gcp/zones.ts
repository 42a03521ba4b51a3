import * as gcp from "@pulumi/gcp";
import * as pulumi from "@pulumi/pulumi";
import type { Scope } from "../../components/contract.ts";
import type { ZoneSpec, ZonesSpec } from "../../components/dns/model.ts";
import { pick } from "../../components/kernel/pick.ts";
import type { On, Out } from "./natives.ts";

/** Managed zones, made or adopted, their signatures and query logs, and the zone that the network alone sees. */
export function zones(scope: Scope, spec: ZonesSpec, on: On<"zones">): Out<"zones"> {
  const { name, parent, tags, protection } = scope;
  const made = Object.fromEntries(
    Object.entries(spec.zones).flatMap(([key, zone]) => (zone.adopted === null ? [[key, publicZone(scope, key, zone, on)]] : [])),
  );
  const internal =
    spec.internal === null
      ? null
      : new gcp.dns.ManagedZone(
          `${name}-internal`,
          {
            dnsName: `${spec.internal}.`,
            description: `Internal names of ${pick(tags, "system")}`,
            visibility: "private",
            privateVisibilityConfig: { networks: [{ networkUrl: on.network.native.network.id }] },
            forceDestroy: false,
            labels: tags,
          },
          { parent, protect: protection, dependsOn: [...on.foundation.ready] },
        );
  const signed = Object.entries(made).filter(([key]) => pick(spec.zones, key).dnssec);
  return {
    nameServers: Object.fromEntries(Object.entries(made).map(([key, zone]) => [key, zone.nameServers])),
    signers: Object.fromEntries(signed.map(([key, zone]) => [key, signerOf(scope, zone)])),
    native: {
      zones: Object.fromEntries(
        Object.entries(spec.zones).map(([key, { adopted, domain }]) => [
          key,
          { zoneName: adopted === null ? pick(made, key).name : pulumi.output(adopted), domain },
        ]),
      ),
      internal,
    },
    ready: [...Object.values(made), ...(internal === null ? [] : [internal])],
  };
}

function publicZone({ name, parent, tags, protection }: Scope, key: string, zone: ZoneSpec, on: On<"zones">): gcp.dns.ManagedZone {
  return new gcp.dns.ManagedZone(
    `${name}-zone-${key}`,
    {
      dnsName: `${zone.domain}.`,
      description: `Public names of ${pick(tags, "system")}`,
      visibility: "public",
      dnssecConfig: zone.dnssec ? { state: "on", nonExistence: "nsec3" } : { state: "off" }, // nsec would list every name to whoever asks
      cloudLoggingConfig: { enableLogging: zone.queryLogs },
      forceDestroy: false, // records of people keep it from being deleted
      labels: tags,
    },
    { parent, protect: protection, dependsOn: [...on.foundation.ready] },
  );
}

/** Google makes the keys with the zone, and tells them on request. By the id: a planned zone has a name before it exists. */
const signerOf = ({ parent }: Scope, zone: gcp.dns.ManagedZone): pulumi.Output<string> =>
  gcp.dns
    .getKeysOutput({ managedZone: zone.id.apply(id => id.replace(/^.*\//, "")) }, { parent })
    .keySigningKeys.apply(keys => keys.map(({ dsRecord }) => dsRecord).join("\n"));
