/** Tunnels to sites: two to each, one from either instance of the gateway. Routes are written, none is learnt. */
import * as azure from "@pulumi/azure-native";
import type * as pulumi from "@pulumi/pulumi";
import type { Scope } from "../../components/contract.ts";
import type { EntrySpec } from "../../components/entry/model.ts";
import { pick } from "../../components/kernel/pick.ts";
import { timeouts } from "./facts/timeouts.ts";
import { homeOf, inTurn } from "./lookup.ts";
import type { On } from "./natives.ts";
import type { Gateway } from "./vpn-gateway.ts";

/** AES-256-GCM in both phases, elliptic curve of 384 bits. */
const policy = {
  ikeEncryption: "GCMAES256",
  ikeIntegrity: "SHA384",
  dhGroup: "ECP384",
  ipsecEncryption: "GCMAES256",
  ipsecIntegrity: "GCMAES256",
  pfsGroup: "ECP384",
  saLifeTimeSeconds: 3600,
  saDataSizeKilobytes: 102_400_000,
};

/** One after the other: a gateway takes one change at a time. */
export function siteVpn(scope: Scope, sites: EntrySpec["sites"], { gateway, ready }: Gateway, on: On<"entry">): readonly pulumi.Resource[] {
  const { name, parent } = scope;
  const home = homeOf(scope, on);
  const connections = inTurn<EntrySpec["sites"][string], azure.network.VirtualNetworkGatewayConnection>(sites, (key, site, previous) => {
    const other = new azure.network.LocalNetworkGateway(
      `${name}-site-${key}`,
      { ...home, gatewayIpAddress: site.peer, localNetworkAddressSpace: { addressPrefixes: [...site.ranges] } },
      { parent },
    );
    return new azure.network.VirtualNetworkGatewayConnection(
      `${name}-tunnels-${key}`,
      {
        ...home,
        connectionType: "IPsec",
        connectionProtocol: "IKEv2",
        connectionMode: "Default",
        virtualNetworkGateway1: { id: gateway.id },
        localNetworkGateway2: { id: other.id },
        sharedKey: pick(on.keysOf, key), // no write-only argument for it: it lies in the state, encrypted
        ipsecPolicies: [policy],
        dpdTimeoutSeconds: 45,
        enableBgp: false,
        usePolicyBasedTrafficSelectors: false,
        useLocalAzureIpAddress: false,
        routingWeight: 0,
      },
      { parent, dependsOn: [...ready, ...previous], customTimeouts: timeouts.vpn },
    );
  });
  return Object.values(connections);
}
