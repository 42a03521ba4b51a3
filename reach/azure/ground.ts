/** The ground of Azure's plan: networks, and their subnets with routes and ways out. */
import type { PlannedResource } from "../../cli/planner/model.ts";
import type { Reach } from "../model.ts";
import { type Range, rangeOf } from "../ranges.ts";
import { at, flagOf, type Inventory, listOf, ReadFault, referred, rowsOf, textOf, textsOf } from "../values.ts";

export interface Network {
  readonly urn: string;
  readonly place: Reach["place"];
  readonly ranges: readonly Range[];
  /** Networks that are joined to it from both sides. */
  readonly joined: readonly Network[];
}

export interface Route {
  readonly range: Range;
  /** `None`, `Internet`, `VirtualAppliance`, `VirtualNetworkGateway` or `VnetLocal`. */
  readonly hop: string;
}

export interface Subnet {
  readonly name: string;
  readonly network: Network;
  readonly ranges: readonly Range[];
  readonly routes: readonly Route[];
  /** Whether a gateway's routes reach the subnet beside its own. */
  readonly learnsRoutes: boolean;
  /** URN of its security group. */
  readonly filter: string | null;
  /** Name of a NAT gateway that has an address. */
  readonly nat: string | null;
  /** Whether Azure lends an address to who has none: what a subnet does unless it was told not to when it was made. */
  readonly lendsAddress: boolean;
  /** Whether the security group and the routes count for private endpoints; they do not unless it is said. */
  readonly filtersEndpoints: boolean;
  readonly routesEndpoints: boolean;
}

/**
 * Resources of one type that a value hangs on, planned here or not: a property's references name all that any part of it needs,
 * so they tell a subnet from a group by type alone.
 */
export const urnsOf = (value: unknown, type: string): readonly string[] =>
  referred(value).filter(urn => urn.split("$").at(-1)?.split("::").at(-2) === type);

export const nameOf = (urn: string): string => urn.slice(urn.lastIndexOf("::") + 2);

/** What Azure says in the singular or the plural. */
export const eitherOf = (fields: Readonly<Record<string, unknown>>, one: string, many: string): readonly string[] => [
  ...textsOf(fields[one]),
  ...textsOf(fields[many]),
];

export const rangesIn = (texts: readonly string[]): readonly Range[] => texts.map(rangeOf).filter(range => range !== undefined);

function networksOf(inventory: Inventory): readonly Network[] {
  const planned = inventory.ofType("azure-native:network:VirtualNetwork");
  const home = planned[0]?.inputs.location; // the second region's is made later
  const ways = new Set(
    inventory
      .ofType("azure-native:network:VirtualNetworkPeering")
      .filter(({ inputs }) => flagOf(inputs.allowVirtualNetworkAccess) !== false)
      .flatMap(({ inputs }) => {
        const [from] = urnsOf(inputs.virtualNetworkName, "azure-native:network:VirtualNetwork");
        const [to] = urnsOf(inputs.remoteVirtualNetwork, "azure-native:network:VirtualNetwork");
        return [`${from} ${to}`];
      }),
  );
  const networks = planned.map(({ urn, inputs }) => {
    const place: Network["place"] = inputs.location === home ? "primary" : "secondary";
    const joined: Network[] = []; // filled below, since networks name each other
    return { urn, place, ranges: rangesIn(textsOf(at(inputs, "addressSpace", "addressPrefixes"))), joined };
  });
  for (const one of networks) {
    one.joined.push(...networks.filter(other => ways.has(`${one.urn} ${other.urn}`) && ways.has(`${other.urn} ${one.urn}`)));
  }
  return networks;
}

function routesOf(inventory: Inventory, table: PlannedResource): readonly Route[] {
  const own = inventory
    .ofType("azure-native:network:Route")
    .filter(({ inputs }) => referred(inputs.routeTableName).includes(table.urn))
    .map(({ inputs }) => inputs);
  return [...rowsOf(table.inputs.routes), ...own].map(route => {
    const range = rangeOf(textOf(route.addressPrefix) ?? "");
    const hop = textOf(route.nextHopType);
    if (!range || !hop) throw new ReadFault(table, "a route needs an address range and a next hop that the plan knows");
    return { range, hop };
  });
}

function subnetOf(inventory: Inventory, networks: readonly Network[], planned: PlannedResource): Subnet {
  const { inputs, name } = planned;
  const [home] = urnsOf(inputs.virtualNetworkName, "azure-native:network:VirtualNetwork");
  const network = networks.find(one => one.urn === home);
  const ranges = rangesIn(eitherOf(inputs, "addressPrefix", "addressPrefixes"));
  if (!network || ranges.length === 0) throw new ReadFault(planned, "a subnet needs a network of the plan and a range that the plan knows");
  const tables = inventory.referredOf(inputs.routeTable, "azure-native:network:RouteTable");
  const gateway = inventory
    .referredOf(inputs.natGateway, "azure-native:network:NatGateway")
    .find(nat => listOf(nat.inputs.publicIpAddresses).length + listOf(nat.inputs.publicIpPrefixes).length > 0);
  const policies = textOf(inputs.privateEndpointNetworkPolicies) ?? "Disabled";
  return {
    name,
    network,
    ranges,
    routes: tables.flatMap(table => routesOf(inventory, table)),
    learnsRoutes: !tables.some(table => flagOf(table.inputs.disableBgpRoutePropagation) === true),
    filter: urnsOf(inputs.networkSecurityGroup, "azure-native:network:NetworkSecurityGroup")[0] ?? null,
    nat: gateway?.name ?? null,
    lendsAddress: flagOf(inputs.defaultOutboundAccess) !== false,
    filtersEndpoints: policies === "Enabled" || policies === "NetworkSecurityGroupEnabled",
    routesEndpoints: policies === "Enabled" || policies === "RouteTableEnabled",
  };
}

export interface Ground {
  readonly networks: readonly Network[];
  /** By URN. */
  readonly subnets: ReadonlyMap<string, Subnet>;
}

export function groundOf(inventory: Inventory): Ground {
  const networks = networksOf(inventory);
  const planned = inventory.ofType("azure-native:network:Subnet");
  return { networks, subnets: new Map(planned.map(one => [one.urn, subnetOf(inventory, networks, one)])) };
}
