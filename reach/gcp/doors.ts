/**
 * Doors of managed services: Private Service Connect endpoints (databases, Redis clusters, internal balancers, Google's APIs)
 * and addresses behind private services access. Ports are those that the service answers.
 */
import type { PlannedResource } from "../../cli/planner/model.ts";
import { every, type PortSet, portSet, union } from "../ports.ts";
import type { Range } from "../ranges.ts";
import { at, flagOf, ReadFault, rowsOf, textOf } from "../values.ts";
import { isEndpoint, rulePorts, ruleTypes } from "./fronts.ts";
import { type Ground, knownRange, subnetType } from "./ground.ts";
import { addressesOf, type Door, endOf, nothing, rangesOfAddress } from "./parties.ts";

export const sqlType = "gcp:sql/databaseInstance:DatabaseInstance";

const tcp = (...ports: readonly number[]): PortSet => union(...ports.map(port => portSet("tcp", [port, port])));

/** The engine's port, 3307 for the Auth Proxy and connectors, 6432 for managed pooling. From memory, not checked against a page of Google's. */
const enginePorts: readonly (readonly [prefix: string, serves: PortSet])[] = [
  ["POSTGRES", tcp(5432, 3307, 6432)],
  ["MYSQL", tcp(3306, 3307)],
  ["SQLSERVER", tcp(1433, 3307)],
];

export const sqlServes = (server: PlannedResource): PortSet =>
  enginePorts.find(([prefix]) => textOf(server.inputs.databaseVersion)?.startsWith(prefix))?.[1] ?? every;

/**
 * The discovery port and those of the nodes; clients of other regions come too
 * (https://docs.cloud.google.com/memorystore/docs/cluster/connect-cluster-instance, read 2026-11-21).
 */
const clusterServes = union(tcp(6379), portSet("tcp", [11_000, 13_047]));

/** Labels of a database server stand among its settings. */
export const sqlEnd = (server: PlannedResource): string => textOf(at(server.inputs, "settings", "userLabels", "role")) ?? endOf(server);

interface DoorParts {
  readonly ends?: readonly string[];
  readonly network: string;
  readonly region: string;
  readonly ranges: readonly Range[];
  readonly owners: readonly PlannedResource[];
  readonly serves: PortSet;
  readonly everyRegion: boolean;
  readonly throughPeering?: boolean;
  readonly through?: readonly string[];
}

function door(ground: Ground, resource: PlannedResource, parts: DoorParts): Door {
  return {
    ...parts,
    resource,
    ends: parts.ends ?? [endOf(resource)],
    place: ground.placeOf(parts.region),
    owners: new Set([resource, ...parts.owners].map(owner => owner.urn)),
    accounts: nothing,
    tags: nothing,
    throughPeering: parts.throughPeering ?? false,
    through: parts.through ?? [resource.name],
  };
}

const googleApis = new Set(["all-apis", "vpc-sc"]);

function servedBy(ground: Ground, rule: PlannedResource): PortSet {
  const server = ground.inventory.referredOf(rule.inputs.target, sqlType)[0];
  return server ? sqlServes(server) : isEndpoint(rule) ? every : rulePorts(rule);
}

/** Endpoints and internal balancers: what a forwarding rule puts at an address of the network. */
function forwarded(ground: Ground, rule: PlannedResource): Door {
  const { ipAddress, network, subnetwork, region, target, allowPscGlobalAccess, allowGlobalAccess } = rule.inputs;
  const addresses = addressesOf(ground.inventory, ipAddress);
  const subnets = ground.inventory.referredOf([subnetwork, addresses.map(address => address.inputs.subnetwork)], subnetType);
  const fixed = textOf(ipAddress);
  const inSubnets = subnets.flatMap(subnet => ground.subnets.get(subnet.urn)?.ranges ?? []).filter(range => range.family === 4);
  const ranges =
    fixed !== undefined
      ? [knownRange(rule, fixed)]
      : addresses.length > 0
        ? addresses.flatMap(one => rangesOfAddress(ground, one))
        : inSubnets;
  if (ranges.length === 0) throw new ReadFault(rule, "at no address that the plan knows");
  const home = network ?? subnets[0]?.inputs.network;
  const apis = googleApis.has(textOf(target) ?? "");
  return door(ground, rule, {
    ...(apis ? { ends: ["endpoints", "store"] } : {}),
    network: ground.networkOf(rule, home),
    region: textOf(region) ?? "",
    ranges,
    owners: addresses,
    serves: apis ? tcp(443) : servedBy(ground, rule),
    throughPeering: !isEndpoint(rule),
    everyRegion: apis || flagOf(isEndpoint(rule) ? allowPscGlobalAccess : allowGlobalAccess) === true,
  });
}

/** Redis and Valkey clusters get their endpoints from a policy of the network and region; without one they have none. */
function clusterDoors(ground: Ground, cluster: PlannedResource, serviceClass: string, wanted: unknown): readonly Door[] {
  return rowsOf(wanted).flatMap(row => {
    const network = ground.networkOf(cluster, row.network);
    const region = textOf(cluster.inputs.region) ?? textOf(cluster.inputs.location) ?? "";
    const policies = ground.inventory
      .ofType("gcp:networkconnectivity/serviceConnectionPolicy:ServiceConnectionPolicy")
      .filter(({ inputs }) => inputs.serviceClass === serviceClass && inputs.location === region)
      .filter(policy => ground.networkOf(policy, policy.inputs.network) === network);
    if (policies.length === 0) return [];
    const subnets = policies.flatMap(policy => ground.inventory.referredOf(at(policy.inputs, "pscConfig", "subnetworks"), subnetType));
    const ranges = subnets.flatMap(subnet => ground.subnets.get(subnet.urn)?.ranges ?? []).filter(range => range.family === 4);
    const through = [cluster, ...policies].map(resource => resource.name);
    return [door(ground, cluster, { network, region, ranges, owners: [], serves: clusterServes, everyRegion: true, through })];
  });
}

interface Services {
  readonly names: readonly string[];
  readonly ranges: readonly Range[];
}

/** Private services access of a network: a peering with Google, and the ranges given to it. */
function servicesOf(ground: Ground, network: string): Services | undefined {
  const found = ground.inventory
    .ofType("gcp:servicenetworking/connection:Connection")
    .filter(connection => ground.networkOf(connection, connection.inputs.network) === network);
  if (found.length === 0) return undefined;
  const reserved = addressesOf(
    ground.inventory,
    found.map(connection => connection.inputs.reservedPeeringRanges),
  );
  return { names: found.map(one => one.name), ranges: reserved.flatMap(address => rangesOfAddress(ground, address)) };
}

interface Behind {
  readonly network: string;
  readonly serves: PortSet;
  readonly role: string;
  /** The part of the ranges that it asked for. */
  readonly range: unknown;
}

function behindServices(ground: Ground, resource: PlannedResource, { network, serves, role, range }: Behind): readonly Door[] {
  const services = servicesOf(ground, network);
  if (!services) return [];
  const asked = addressesOf(ground.inventory, range);
  const ranges = asked.length > 0 ? asked.flatMap(address => rangesOfAddress(ground, address)) : services.ranges;
  const region = textOf(resource.inputs.region) ?? "";
  const through = [resource.name, ...services.names];
  return [door(ground, resource, { ends: [role], network, region, ranges, owners: [], serves, everyRegion: true, through })];
}

function redisDoors(ground: Ground, instance: PlannedResource): readonly Door[] {
  const { authorizedNetwork, connectMode, reservedIpRange, transitEncryptionMode, region } = instance.inputs;
  const network = ground.networkOf(instance, authorizedNetwork ?? "default");
  const serves = tcp(transitEncryptionMode === "SERVER_AUTHENTICATION" ? 6378 : 6379);
  if (connectMode === "PRIVATE_SERVICE_ACCESS")
    return behindServices(ground, instance, { network, serves, role: endOf(instance), range: reservedIpRange });
  // Without a wish Google picks a free range of these.
  const ranges = [knownRange(instance, textOf(reservedIpRange) ?? "10.0.0.0/8")];
  return [door(ground, instance, { network, region: textOf(region) ?? "", ranges, owners: [], serves, everyRegion: true })];
}

function sqlDoors(ground: Ground, server: PlannedResource): readonly Door[] {
  const wanted = at(server.inputs, "settings", "ipConfiguration", "privateNetwork");
  if (wanted === undefined) return [];
  return behindServices(ground, server, {
    network: ground.networkOf(server, wanted),
    serves: sqlServes(server),
    role: sqlEnd(server),
    range: undefined,
  });
}

export function doorsOf(ground: Ground): readonly Door[] {
  const { ofType } = ground.inventory;
  const local = ofType(...ruleTypes).filter(rule => isEndpoint(rule) || textOf(rule.inputs.loadBalancingScheme)?.startsWith("INTERNAL"));
  return [
    ...local.map(rule => forwarded(ground, rule)),
    ...ofType("gcp:redis/cluster:Cluster").flatMap(one => clusterDoors(ground, one, "gcp-memorystore-redis", one.inputs.pscConfigs)),
    ...ofType("gcp:memorystore/instance:Instance").flatMap(one =>
      clusterDoors(ground, one, "gcp-memorystore", one.inputs.desiredAutoCreatedEndpoints ?? one.inputs.desiredPscAutoConnections),
    ),
    ...ofType("gcp:redis/instance:Instance").flatMap(one => redisDoors(ground, one)),
    ...ofType(sqlType).flatMap(one => sqlDoors(ground, one)),
  ];
}
