/** HA VPN: a gateway of two interfaces, a tunnel from each to the site, and a router that hears by BGP what lies behind. */
import * as gcp from "@pulumi/gcp";
import type * as pulumi from "@pulumi/pulumi";
import type { Scope } from "../../components/contract.ts";
import type { EntrySpec, SiteVpnSpec } from "../../components/entry/model.ts";
import { address, addressText } from "../../components/kernel/cidr.ts";
import { pick } from "../../components/kernel/pick.ts";
import { entry as limits } from "./facts/entry.ts";
import { timeouts } from "./facts/timeouts.ts";
import type { On } from "./natives.ts";

export interface Tunnels {
  readonly tunnels: Readonly<Record<string, pulumi.Output<string>>>;
  readonly ready: readonly pulumi.Resource[];
}

/** AES-256-GCM in both phases, elliptic curve of 384 bits. */
const cipherSuite = {
  phase1: { encryptions: ["AES-GCM-16-256"], prves: ["PRF-HMAC-SHA2-384"], dhs: ["Group-20"] },
  phase2: { encryptions: ["AES-GCM-16-256"], pfs: ["Group-20"] },
};

export function siteVpn(scope: Scope, spec: EntrySpec, on: On<"entry">): Tunnels {
  const { name, parent, place, tags, protection } = scope;
  const { region } = place;
  if (Object.keys(spec.sites).length === 0) return { tunnels: {}, ready: [] };
  const network = on.network.networkId;
  const gateway = new gcp.compute.HaVpnGateway(
    `${name}-gateway`,
    { region, network, gatewayIpVersion: "IPV4", stackType: "IPV4_ONLY", labels: tags },
    { parent, protect: protection }, // the other end has its addresses in its settings
  );
  // Apart from the router of the NAT: a change of one does not touch the other.
  const router = new gcp.compute.Router(
    `${name}-router`,
    {
      region,
      network,
      bgp: {
        asn: asnOf(),
        advertiseMode: "CUSTOM",
        advertisedIpRanges: [{ range: spec.network, description: "the network as a whole" }],
        keepaliveInterval: 20,
      },
    },
    { parent },
  );
  const sessions = Object.entries(spec.sites).flatMap(([key, site]) => sessionsOf(scope, key, site, { gateway, router }, on));
  const addressOf = (number: number) =>
    gateway.vpnInterfaces.apply(all => all.flatMap(({ ipAddress = "" }, index) => (index === number - 1 ? [ipAddress] : [])).join(""));
  return {
    tunnels: Object.fromEntries(Object.keys(spec.sites).flatMap(key => [1, 2].map(number => [`${key}-${number}`, addressOf(number)]))),
    ready: sessions,
  };
}

function asnOf(): number {
  if (limits.gatewayAsn === null) throw new Error("no number of our own end");
  return limits.gatewayAsn;
}

interface Ends {
  readonly gateway: gcp.compute.HaVpnGateway;
  readonly router: gcp.compute.Router;
}

/** Both tunnels of one site, each with its session of the router. */
function sessionsOf(scope: Scope, key: string, site: SiteVpnSpec, { gateway, router }: Ends, on: On<"entry">): readonly pulumi.Resource[] {
  const { name, parent, place, tags } = scope;
  const { region } = place;
  if (site.links === null) throw new Error(`no inner addresses for ${key}`);
  const other = new gcp.compute.ExternalVpnGateway(
    `${name}-site-${key}`,
    {
      redundancyType: "SINGLE_IP_INTERNALLY_REDUNDANT",
      interfaces: [{ id: 0, ipAddress: site.peer }],
      description: `The other end of ${key}`,
      labels: tags,
    },
    { parent, dependsOn: [...on.foundation.ready] },
  );
  return site.links.map((link, index) => {
    const part = `${key}-${index + 1}`;
    const tunnel = new gcp.compute.VPNTunnel(
      `${name}-tunnel-${part}`,
      {
        region,
        vpnGateway: gateway.id,
        vpnGatewayInterface: index,
        peerExternalGateway: other.id,
        peerExternalGatewayInterface: 0,
        router: router.id,
        ikeVersion: 2,
        cipherSuite,
        sharedSecretWo: pick(on.keysOf, key),
        sharedSecretWoVersion: String(site.rotation + 1),
        labels: tags,
      },
      { parent, customTimeouts: timeouts.vpn },
    );
    const [first = "", prefix = ""] = link.split("/");
    const ours = addressText(address(first) + 1);
    const door = new gcp.compute.RouterInterface(
      `${name}-inner-${part}`,
      { region, router: router.name, vpnTunnel: tunnel.name, ipRange: `${ours}/${prefix}` },
      { parent, deleteBeforeReplace: true }, // the router knows an inner range once
    );
    return new gcp.compute.RouterPeer(
      `${name}-peer-${part}`,
      {
        region,
        router: router.name,
        interface: door.name,
        ipAddress: ours,
        peerIpAddress: addressText(address(first) + 2),
        peerAsn: site.asn,
        advertiseMode: "DEFAULT", // what the router announces
        advertisedRoutePriority: 100,
        enableIpv6: false,
      },
      { parent, deleteBeforeReplace: true },
    );
  });
}
