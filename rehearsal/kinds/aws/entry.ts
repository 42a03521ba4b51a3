/** Sessions and VPNs. */
import type { Kinds } from "../../kinds.ts";
import { arnOf, numbered } from "./ec2.ts";
import { arn, iamArn, regionOf, text } from "./words.ts";

const octets = (digits: string): readonly number[] => [0, 2, 4].map(at => Number.parseInt(digits.slice(at, at + 2), 16));

const sites: Kinds = {
  "aws:ec2/vpnGateway:VpnGateway": numbered("vgw", { outputs: arnOf("vpn-gateway"), unique: ({ inputs }) => text(inputs.vpcId) || null }),
  "aws:ec2/customerGateway:CustomerGateway": numbered("cgw", { outputs: arnOf("customer-gateway") }),
  "aws:ec2/vpnConnection:VpnConnection": numbered("vpn", {
    outputs: birth => ({
      ...arnOf("vpn-connection")(birth),
      tunnel1Address: `35.${octets(birth.hex(6, "tunnel 1")).join(".")}`,
      tunnel2Address: `35.${octets(birth.hex(6, "tunnel 2")).join(".")}`,
    }),
    secrets: ["tunnel1PresharedKey", "tunnel2PresharedKey"],
  }),
  "aws:ec2/vpnConnectionRoute:VpnConnectionRoute": {
    nameInput: null,
    id: ({ inputs }) => `${text(inputs.destinationCidrBlock)}:${text(inputs.vpnConnectionId)}`,
  },
  "aws:ec2/vpnGatewayRoutePropagation:VpnGatewayRoutePropagation": {
    nameInput: null,
    id: ({ inputs }) => `${text(inputs.vpnGatewayId)}_${text(inputs.routeTableId)}`,
  },
};

const clients: Kinds = {
  "aws:ec2clientvpn/endpoint:Endpoint": numbered("cvpn-endpoint", {
    outputs: birth => ({
      ...arnOf("client-vpn-endpoint")(birth),
      dnsName: `*.${birth.id}.prod.clientvpn.${regionOf(birth)}.amazonaws.com`,
    }),
  }),
  "aws:ec2clientvpn/networkAssociation:NetworkAssociation": numbered("cvpn-assoc", {
    unique: ({ inputs }) => `${text(inputs.clientVpnEndpointId)} ${text(inputs.subnetId)}`,
  }),
  "aws:ec2clientvpn/authorizationRule:AuthorizationRule": {
    nameInput: null,
    id: ({ inputs }) => `${text(inputs.clientVpnEndpointId)},${text(inputs.targetNetworkCidr)}`,
  },
  "aws:ec2clientvpn/route:Route": {
    nameInput: null,
    id: ({ inputs }) => [inputs.clientVpnEndpointId, inputs.targetVpcSubnetId, inputs.destinationCidrBlock].map(text).join(","),
  },
};

const sessions: Kinds = {
  "aws:ssm/document:Document": {
    nameInput: "name",
    id: ({ name }) => name,
    outputs: birth => ({ arn: arn(birth, "ssm", `document/${birth.name}`) }),
    unique: birth => `${regionOf(birth)} ${birth.name}`,
  },
  "aws:iam/policy:Policy": {
    nameInput: "name",
    id: birth => iamArn(birth, `policy/${birth.name}`),
    outputs: birth => ({ arn: iamArn(birth, `policy/${birth.name}`) }),
  },
};

export const entry: Kinds = { ...sites, ...clients, ...sessions };
