/** What the simulated Azure knows of networks, DNS and addresses. */
import type { Birth } from "../../kinds.ts";
import { isMap } from "../../wire.ts";
import { type Row, textAt } from "./arm.ts";

/** Two digits as a number that a part of an address can hold. */
const octet = ({ hex }: Birth, salt: string): number => 1 + (Number.parseInt(hex(2, salt), 16) % 254);

/** The ranges of a subnet, however they are said. */
const rangesOf = ({ inputs: { addressPrefix, addressPrefixes } }: Birth): string =>
  Array.isArray(addressPrefixes) ? addressPrefixes.join(" ") : String(addressPrefix);

/** The address that was asked for, else one of the private ranges: which one the subnet has is not known here. */
function withAddress(birth: Birth, one: unknown, place: number): unknown {
  if (!isMap(one)) return one;
  const { subnet: _subnet, applicationSecurityGroups: _groups, ...rest } = one; // ids in an answer would count as addresses of its own
  const [third, fourth] = [octet(birth, `third ${place}`), octet(birth, `fourth ${place}`)];
  const drawn = one.privateIPAddressVersion === "IPv6" ? `fd00:10::${third}:${fourth}` : `10.0.${third}.${fourth}`;
  return { privateIPAddress: drawn, ...rest };
}

export const network = {
  "azure-native:network:ApplicationSecurityGroup": { path: "Microsoft.Network/applicationSecurityGroups/{applicationSecurityGroupName}" },
  "azure-native:network:FlowLog": {
    path: "Microsoft.Network/networkWatchers/{networkWatcherName}/flowLogs/{flowLogName}",
    unique: ({ inputs }) => textAt(inputs, "targetResourceId"), // one log a target
  },
  "azure-native:network:NatGateway": {
    path: "Microsoft.Network/natGateways/{natGatewayName}",
    unique: ({ inputs }) => textAt(inputs, "publicIpAddresses.0.id"), // an address has one user
  },
  "azure-native:network:NetworkInterface": {
    path: "Microsoft.Network/networkInterfaces/{networkInterfaceName}",
    outputs: birth => {
      const { ipConfigurations } = birth.inputs;
      return Array.isArray(ipConfigurations)
        ? { ipConfigurations: ipConfigurations.map((one, place) => withAddress(birth, one, place)) }
        : {};
    },
    unique: ({ inputs }) => {
      const address = textAt(inputs, "ipConfigurations.0.privateIPAddress");
      return address === "" ? null : `${textAt(inputs, "ipConfigurations.0.subnet.id")} ${address}`;
    },
  },
  "azure-native:network:NetworkSecurityGroup": { path: "Microsoft.Network/networkSecurityGroups/{networkSecurityGroupName}" },
  "azure-native:network:PrivateDnsZoneGroup": {
    path: "Microsoft.Network/privateEndpoints/{privateEndpointName}/privateDnsZoneGroups/{privateDnsZoneGroupName}",
  },
  "azure-native:network:PrivateEndpoint": { path: "Microsoft.Network/privateEndpoints/{privateEndpointName}" },
  "azure-native:network:PublicIPAddress": {
    path: "Microsoft.Network/publicIPAddresses/{publicIpAddressName}",
    outputs: birth => ({ ipAddress: `20.${octet(birth, "two")}.${octet(birth, "three")}.${octet(birth, "four")}` }),
  },
  "azure-native:network:RouteTable": { path: "Microsoft.Network/routeTables/{routeTableName}" },
  "azure-native:network:SecurityRule": {
    path: "Microsoft.Network/networkSecurityGroups/{networkSecurityGroupName}/securityRules/{securityRuleName}",
    // SecurityRuleConflict: one rule a priority and direction.
    unique: ({ inputs }) => ["resourceGroupName", "networkSecurityGroupName", "direction", "priority"].map(input => textAt(inputs, input)).join(" "),
  },
  "azure-native:network:Subnet": {
    path: "Microsoft.Network/virtualNetworks/{virtualNetworkName}/subnets/{subnetName}",
    unique: birth => `${["resourceGroupName", "virtualNetworkName"].map(input => textAt(birth.inputs, input)).join(" ")} ${rangesOf(birth)}`, // NetscopeOverlap, where ranges are the same
  },
  "azure-native:network:VirtualNetwork": { path: "Microsoft.Network/virtualNetworks/{virtualNetworkName}" },
  "azure-native:privatedns:PrivateZone": { path: "Microsoft.Network/privateDnsZones/{privateZoneName}" },
  "azure-native:privatedns:VirtualNetworkLink": {
    path: "Microsoft.Network/privateDnsZones/{privateZoneName}/virtualNetworkLinks/{virtualNetworkLinkName}",
    unique: ({ inputs }) => `${textAt(inputs, "privateZoneName")} ${textAt(inputs, "virtualNetwork.id")}`, // a network knows a name once
  },
} satisfies Readonly<Record<string, Row>>;
