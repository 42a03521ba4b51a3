/** A small platform on AWS, written by hand as planned resources: two networks, three tiers, a host, a database, two ways out. */
import type { PlannedResource } from "../../cli/planner/model.ts";
import { plainOptions } from "./plainOptions.ts";

export type Inputs = Readonly<Record<string, unknown>>;
/** By name: a resource of its own, new inputs of a known one, or null to take it away. */
export type Changes = Readonly<Record<string, readonly [type: string, inputs: Inputs] | Inputs | null>>;

const urn = (name: string, type: string): string => `urn:pulumi:prod::strata::${type}::${name}`;

const shortTypes: Readonly<Record<string, string>> = {
  provider: "pulumi:providers:aws",
  vpc: "aws:ec2/vpc:Vpc",
  subnet: "aws:ec2/subnet:Subnet",
  table: "aws:ec2/routeTable:RouteTable",
  mainTable: "aws:ec2/defaultRouteTable:DefaultRouteTable",
  association: "aws:ec2/routeTableAssociation:RouteTableAssociation",
  route: "aws:ec2/route:Route",
  gateway: "aws:ec2/internetGateway:InternetGateway",
  outbound6: "aws:ec2/egressOnlyInternetGateway:EgressOnlyInternetGateway",
  nat: "aws:ec2/natGateway:NatGateway",
  address: "aws:ec2/eip:Eip",
  endpoint: "aws:ec2/vpcEndpoint:VpcEndpoint",
  peering: "aws:ec2/vpcPeeringConnection:VpcPeeringConnection",
  transit: "aws:ec2transitgateway/transitGateway:TransitGateway",
  attachment: "aws:ec2transitgateway/vpcAttachment:VpcAttachment",
  group: "aws:ec2/securityGroup:SecurityGroup",
  defaultGroup: "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup",
  ingress: "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule",
  egress: "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule",
  olderRule: "aws:ec2/securityGroupRule:SecurityGroupRule",
  acl: "aws:ec2/networkAcl:NetworkAcl",
  aclRule: "aws:ec2/networkAclRule:NetworkAclRule",
  aclAssociation: "aws:ec2/networkAclAssociation:NetworkAclAssociation",
  prefixes: "aws:ec2/managedPrefixList:ManagedPrefixList",
  template: "aws:ec2/launchTemplate:LaunchTemplate",
  instance: "aws:ec2/instance:Instance",
  hosts: "aws:autoscaling/group:Group",
  database: "aws:rds/instance:Instance",
  databaseSubnets: "aws:rds/subnetGroup:SubnetGroup",
  proxy: "aws:rds/proxy:Proxy",
  cache: "aws:elasticache/replicationGroup:ReplicationGroup",
  cacheSubnets: "aws:elasticache/subnetGroup:SubnetGroup",
  balancer: "aws:lb/loadBalancer:LoadBalancer",
  listener: "aws:lb/listener:Listener",
  listenerRule: "aws:lb/listenerRule:ListenerRule",
  pool: "aws:lb/targetGroup:TargetGroup",
  target: "aws:lb/targetGroupAttachment:TargetGroupAttachment",
  join: "aws:autoscaling/attachment:Attachment",
  distribution: "aws:cloudfront/distribution:Distribution",
  vpcOrigin: "aws:cloudfront/vpcOrigin:VpcOrigin",
  originAccess: "aws:cloudfront/originAccessControl:OriginAccessControl",
  record: "aws:route53/record:Record",
  bucketPolicy: "aws:s3/bucketPolicy:BucketPolicy",
  clients: "aws:ec2clientvpn/endpoint:Endpoint",
  clientDoor: "aws:ec2clientvpn/networkAssociation:NetworkAssociation",
  clientRight: "aws:ec2clientvpn/authorizationRule:AuthorizationRule",
  clientRoute: "aws:ec2clientvpn/route:Route",
  tunnels: "aws:ec2/vpnConnection:VpnConnection",
  otherEnd: "aws:ec2/customerGateway:CustomerGateway",
  function: "aws:lambda/function:Function",
  bucket: "aws:s3/bucket:Bucket",
  closed: "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock",
};

/** `$name` stands for a reference to that resource, as `type:name` in the ground's own short types. */
const ground: Readonly<Record<string, readonly [type: string, inputs: Inputs]>> = {
  cloud: ["provider", { region: "us-east-1" }],
  net: ["vpc", { cidrBlock: "10.0.0.0/16" }],
  "net-gateway": ["gateway", { vpcId: "$net" }],
  "public-a": ["subnet", { vpcId: "$net", cidrBlock: "10.0.1.0/24", mapPublicIpOnLaunch: false }],
  "app-a": ["subnet", { vpcId: "$net", cidrBlock: "10.0.10.0/24", mapPublicIpOnLaunch: false }],
  "data-a": ["subnet", { vpcId: "$net", cidrBlock: "10.0.20.0/24", mapPublicIpOnLaunch: false, tags: { tier: "data" } }],
  "table-public": ["table", { vpcId: "$net" }],
  "table-app": ["table", { vpcId: "$net" }],
  "table-data": ["table", { vpcId: "$net" }],
  "in-public": ["association", { subnetId: "$public-a", routeTableId: "$table-public" }],
  "in-app": ["association", { subnetId: "$app-a", routeTableId: "$table-app" }],
  "in-data": ["association", { subnetId: "$data-a", routeTableId: "$table-data" }],
  "route-public": ["route", { routeTableId: "$table-public", destinationCidrBlock: "0.0.0.0/0", gatewayId: "$net-gateway" }],
  "route-app": ["route", { routeTableId: "$table-app", destinationCidrBlock: "0.0.0.0/0", natGatewayId: "$nat-a" }],
  "address-a": ["address", { domain: "vpc" }],
  "nat-a": ["nat", { subnetId: "$public-a", allocationId: "$address-a" }],
  "group-api": ["group", { vpcId: "$net" }],
  "group-db": ["group", { vpcId: "$net" }],
  "group-endpoints": ["group", { vpcId: "$net" }],
  api: ["instance", { subnetId: "$app-a", vpcSecurityGroupIds: ["$group-api"], associatePublicIpAddress: false, tags: { role: "api" } }],
  "db-subnets": ["databaseSubnets", { subnetIds: ["$data-a"] }],
  db: [
    "database",
    { dbSubnetGroupName: "$db-subnets", vpcSecurityGroupIds: ["$group-db"], publiclyAccessible: false, port: 5432, tags: { role: "db" } },
  ],
  s3: ["endpoint", { vpcEndpointType: "Gateway", serviceName: "com.amazonaws.us-east-1.s3", routeTableIds: ["$table-app"], vpcId: "$net" }],
  logs: [
    "endpoint",
    {
      vpcEndpointType: "Interface",
      serviceName: "com.amazonaws.us-east-1.logs",
      subnetIds: ["$data-a"],
      securityGroupIds: ["$group-endpoints"],
      vpcId: "$net",
    },
  ],
  "api-db": [
    "egress",
    { securityGroupId: "$group-api", referencedSecurityGroupId: "$group-db", ipProtocol: "tcp", fromPort: 5432, toPort: 5432 },
  ],
  "db-api": [
    "ingress",
    { securityGroupId: "$group-db", referencedSecurityGroupId: "$group-api", ipProtocol: "tcp", fromPort: 5432, toPort: 5432 },
  ],
  "api-internet": ["egress", { securityGroupId: "$group-api", cidrIpv4: "0.0.0.0/0", ipProtocol: "tcp", fromPort: 443, toPort: 443 }],
};

function pointed(value: unknown, urns: ReadonlyMap<string, string>): unknown {
  if (typeof value === "string" && value.startsWith("$")) {
    const from = urns.get(value.slice(1));
    if (from === undefined) throw new Error(`no resource ${value}`);
    return { unknown: true, from: [from] };
  }
  if (Array.isArray(value)) return value.map(member => pointed(member, urns));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, pointed(member, urns)]));
}

const isMade = (change: Changes[string]): change is readonly [type: string, inputs: Inputs] => Array.isArray(change);

/** The ground with changes; what is changed keeps the inputs that the change does not name. */
export function awsGround(changes: Changes = {}): readonly PlannedResource[] {
  const all = new Map(Object.entries(ground));
  for (const [name, change] of Object.entries(changes)) {
    const known = all.get(name);
    if (change === null) all.delete(name);
    else if (isMade(change)) all.set(name, change);
    else if (known) all.set(name, [known[0], { ...known[1], ...change }]);
    else throw new Error(`no resource ${name} to change`);
  }
  const types = new Map([...all].map(([name, [type]]) => [name, shortTypes[type] ?? type]));
  const urns = new Map([...types].map(([name, type]) => [name, urn(name, type)]));
  return [...all].map(([name, [, inputs]]) => ({
    urn: urns.get(name) ?? "",
    type: types.get(name) ?? "",
    name,
    parent: null,
    provider: null,
    custom: true,
    inputs: Object.fromEntries(Object.entries(inputs).map(([key, value]) => [key, pointed(value, urns)])),
    dependencies: [],
    options: plainOptions,
  }));
}
