/** What the simulated Azure knows of networks, DNS and addresses. */
import type { Birth } from "../../kinds.ts";
import { isMap } from "../../wire.ts";
import { onlyOne, type Row, textAt } from "./arm.ts";

/** Two digits as a number that a part of an address can hold. */
const octet = ({ hex }: Birth, salt: string): number => 1 + (Number.parseInt(hex(2, salt), 16) % 254);

/** A subnet's range, where it is said at this path. */
const rangeIn = (path: string): ((birth: Birth) => string | null) => onlyOne("resourceGroupName", "virtualNetworkName", path);

/** The address that was asked for, else one of the private ranges: which one the subnet has is not known here. */
function withAddress(birth: Birth, one: unknown, place: number): unknown {
  if (!isMap(one)) return one;
  const { subnet: _subnet, applicationSecurityGroups: _groups, ...rest } = one; // ids in an answer would count as addresses of its own
  const [third, fourth] = [octet(birth, `third ${place}`), octet(birth, `fourth ${place}`)];
  const drawn = one.privateIPAddressVersion === "IPv6" ? `fd00:10::${third}:${fourth}` : `10.0.${third}.${fourth}`;
  return { privateIPAddress: drawn, ...rest };
}

const gateways = "Microsoft.Network/applicationGateways";

export const network = {
  "azure-native:frontdoor:Policy": { path: "Microsoft.Network/frontDoorWebApplicationFirewallPolicies/{policyName}" },
  "azure-native:network:ApplicationGateway": {
    path: `${gateways}/{applicationGatewayName}`,
    unique: onlyOne("frontendIPConfigurations.0.publicIPAddress.id"), // an address has one user
    // ApplicationGatewayNetworkIsolationRequiresSubnetDelegation.
    asks: (inputs, others) => {
      const subnet = others.find(({ id }) => id === textAt(inputs, "gatewayIPConfigurations.0.subnet.id"));
      return subnet === undefined || textAt(subnet.inputs, "delegations.0.serviceName") === gateways
        ? null
        : `the subnet ${subnet.id} is not delegated to ${gateways}`;
    },
  },
  "azure-native:network:ApplicationSecurityGroup": { path: "Microsoft.Network/applicationSecurityGroups/{applicationSecurityGroupName}" },
  "azure-native:network:FlowLog": {
    path: "Microsoft.Network/networkWatchers/{networkWatcherName}/flowLogs/{flowLogName}",
    unique: onlyOne("targetResourceId"), // one log a target
  },
  "azure-native:network:LoadBalancer": {
    path: "Microsoft.Network/loadBalancers/{loadBalancerName}",
    unique: onlyOne("frontendIPConfigurations.0.publicIPAddress.id"),
  },
  "azure-native:network:NatGateway": {
    path: "Microsoft.Network/natGateways/{natGatewayName}",
    unique: onlyOne("publicIpAddresses.0.id"), // an address has one user
  },
  "azure-native:network:NetworkInterface": {
    path: "Microsoft.Network/networkInterfaces/{networkInterfaceName}",
    outputs: birth => {
      const { ipConfigurations } = birth.inputs;
      return Array.isArray(ipConfigurations)
        ? { ipConfigurations: ipConfigurations.map((one, place) => withAddress(birth, one, place)) }
        : {};
    },
    unique: onlyOne("ipConfigurations.0.subnet.id", "ipConfigurations.0.privateIPAddress"),
  },
  "azure-native:network:NetworkSecurityGroup": { path: "Microsoft.Network/networkSecurityGroups/{networkSecurityGroupName}" },
  "azure-native:network:PrivateDnsZoneGroup": {
    path: "Microsoft.Network/privateEndpoints/{privateEndpointName}/privateDnsZoneGroups/{privateDnsZoneGroupName}",
  },
  "azure-native:network:PrivateEndpoint": {
    path: "Microsoft.Network/privateEndpoints/{privateEndpointName}",
    // Its connection is the target's, and a lock there keeps it: https://github.com/MicrosoftDocs/azure-docs/issues/116983 (2023-11).
    takes: ({ privateLinkServiceConnections: connections }) =>
      Array.isArray(connections) ? connections.map(one => textAt({ one }, "one.privateLinkServiceId")) : [],
  },
  "azure-native:network:PublicIPAddress": {
    path: "Microsoft.Network/publicIPAddresses/{publicIpAddressName}",
    outputs: birth => ({ ipAddress: `20.${octet(birth, "two")}.${octet(birth, "three")}.${octet(birth, "four")}` }),
  },
  "azure-native:network:RouteTable": { path: "Microsoft.Network/routeTables/{routeTableName}" },
  "azure-native:network:SecurityRule": {
    path: "Microsoft.Network/networkSecurityGroups/{networkSecurityGroupName}/securityRules/{securityRuleName}",
    // SecurityRuleConflict: one rule a priority and direction.
    unique: onlyOne("resourceGroupName", "networkSecurityGroupName", "direction", "priority"),
  },
  "azure-native:network:Subnet": {
    path: "Microsoft.Network/virtualNetworks/{virtualNetworkName}/subnets/{subnetName}",
    // NetcfgSubnetRangesOverlap, where they are the same.
    unique: birth => rangeIn("addressPrefix")(birth) ?? rangeIn("addressPrefixes.0")(birth),
  },
  "azure-native:network:WebApplicationFirewallPolicy": {
    path: "Microsoft.Network/applicationGatewayWebApplicationFirewallPolicies/{policyName}",
  },
  "azure-native:network:VirtualNetwork": { path: "Microsoft.Network/virtualNetworks/{virtualNetworkName}" },
  "azure-native:dns:RecordSet": { path: "Microsoft.Network/dnsZones/{zoneName}/{recordType}/{relativeRecordSetName}" },
  "azure-native:dns:Zone": {
    path: "Microsoft.Network/dnsZones/{zoneName}",
    outputs: birth => {
      const place = `${octet(birth, "servers")}`.padStart(2, "0");
      return { nameServers: ["com", "net", "org", "info"].map((end, index) => `ns${index + 1}-${place}.azure-dns.${end}.`) };
    },
  },
  "azure-native:privatedns:PrivateRecordSet": {
    path: "Microsoft.Network/privateDnsZones/{privateZoneName}/{recordType}/{relativeRecordSetName}",
  },
  "azure-native:privatedns:PrivateZone": { path: "Microsoft.Network/privateDnsZones/{privateZoneName}" },
  "azure-native:privatedns:VirtualNetworkLink": {
    path: "Microsoft.Network/privateDnsZones/{privateZoneName}/virtualNetworkLinks/{virtualNetworkLinkName}",
    unique: onlyOne("privateZoneName", "virtualNetwork.id"), // a network knows a name once
  },
  "azure-native:trafficmanager:Profile": {
    path: "Microsoft.Network/trafficManagerProfiles/{profileName}",
    unique: onlyOne("dnsConfig.relativeName"), // one of a kind under trafficmanager.net
  },
} satisfies Readonly<Record<string, Row>>;
