/** How each kind of resource says which groups it carries, in which subnets it stands and whether it asks for a public address. */
import type { PlannedResource } from "../../cli/planner/model.ts";
import { at, type Inventory, roleOf, rowsOf, textOf } from "../values.ts";
import { onlyOf } from "./network.ts";
import { endpointType } from "./rules.ts";
import { clientEndpoint, doorsOf, vpnEnd } from "./vpn.ts";

/** An entry is meant to be found from the internet; data is what the laws protect most. */
export type Kind = "host" | "data" | "endpoint" | "entry";

/** What differs from one kind of carrier to the next. */
export interface Carried {
  readonly kind: Kind;
  readonly end?: string | undefined;
  readonly groups: unknown;
  readonly subnets: unknown;
  /** Whether it asks for a public address; undefined leaves it to the subnet. */
  readonly isPublic: boolean | undefined;
  readonly sixth: "subnet" | boolean;
  /** Whether gateways to the internet pass it by even so: AWS shuts private balancers off, whose IPv6 addresses are public ones. */
  readonly inner?: boolean;
}

export type Carrier = (resource: PlannedResource, inventory: Inventory) => Carried;

export const launchTemplate = "aws:ec2/launchTemplate:LaunchTemplate";
const subnetGroups = ["aws:rds/subnetGroup:SubnetGroup", "aws:elasticache/subnetGroup:SubnetGroup"] as const;
const rdsInstance = "aws:rds/instance:Instance";
const rdsCluster = "aws:rds/cluster:Cluster";
const ipv6Types: readonly unknown[] = ["DUAL", "ipv6", "dual_stack", "dualstack", "dualstack-without-public-ipv4"];

/** In templates flags are texts. */
const flag = (value: unknown): boolean | undefined => (value === undefined || value === null ? undefined : String(value) === "true");

/** A launch template fills in what an instance or a group of instances leaves open. */
const templateOf = (inventory: Inventory, value: unknown): Readonly<Record<string, unknown>> =>
  onlyOf(inventory, value, launchTemplate)?.inputs ?? {};

function fromTemplate(template: Readonly<Record<string, unknown>>) {
  const cards = rowsOf(template.networkInterfaces);
  const asked = cards.map(card => flag(card.associatePublicIpAddress));
  const instanceTags = rowsOf(template.tagSpecifications).find(row => row.resourceType === "instance");
  const refused = asked.length > 0 && asked.every(wish => wish === false) ? false : undefined;
  return {
    end: textOf(at(instanceTags, "tags", "role")),
    groups: [template.vpcSecurityGroupIds, cards.map(card => card.securityGroups)],
    subnets: cards.map(card => card.subnetId),
    isPublic: asked.includes(true) ? true : refused,
  };
}

const instance: Carrier = (resource, inventory) => {
  const { inputs } = resource;
  const template = fromTemplate(templateOf(inventory, inputs.launchTemplate));
  return {
    kind: "host",
    end: roleOf(resource) ?? template.end,
    groups: inputs.vpcSecurityGroupIds ?? template.groups,
    subnets: inputs.subnetId ?? template.subnets,
    isPublic: flag(inputs.associatePublicIpAddress) ?? template.isPublic,
    sixth: "subnet",
  };
};

const scalingGroup: Carrier = ({ inputs }, inventory) => {
  const used = [inputs.launchTemplate, at(inputs.mixedInstancesPolicy, "launchTemplate")];
  const template = fromTemplate(templateOf(inventory, used));
  const role = rowsOf(inputs.tags).find(tag => tag.key === "role" && tag.propagateAtLaunch !== false);
  return {
    kind: "host",
    end: textOf(role?.value) ?? template.end,
    groups: template.groups,
    subnets: inputs.vpcZoneIdentifiers ?? template.subnets,
    isPublic: template.isPublic,
    sixth: "subnet",
  };
};

/** A replica in its source's region stands in its source's subnets. */
function subnetsOfDatabase({ inputs }: PlannedResource, inventory: Inventory): unknown {
  const group = onlyOf(inventory, inputs.dbSubnetGroupName, ...subnetGroups);
  if (group) return group.inputs.subnetIds;
  const source = onlyOf(inventory, [inputs.replicateSourceDb, inputs.clusterIdentifier], rdsInstance, rdsCluster);
  return source ? subnetsOfDatabase(source, inventory) : undefined;
}

const database: Carrier = (resource, inventory) => ({
  kind: "data",
  groups:
    resource.inputs.vpcSecurityGroupIds ?? onlyOf(inventory, resource.inputs.clusterIdentifier, rdsCluster)?.inputs.vpcSecurityGroupIds,
  subnets: subnetsOfDatabase(resource, inventory),
  isPublic: flag(resource.inputs.publiclyAccessible) === true,
  sixth: ipv6Types.includes(resource.inputs.networkType),
});

const proxy: Carrier = ({ inputs }) => ({
  kind: "data",
  groups: inputs.vpcSecurityGroupIds,
  subnets: inputs.vpcSubnetIds,
  isPublic: false,
  sixth: inputs.endpointNetworkType === "DUAL" || inputs.endpointNetworkType === "IPV6",
});

const cache: Carrier = ({ inputs }, inventory) => ({
  kind: "data",
  groups: inputs.securityGroupIds,
  subnets: [onlyOf(inventory, inputs.subnetGroupName, ...subnetGroups)?.inputs.subnetIds, inputs.subnetIds],
  isPublic: false,
  sixth: ipv6Types.includes(inputs.networkType),
});

const endpoint: Carrier = ({ inputs }) => ({
  kind: "endpoint",
  end: /\.s3$/.test(textOf(inputs.serviceName) ?? "") ? "store" : "endpoints",
  groups: inputs.securityGroupIds,
  subnets: inputs.subnetIds,
  isPublic: false,
  sixth: inputs.ipAddressType === "ipv6" || inputs.ipAddressType === "dualstack",
});

const balancer: Carrier = ({ inputs }) => ({
  kind: "entry",
  groups: inputs.securityGroups,
  subnets: [inputs.subnets, rowsOf(inputs.subnetMappings).map(row => row.subnetId)],
  isPublic: flag(inputs.internal) !== true,
  inner: flag(inputs.internal) === true,
  sixth: ipv6Types.includes(inputs.ipAddressType),
});

/** Clients leave by the endpoint's own cards, one in each of its subnets, with public addresses where the subnet has a way out. */
const clients: Carrier = (resource, inventory) => ({
  kind: "entry",
  end: vpnEnd,
  groups: resource.inputs.securityGroupIds,
  subnets: doorsOf(inventory, resource).map(door => door.inputs.subnetId),
  isPublic: true,
  sixth: false,
});

/** Anything else that names a security group: better a coarse reading than a door nobody looks at. */
export const anything: Carrier = ({ inputs }) => ({ kind: "host", groups: inputs, subnets: inputs, isPublic: undefined, sixth: "subnet" });

export const carriers: Readonly<Record<string, Carrier>> = {
  "aws:ec2/instance:Instance": instance,
  "aws:autoscaling/group:Group": scalingGroup,
  [rdsInstance]: database,
  [rdsCluster]: database,
  "aws:rds/clusterInstance:ClusterInstance": database,
  "aws:rds/proxy:Proxy": proxy,
  "aws:elasticache/replicationGroup:ReplicationGroup": cache,
  "aws:elasticache/cluster:Cluster": cache,
  "aws:elasticache/serverlessCache:ServerlessCache": cache,
  [endpointType]: endpoint,
  "aws:lb/loadBalancer:LoadBalancer": balancer,
  "aws:alb/loadBalancer:LoadBalancer": balancer,
  [clientEndpoint]: clients,
};
