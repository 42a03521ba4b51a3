/** The private way to a Cloud SQL server: Private Service Connect. */
import * as gcp from "@pulumi/gcp";
import type { Scope } from "../../components/contract.ts";
import { pick } from "../../components/kernel/pick.ts";
import { only } from "./lookup.ts";
import type { On } from "./natives.ts";
import type { ServerSpec } from "./sql-settings.ts";

/** A fixed address in the data subnet, the endpoint on it, and the server's own name resolving to it inside the network. */
export function endpointOf(
  { name, parent, place, tags, protection }: Scope,
  spec: ServerSpec,
  server: gcp.sql.DatabaseInstance,
  on: On<"replica"> | On<"database">,
) {
  const { region } = place;
  const address = new gcp.compute.Address(
    `${name}-address`,
    { region, addressType: "INTERNAL", purpose: "GCE_ENDPOINT", subnetwork: pick(on.network.subnetIds, only(spec.subnets)), labels: tags },
    { parent, protect: protection },
  );
  const endpoint = new gcp.compute.ForwardingRule(
    `${name}-endpoint`,
    {
      region,
      network: on.network.networkId,
      ipAddress: address.selfLink,
      target: server.pscServiceAttachmentLink,
      loadBalancingScheme: "", // an endpoint is not a balancer; left out, it would default to an external one
      noAutomateDnsZone: true, // the zone below is ours
      labels: tags,
    },
    { parent },
  );
  const zone = new gcp.dns.ManagedZone(
    `${name}-zone`,
    {
      dnsName: server.dnsName,
      description: `The endpoint of ${name}`,
      visibility: "private",
      privateVisibilityConfig: { networks: [{ networkUrl: on.network.native.network.id }] },
      forceDestroy: false,
      labels: tags,
    },
    { parent, protect: protection },
  );
  const record = new gcp.dns.RecordSet(
    `${name}-record`,
    { managedZone: zone.name, name: server.dnsName, type: "A", ttl: 60, rrdatas: [address.address] },
    { parent },
  );
  return { address: address.address, host: server.dnsName.apply(withoutDot), ready: [endpoint, record] };
}

/** Zones end in a dot, certificates do not. */
const withoutDot = (text: string): string => text.replace(/\.$/, "");
