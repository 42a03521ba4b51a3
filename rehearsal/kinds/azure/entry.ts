/** Sessions and VPNs. */
import { onlyOne, type Row } from "./arm.ts";

export const entry = {
  "azure-native:network:BastionHost": {
    path: "Microsoft.Network/bastionHosts/{bastionHostName}",
    unique: onlyOne("ipConfigurations.0.subnet.id"), // one a network
  },
  "azure-native:network:VirtualNetworkGateway": {
    path: "Microsoft.Network/virtualNetworkGateways/{virtualNetworkGatewayName}",
    unique: onlyOne("ipConfigurations.0.subnet.id"), // one a network
  },
  "azure-native:network:LocalNetworkGateway": { path: "Microsoft.Network/localNetworkGateways/{localNetworkGatewayName}" },
  "azure-native:network:VirtualNetworkGatewayConnection": {
    path: "Microsoft.Network/connections/{virtualNetworkGatewayConnectionName}",
    unique: onlyOne("virtualNetworkGateway1.id", "localNetworkGateway2.id"),
  },
} satisfies Readonly<Record<string, Row>>;
