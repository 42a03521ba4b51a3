/** One gateway carries the tunnels to sites and the clients: two instances that both work, in different zones. */
import * as azure from "@pulumi/azure-native";
import type * as pulumi from "@pulumi/pulumi";
import type { Scope } from "../../components/contract.ts";
import type { ClientVpnSpec } from "../../components/entry/model.ts";
import { clientConfiguration } from "./client-vpn.ts";
import { timeouts } from "./facts/timeouts.ts";
import { lock } from "./lock.ts";
import { homeOf, zonesOf } from "./lookup.ts";
import type { On } from "./natives.ts";
import { serviceSubnet } from "./service-subnet.ts";

export interface Gateway {
  readonly gateway: azure.network.VirtualNetworkGateway;
  /** Public address of each of the two instances. */
  readonly addresses: readonly azure.network.PublicIPAddress[];
  readonly ready: readonly pulumi.Resource[];
}

export function vpnGateway(
  scope: Scope,
  clients: ClientVpnSpec | null,
  range: string,
  after: readonly pulumi.Resource[],
  on: On<"entry">,
): Gateway {
  const { name, parent, place, protection } = scope;
  const home = homeOf(scope, on);
  const subnet = serviceSubnet(scope, "GatewaySubnet", range, null, [...on.network.ready, ...after], on);
  const zones = zonesOf(place, Object.keys(place.zones));
  const addressOf = (key: string) => {
    const address = new azure.network.PublicIPAddress(
      `${name}-gatewayaddress-${key}`,
      { ...home, sku: { name: "Standard", tier: "Regional" }, publicIPAllocationMethod: "Static", publicIPAddressVersion: "IPv4", zones },
      { parent, protect: protection }, // the other ends have it in their settings
    );
    lock(scope, `gatewayaddress-${key}`, address);
    return address;
  };
  const addresses = ["1", "2"].map(addressOf);
  const doors = clients === null ? addresses : [...addresses, addressOf("clients")]; // clients of two working instances want a third
  const gateway = new azure.network.VirtualNetworkGateway(
    `${name}-gateway`,
    {
      ...home,
      gatewayType: "Vpn",
      vpnType: "RouteBased",
      vpnGatewayGeneration: "Generation1",
      sku: { name: "VpnGw1AZ", tier: "VpnGw1AZ" },
      activeActive: true,
      enableBgp: false,
      enablePrivateIpAddress: false,
      allowRemoteVnetTraffic: false,
      allowVirtualWanTraffic: false,
      disableIPSecReplayProtection: false,
      ipConfigurations: doors.map((address, index) => ({
        name: `door-${index + 1}`,
        privateIPAllocationMethod: "Dynamic",
        subnet: { id: subnet.id },
        publicIPAddress: { id: address.id },
      })),
      ...(clients === null ? {} : { vpnClientConfiguration: clientConfiguration(clients) }),
    },
    { parent, customTimeouts: timeouts.vpn },
  );
  const log = new azure.monitor.DiagnosticSetting(
    `${name}-gateway-log`,
    {
      name: "tunnels",
      resourceUri: gateway.id,
      workspaceId: on.logs.native.workspace.id,
      logs: [{ categoryGroup: "allLogs", enabled: true }],
    },
    { parent },
  );
  return { gateway, addresses, ready: [log] };
}
