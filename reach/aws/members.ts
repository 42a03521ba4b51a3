/** Who has a network interface: whatever carries a security group, with its subnets, its addresses and its name. */
import type { PlannedResource } from "../../cli/planner/model.ts";
import { type Inventory, roleOf, textOf } from "../values.ts";
import { anything, type Carried, carriers, type Kind, launchTemplate } from "./carriers.ts";
import { type Family, type Subnet, types } from "./network.ts";
import { endpointType, groupTypes, ruleTypes } from "./rules.ts";

export interface Member {
  readonly end: string;
  readonly resource: PlannedResource;
  readonly kind: Kind;
  readonly groups: ReadonlySet<string>;
  /** Ways that no group watches: a network balancer without one, or a network's own group that this plan does not close. */
  readonly unfiltered: { readonly ingress: boolean; readonly egress: boolean };
  readonly subnets: readonly Subnet[];
  readonly region: string | undefined;
  readonly speaks: (family: Family, subnet: Subnet) => boolean;
  /** Whether no gateway to the internet leads to it, whatever its addresses. */
  readonly inner: boolean;
  /** What gives it an address that the internet can reach; empty without one. */
  readonly publicBy: (subnet: Subnet) => readonly string[];
}

const isGateway = ({ type, inputs }: PlannedResource): boolean =>
  type === endpointType && (inputs.vpcEndpointType ?? "Gateway") === "Gateway";

export function membersOf(inventory: Inventory, subnets: ReadonlyMap<string, Subnet>): readonly Member[] {
  const addresses = addressesOf(inventory);
  const aside: ReadonlySet<string> = new Set([launchTemplate, ...ruleTypes]);
  return inventory.all
    .filter(resource => resource.custom && resource.type.startsWith("aws:") && !aside.has(resource.type) && !isGateway(resource))
    .filter(resource => carriers[resource.type] || inventory.referredOf(resource.inputs, ...groupTypes).length > 0)
    .map(resource => {
      const carried = (carriers[resource.type] ?? anything)(resource, inventory);
      const placed = inventory.referredOf(carried.subnets, types.subnet).flatMap(({ urn }) => subnets.get(urn) ?? []);
      return memberOf(resource, carried, placed, inventory, addresses.get(resource.urn) ?? []);
    });
}

function memberOf(
  resource: PlannedResource,
  { end, kind, groups, isPublic, sixth, inner = false }: Carried,
  subnets: readonly Subnet[],
  inventory: Inventory,
  addresses: readonly string[],
): Member {
  const named = inventory.referredOf(groups, ...groupTypes).map(group => group.urn);
  const bare = resource.inputs.loadBalancerType === "network";
  const carried = named.length > 0 || bare ? named : defaultGroups(inventory, subnets);
  const found = carried.length > 0;
  return {
    end: end ?? roleOf(resource) ?? resource.name,
    resource,
    kind,
    groups: new Set(carried),
    unfiltered: { ingress: bare && !found, egress: !found },
    subnets,
    inner,
    region: textOf(resource.inputs.region) ?? subnets.at(0)?.region,
    speaks: (family, subnet) =>
      (family === 4 || (sixth === "subnet" ? subnet.handsOutSixth : sixth)) && subnet.ranges[family] !== undefined,
    publicBy: subnet => {
      if (!(isPublic ?? subnet.handsOutPublic)) return addresses;
      return [...addresses, isPublic === undefined ? subnet.name : resource.name];
    },
  };
}

/** Whoever names no group gets its network's own. */
const defaultGroups = (inventory: Inventory, subnets: readonly Subnet[]): readonly string[] => {
  const vpcs = new Set(subnets.map(subnet => subnet.vpc));
  return inventory
    .ofType("aws:ec2/defaultSecurityGroup:DefaultSecurityGroup")
    .filter(group => inventory.referredOf(group.inputs.vpcId, types.vpc).some(vpc => vpcs.has(vpc.urn)))
    .map(group => group.urn);
};

/** Names of elastic addresses by the resource that they are tied to. */
function addressesOf(inventory: Inventory): ReadonlyMap<string, readonly string[]> {
  const tied = inventory.ofType("aws:ec2/eip:Eip", "aws:ec2/eipAssociation:EipAssociation").flatMap(({ name, inputs }) => {
    const { instance: host, networkInterface, instanceId, networkInterfaceId } = inputs;
    return inventory
      .referredOf(
        [host, networkInterface, instanceId, networkInterfaceId],
        "aws:ec2/instance:Instance",
        "aws:ec2/networkInterface:NetworkInterface",
      )
      .map(({ urn }) => ({ urn, name }));
  });
  return new Map([...Map.groupBy(tied, ({ urn }) => urn)].map(([urn, names]) => [urn, names.map(({ name }) => name)]));
}
