/** The network and who may talk in it. What only one may have (an address, a range, a gateway) is `unique`. */
import { crc32 } from "node:zlib";
import type { Birth, Kinds } from "../../kinds.ts";
import { arnOf, numbered } from "./ec2.ts";
import { regionOf, text } from "./words.ts";

/** Amazon gives a network a /56 of its own. */
const generatedRange = ({ hex }: Birth): string => `2600:1f18:${hex(4, "range")}:${hex(2, "range6")}00::/56`;
const vpcOf = ({ inputs }: Birth): string => text(inputs.vpcId);

const destinationOf = ({ inputs }: Birth): string =>
  text(inputs.destinationCidrBlock) || text(inputs.destinationIpv6CidrBlock) || text(inputs.destinationPrefixListId);

const network: Kinds = {
  "aws:ec2/vpc:Vpc": numbered("vpc", {
    outputs: birth => ({
      ...arnOf("vpc")(birth),
      ...(birth.inputs.assignGeneratedIpv6CidrBlock === true ? { ipv6CidrBlock: generatedRange(birth) } : {}),
    }),
  }),
  "aws:ec2/subnet:Subnet": numbered("subnet", {
    outputs: arnOf("subnet"),
    unique: birth => `${vpcOf(birth)} ${text(birth.inputs.cidrBlock)}`,
  }),
  "aws:ec2/internetGateway:InternetGateway": numbered("igw", { outputs: arnOf("internet-gateway"), unique: vpcOf }),
  "aws:ec2/egressOnlyInternetGateway:EgressOnlyInternetGateway": numbered("eigw"),
  "aws:ec2/eip:Eip": numbered("eipalloc", {
    outputs: birth => {
      const address = [52, ...[0, 2, 4].map(at => Number.parseInt(birth.hex(6, "public").slice(at, at + 2), 16))].join(".");
      return { ...arnOf("elastic-ip")(birth), allocationId: birth.id, publicIp: address };
    },
  }),
  "aws:ec2/natGateway:NatGateway": numbered("nat", { unique: ({ inputs }) => text(inputs.allocationId) }),
  "aws:ec2/routeTable:RouteTable": numbered("rtb", { outputs: arnOf("route-table") }),
  "aws:ec2/routeTableAssociation:RouteTableAssociation": numbered("rtbassoc", { unique: ({ inputs }) => text(inputs.subnetId) }),
  "aws:ec2/route:Route": {
    nameInput: null,
    id: birth => `r-${text(birth.inputs.routeTableId)}${crc32(destinationOf(birth))}`,
  },
  "aws:ec2/networkAcl:NetworkAcl": numbered("acl", { outputs: arnOf("network-acl") }),
  "aws:ec2/networkAclAssociation:NetworkAclAssociation": numbered("aclassoc"),
  "aws:ec2/networkAclRule:NetworkAclRule": {
    nameInput: null,
    id: ({ hex }) => `nacl-${Number.parseInt(hex(8), 16)}`,
    unique: ({ inputs }) => `${text(inputs.networkAclId)} ${inputs.egress === true ? "out" : "in"} ${inputs.ruleNumber}`,
  },
  "aws:ec2/flowLog:FlowLog": numbered("fl", {
    outputs: arnOf("vpc-flow-log"),
    unique: ({ inputs }) =>
      ["vpcId", "trafficType", "logDestination", "iamRoleArn", "maxAggregationInterval"].map(key => inputs[key]).join(" "),
  }),
  "aws:ec2/vpcEndpoint:VpcEndpoint": numbered("vpce", {
    outputs: birth => ({ ...arnOf("vpc-endpoint")(birth), ...doorOf(birth) }),
    // Two gateways would bring the same route into a table, two interfaces the same private name.
    unique: birth => `${vpcOf(birth)} ${text(birth.inputs.vpcEndpointType)} ${text(birth.inputs.serviceName)}`,
  }),
};

/** Addresses of a service on the private path: the list is AWS' own, whether an endpoint exists or not. */
function doorOf(birth: Birth & { readonly id: string }): Readonly<Record<string, unknown>> {
  const { serviceName, vpcEndpointType, subnetIds } = birth.inputs;
  if (vpcEndpointType !== "Interface") return { prefixListId: `pl-${crc32(text(serviceName)).toString(16).padStart(8, "0")}` };
  const host = `${birth.id}-${birth.hex(8, "host")}.${text(serviceName).split(".").at(-1)}.${regionOf(birth)}.vpce.amazonaws.com`;
  return {
    dnsEntries: [{ dnsName: host, hostedZoneId: "Z7HUB22UULQXV" }],
    networkInterfaceIds: (Array.isArray(subnetIds) ? subnetIds : []).map(subnet => `eni-${birth.hex(17, text(subnet))}`),
  };
}

/** What a rule says: the second one that says the same is refused. */
const said = ({ inputs }: Birth): string =>
  ["securityGroupId", "ipProtocol", "fromPort", "toPort", "cidrIpv4", "cidrIpv6", "prefixListId", "referencedSecurityGroupId"]
    .map(key => inputs[key] ?? "")
    .join(" ");

const rule = numbered("sgr", {
  outputs: birth => ({ ...arnOf("security-group-rule")(birth), securityGroupRuleId: birth.id }),
  unique: said,
});

const groups: Kinds = {
  "aws:ec2/securityGroup:SecurityGroup": {
    nameInput: "name",
    id: ({ hex }) => `sg-${hex(17)}`,
    outputs: arnOf("security-group"),
    unique: birth => `${vpcOf(birth)} ${birth.name}`,
  },
  "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup": {
    nameInput: null,
    id: birth => vpcOf(birth).replace(/^vpc-/, "sg-"), // AWS made it with the network; the provider only takes it over
    outputs: birth => ({ ...arnOf("security-group")(birth), name: "default", description: "default VPC security group" }),
  },
  "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule": rule,
  "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule": rule,
};

export const vpc: Kinds = { ...network, ...groups };
