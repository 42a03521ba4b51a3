/** Network interfaces of Azure's plan: machines' own, those of scale sets, and private endpoints; and what services of Azure's own have like them. */
import type { PlannedResource } from "../../cli/planner/model.ts";
import type { Range } from "../ranges.ts";
import { at, type Inventory, listOf, ReadFault, referred, roleOf, rowsOf, textOf, textsOf } from "../values.ts";
import { nameOf, rangesIn, type Subnet, urnsOf } from "./ground.ts";

/** One address configuration of a network interface: Azure judges each family by itself. */
export interface Interface {
  /** Role, database, cache, `store` or `endpoints`. */
  readonly end: string;
  /** Name of the resource that owns it. */
  readonly name: string;
  readonly kind: "host" | "endpoint" | "service";
  readonly subnet: Subnet;
  readonly family: 4 | 6;
  /** Its address where it is fixed, else where its address will lie. */
  readonly ranges: readonly Range[];
  /** URNs of its application security groups. */
  readonly groups: ReadonlySet<string>;
  /** URN of a security group of its own. */
  readonly filter: string | null;
  /** Name of what gives it an address on the internet. */
  readonly publicAddress: string | null;
  /** Whether a subnet's lent address is for it: never for a flexible scale set. */
  readonly borrows: boolean;
  /** Pools of balancers that it answers for: what kind of balancer, and the pool's id. */
  readonly joins: readonly { readonly type: string; readonly id: unknown }[];
  /** Name of a balancer that lends it its own address for the way out. */
  readonly lentBy: string | null;
}

/** Whether the security group of its subnet is asked about it. */
export const isJudged = ({ kind, subnet }: Interface): boolean => kind !== "endpoint" || subnet.filtersEndpoints;

export type SubnetAt = (value: unknown, owner: PlannedResource) => Subnet;

/** References name the balancers of all pools, so the field alone tells of what kind a pool's is. */
const pools: Readonly<Record<string, string>> = {
  applicationGatewayBackendAddressPools: "azure-native:network:ApplicationGateway",
  loadBalancerBackendAddressPools: "azure-native:network:LoadBalancer",
};

/** Address configurations of an interface: a resource of its own, or a part of a scale set. */
function hostsOf(owner: PlannedResource, nic: Readonly<Record<string, unknown>>, subnetAt: SubnetAt): readonly Interface[] {
  return rowsOf(nic.ipConfigurations).map(settings => {
    const subnet = subnetAt(settings.subnet, owner);
    const family = settings.privateIPAddressVersion === "IPv6" ? 6 : 4;
    const fixed = rangesIn(textsOf(settings.privateIPAddress));
    const ranges = fixed.length > 0 ? fixed : subnet.ranges.filter(range => range.family === family);
    if (ranges.length === 0) throw new ReadFault(owner, `its subnet ${subnet.name} has no range for IPv${family}`);
    const [address] = urnsOf(settings.publicIPAddress, "azure-native:network:PublicIPAddress");
    const isPublic = settings.publicIPAddress !== undefined || settings.publicIPAddressConfiguration !== undefined;
    return {
      end: roleOf(owner) ?? owner.name,
      name: owner.name,
      kind: "host",
      subnet,
      family,
      ranges,
      groups: new Set(urnsOf(settings.applicationSecurityGroups, "azure-native:network:ApplicationSecurityGroup")),
      filter: urnsOf(nic.networkSecurityGroup, "azure-native:network:NetworkSecurityGroup")[0] ?? null,
      publicAddress: isPublic ? (address === undefined ? owner.name : nameOf(address)) : null,
      borrows: textOf(owner.inputs.orchestrationMode) !== "Flexible",
      joins: Object.entries(pools).flatMap(([key, type]) => rowsOf(settings[key]).map(({ id }) => ({ type, id }))),
      lentBy: null,
    };
  });
}

/** Whom a private endpoint answers for: the cloud's own services have one name each, a database or cache its role's. */
const services: Readonly<Record<string, string>> = {
  "azure-native:keyvault:Vault": "endpoints",
  "azure-native:storage:StorageAccount": "store",
};

function endpointOf(inventory: Inventory, planned: PlannedResource, subnetAt: SubnetAt): Interface {
  const { inputs, name } = planned;
  const connections = [...listOf(inputs.privateLinkServiceConnections), ...listOf(inputs.manualPrivateLinkServiceConnections)];
  const [service] = referred(connections).flatMap(urn => inventory.at(urn) ?? []);
  const subnet = subnetAt(inputs.subnet, planned);
  return {
    end: services[service?.type ?? ""] ?? (service && roleOf(service)) ?? roleOf(planned) ?? name,
    name,
    kind: "endpoint",
    subnet,
    family: 4,
    ranges: subnet.ranges.filter(range => range.family === 4),
    groups: new Set(urnsOf(inputs.applicationSecurityGroups, "azure-native:network:ApplicationSecurityGroup")),
    filter: null,
    publicAddress: null,
    borrows: false,
    joins: [],
    lentBy: null,
  };
}

/** A service of Azure's own in a subnet, such as a gateway, at one of its addresses or at any of the subnet's. */
export function serviceIn(subnet: Subnet, owner: PlannedResource, more: Pick<Interface, "end" | "family"> & Partial<Interface>): Interface {
  const ranges = subnet.ranges.filter(range => range.family === more.family);
  if (ranges.length === 0) throw new ReadFault(owner, `its subnet ${subnet.name} has no range for IPv${more.family}`);
  return {
    ...{ name: owner.name, kind: "service", subnet, ranges, groups: new Set(), filter: null, publicAddress: null },
    ...{ borrows: false, joins: [], lentBy: null, ...more },
  };
}

export const subnetAtOf =
  (subnets: ReadonlyMap<string, Subnet>): SubnetAt =>
  (value, owner) => {
    const [subnet] = urnsOf(value, "azure-native:network:Subnet").flatMap(urn => subnets.get(urn) ?? []);
    if (!subnet) throw new ReadFault(owner, "it stands in no subnet of the plan");
    return subnet;
  };

export function interfacesOf(inventory: Inventory, subnetAt: SubnetAt): readonly Interface[] {
  return [
    ...inventory.ofType("azure-native:network:NetworkInterface").flatMap(owner => hostsOf(owner, owner.inputs, subnetAt)),
    ...inventory.ofType("azure-native:compute:VirtualMachineScaleSet").flatMap(owner => {
      const profile = at(owner.inputs, "virtualMachineProfile", "networkProfile", "networkInterfaceConfigurations");
      return rowsOf(profile).flatMap(nic => hostsOf(owner, nic, subnetAt));
    }),
    ...inventory.ofType("azure-native:network:PrivateEndpoint").map(planned => endpointOf(inventory, planned, subnetAt)),
  ];
}
