/** Networks of AWS as planned: subnets, what their route tables send where, and the gateways behind them. */
import type { PlannedResource } from "../../cli/planner/model.ts";
import { contains, isEverywhere, isPrivate, overlaps, type Range, rangeOf } from "../ranges.ts";
import { flagOf, type Inventory, isUnknown, listOf, ReadFault, rowsOf, textOf } from "../values.ts";
import { type Filter, filtersOf } from "./acl.ts";

export type Family = 4 | 6;
export const families = [4, 6] as const satisfies readonly Family[];

export interface Subnet {
  readonly urn: string;
  readonly name: string;
  readonly vpc: string;
  readonly region: string | undefined;
  /** None where the subnet has no addresses of that family. */
  readonly ranges: Readonly<Record<Family, Range | undefined>>;
  /** Whether whatever starts here gets a public address unless it says otherwise. */
  readonly handsOutPublic: boolean;
  /** The same of IPv6 addresses. */
  readonly handsOutSixth: boolean;
  readonly isData: boolean;
  /** Its own route table or its network's main one; none where the network's is not planned: then only local routes hold. */
  readonly table: string | undefined;
  readonly routes: readonly Route[];
  readonly filter: Filter;
}

export interface Route {
  readonly name: string;
  readonly table: string;
  readonly destination: Range;
  /** Inputs that name the next hop. */
  readonly hop: Readonly<Record<string, unknown>>;
}

/** What AWS chooses for a subnet whose IPv6 range only a deploy will know: some part of the global unicast space. */
const chosenByAws = rangeOf("2000::/3");

export const types = {
  subnet: "aws:ec2/subnet:Subnet",
  vpc: "aws:ec2/vpc:Vpc",
  table: "aws:ec2/routeTable:RouteTable",
  mainTable: "aws:ec2/defaultRouteTable:DefaultRouteTable",
} as const;

/** The one resource of a type that a property hangs on. */
export function onlyOf(inventory: Inventory, value: unknown, ...wanted: readonly string[]): PlannedResource | undefined {
  return inventory.referredOf(value, ...wanted).at(0);
}

function routeOf(name: string, table: string, hop: Readonly<Record<string, unknown>>, resource: PlannedResource): Route | undefined {
  const written = [hop.destinationCidrBlock, hop.destinationIpv6CidrBlock, hop.cidrBlock, hop.ipv6CidrBlock].find(
    value => value !== undefined && value !== null,
  );
  const text = textOf(written);
  const destination = text === undefined ? undefined : rangeOf(text);
  if (destination) return { name, table, destination, hop };
  // A list of ranges that AWS keeps leads to an endpoint of its own, never to the internet.
  if (written === undefined) return undefined;
  throw new ReadFault(resource, "a route whose destination is no range");
}

function routesOf(inventory: Inventory): ReadonlyMap<string, readonly Route[]> {
  const found: (Route | undefined)[] = [];
  for (const resource of inventory.ofType("aws:ec2/route:Route")) {
    const table = onlyOf(inventory, resource.inputs.routeTableId, types.table, types.mainTable, types.vpc);
    if (table) found.push(routeOf(resource.name, table.urn, resource.inputs, resource));
  }
  for (const resource of inventory.ofType(types.table, types.mainTable))
    for (const row of rowsOf(resource.inputs.routes)) found.push(routeOf(resource.name, resource.urn, row, resource));
  return Map.groupBy(
    found.filter(route => route !== undefined),
    route => route.table,
  );
}

/** Route table by subnet, and the main one by network. */
function tablesOf(inventory: Inventory): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  for (const { urn, inputs } of inventory.ofType(types.mainTable)) {
    for (const vpc of inventory.referredOf(inputs.defaultRouteTableId, types.vpc)) found.set(vpc.urn, urn);
  }
  for (const { inputs } of inventory.ofType("aws:ec2/mainRouteTableAssociation:MainRouteTableAssociation")) {
    const vpc = onlyOf(inventory, inputs.vpcId, types.vpc);
    const table = onlyOf(inventory, inputs.routeTableId, types.table);
    if (vpc && table) found.set(vpc.urn, table.urn);
  }
  for (const { inputs } of inventory.ofType("aws:ec2/routeTableAssociation:RouteTableAssociation")) {
    const subnet = onlyOf(inventory, inputs.subnetId, types.subnet);
    const table = onlyOf(inventory, inputs.routeTableId, types.table, types.mainTable);
    if (subnet && table) found.set(subnet.urn, table.urn);
  }
  return found;
}

/** Subnets by URN, each with its route table and its network ACL. */
export function subnetsOf(inventory: Inventory): ReadonlyMap<string, Subnet> {
  const tables = tablesOf(inventory);
  const routes = routesOf(inventory);
  const filters = filtersOf(inventory);
  return new Map(
    inventory.ofType(types.subnet).map(resource => {
      const { urn, name, inputs } = resource;
      const vpc = onlyOf(inventory, inputs.vpcId, types.vpc)?.urn ?? textOf(inputs.vpcId) ?? "";
      const range = textOf(inputs.cidrBlock);
      if (isUnknown(inputs.cidrBlock)) throw new ReadFault(resource, "its range is not known before a deploy");
      const table = tables.get(urn) ?? tables.get(vpc);
      const subnet: Subnet = {
        urn,
        name,
        vpc,
        region: textOf(inputs.region),
        ranges: { 4: range === undefined ? undefined : rangeOf(range), 6: sixthOf(inputs.ipv6CidrBlock) },
        handsOutPublic: flagOf(inputs.mapPublicIpOnLaunch) === true,
        handsOutSixth: flagOf(inputs.assignIpv6AddressOnCreation) === true,
        isData: isDataTier(inputs.tags),
        table,
        // Routes of a network's own main table may hang on the network, where no resource stands for the table.
        routes: routes.get(table ?? vpc) ?? [],
        filter: filters.of(urn, vpc),
      };
      return [urn, subnet];
    }),
  );
}

const sixthOf = (value: unknown): Range | undefined => (isUnknown(value) ? chosenByAws : rangeOf(textOf(value) ?? ""));

const isDataTier = (tags: unknown): boolean => typeof tags === "object" && tags !== null && "tier" in tags && tags.tier === "data";

/** Ranges of the platform's networks. */
export const ownRanges = (inventory: Inventory): readonly Range[] =>
  inventory.ofType(types.vpc, "aws:ec2/vpcIpv4CidrBlockAssociation:VpcIpv4CidrBlockAssociation").flatMap(({ inputs }) => {
    const range = rangeOf(textOf(inputs.cidrBlock) ?? "");
    return range ? [range] : [];
  });

/**
 * Routes that packets to some address of the range may take: the narrowest that holds all of it, and all that hold a part.
 * For the internet that leaves out routes to private ranges, which are never a way there.
 */
export function routesTo(subnet: Subnet, destination: Range): readonly Route[] {
  const everywhere = isEverywhere(destination);
  const near = subnet.routes.filter(route => overlaps(route.destination, destination) && !(everywhere && isPrivate(route.destination)));
  const whole = near.filter(route => contains(route.destination, destination));
  const narrowest = whole.reduce<Route | undefined>(
    (best, route) => (best === undefined || contains(best.destination, route.destination) ? route : best),
    undefined,
  );
  return near.filter(route => route === narrowest || !contains(route.destination, destination));
}

/** Route tables that an endpoint of the gateway kind is put into. */
export const tablesOfEndpoint = (inventory: Inventory, endpoint: PlannedResource): ReadonlySet<string> =>
  new Set(
    [
      ...listOf(endpoint.inputs.routeTableIds),
      ...inventory
        .ofType("aws:ec2/vpcEndpointRouteTableAssociation:VpcEndpointRouteTableAssociation")
        .filter(({ inputs }) => inventory.referredOf(inputs.vpcEndpointId, endpoint.type).includes(endpoint))
        .map(({ inputs }) => inputs.routeTableId),
    ].flatMap(value => inventory.referredOf(value, types.table, types.mainTable).map(table => table.urn)),
  );
