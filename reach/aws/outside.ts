/** Ways across the border: to and from the internet and ranges outside, and to object storage by its own endpoint. */
import { intersection, isEmpty, type PortSet, portSet } from "../ports.ts";
import { contains, everyRange, isEverywhere, isPrivate, overlaps, type Range } from "../ranges.ts";
import type { Strand } from "../strands.ts";
import type { Inventory } from "../values.ts";
import { textOf } from "../values.ts";
import { answered } from "./acl.ts";
import { rulesFor } from "./between.ts";
import type { Member } from "./members.ts";
import { type Family, families, onlyOf, ownRanges, type Route, routesTo, type Subnet, tablesOfEndpoint, types } from "./network.ts";
import { endpointType, type Rule, type Rules } from "./rules.ts";

export interface Border {
  readonly inventory: Inventory;
  readonly subnets: ReadonlyMap<string, Subnet>;
  readonly rules: Rules;
  readonly own: readonly Range[];
  /** Endpoints of the gateway kind: the route tables they are in, and which service they lead to. */
  readonly doors: readonly { readonly urn: string; readonly name: string; readonly end: string; readonly tables: ReadonlySet<string> }[];
  /** Internet gateways by network. */
  readonly gateways: ReadonlyMap<string, { readonly urn: string; readonly name: string }>;
}

export type Crossing = Omit<Strand, "place">;

const gatewayType = "aws:ec2/internetGateway:InternetGateway";

export function borderOf(inventory: Inventory, subnets: ReadonlyMap<string, Subnet>, rules: Rules): Border {
  const doors = inventory
    .ofType(endpointType)
    .filter(({ inputs }) => (inputs.vpcEndpointType ?? "Gateway") === "Gateway")
    .map(endpoint => ({
      urn: endpoint.urn,
      name: endpoint.name,
      end: /\.s3$/.test(textOf(endpoint.inputs.serviceName) ?? "") ? "store" : "endpoints",
      tables: tablesOfEndpoint(inventory, endpoint),
    }));
  const attached = [
    ...inventory.ofType(gatewayType).map(gateway => ({ gateway, vpc: gateway.inputs.vpcId })),
    ...inventory
      .ofType("aws:ec2/internetGatewayAttachment:InternetGatewayAttachment")
      .flatMap(({ inputs }) =>
        inventory.referredOf(inputs.internetGatewayId, gatewayType).map(gateway => ({ gateway, vpc: inputs.vpcId })),
      ),
  ];
  const gateways = attached.flatMap(({ gateway, vpc }) =>
    inventory.referredOf(vpc, types.vpc).map(({ urn }) => [urn, { urn: gateway.urn, name: gateway.name }] as const),
  );
  return { inventory, subnets, rules, own: ownRanges(inventory), doors, gateways: new Map(gateways) };
}

/** Whether a range has addresses outside the platform's networks: public ones, or private ones that are no network of ours. */
const isOutside = (range: Range, own: readonly Range[]): boolean => !isPrivate(range) || !own.some(network => overlaps(network, range));

export const endOf = (range: Range): string => (isEverywhere(range) ? "internet" : range.text);

/** Ways out and in of one member. */
export function* crossings(member: Member, border: Border): Generator<Crossing> {
  for (const subnet of member.subnets) {
    for (const family of families) {
      if (!member.speaks(family, subnet)) continue;
      yield* outward(member, subnet, family, border);
      yield* inward(member, subnet, family, border);
    }
    yield* toServices(member, subnet, border);
  }
}

function* outward(member: Member, subnet: Subnet, family: Family, border: Border): Generator<Crossing> {
  for (const rule of rulesFor(member, border.rules, "egress")) {
    if (rule.peer.kind === "list" && !border.doors.some(door => rule.peer.kind === "list" && door.urn === rule.peer.id)) {
      yield { from: member.end, to: rule.peer.id, ports: rule.ports, through: [rule.name] };
    }
    if (rule.peer.kind !== "range" || rule.peer.range.family !== family || !isOutside(rule.peer.range, border.own)) continue;
    for (const exit of exitsTo(rule.peer.range, member, subnet, border)) {
      const ports = intersection(rule.ports, exit.ports);
      if (!isEmpty(ports)) yield { from: member.end, to: endOf(rule.peer.range), ports, through: [rule.name, ...exit.through] };
    }
  }
}

function* inward(member: Member, subnet: Subnet, family: Family, border: Border): Generator<Crossing> {
  for (const rule of rulesFor(member, border.rules, "ingress")) {
    if (rule.peer.kind === "list" && family === 4) yield* fromList(rule, rule.peer.id, member, subnet, border);
    if (rule.peer.kind !== "range" || rule.peer.range.family !== family || !isOutside(rule.peer.range, border.own)) continue;
    const { range } = rule.peer;
    const through = isPrivate(range) ? [] : openDoor(member, subnet, range, border);
    const ports = intersection(rule.ports, answered(subnet.filter.inward(range), subnet.filter.outward(range)));
    if (through && !isEmpty(ports)) yield { from: endOf(range), to: member.end, ports, through: [rule.name, ...through] };
  }
}

/** A list that AWS keeps is a part of the internet, known by its id alone. */
function* fromList(rule: Pick<Rule, "name" | "ports">, list: string, member: Member, subnet: Subnet, border: Border): Generator<Crossing> {
  const { 4: everybody } = everyRange;
  const through = openDoor(member, subnet, everybody, border);
  const ports = intersection(rule.ports, answered(subnet.filter.inward(everybody), subnet.filter.outward(everybody)));
  if (through && !isEmpty(ports)) yield { from: list, to: member.end, ports, through: [rule.name, ...through] };
}

interface Exit {
  readonly ports: PortSet;
  readonly through: readonly string[];
}

/**
 * Ways out of a subnet. A private range outside is another site's, and what leads there (a VPN, a leased line) announces itself
 * to the network: a rule for it is taken for open without asking for a route.
 */
function exitsTo(range: Range, member: Member, subnet: Subnet, border: Border): readonly Exit[] {
  const edge = answered(subnet.filter.outward(range), subnet.filter.inward(range));
  if (isPrivate(range)) return [{ ports: edge, through: [] }];
  return routesTo(subnet, range).flatMap(route => {
    const direct = openDoorBy(route, member, subnet, border) ?? onlyOutward(route, subnet, border);
    if (direct) return [{ ports: edge, through: direct }];
    const translated = byTranslation(route, subnet, range, border);
    return translated ? [{ ports: intersection(edge, translated.ports), through: translated.through }] : [];
  });
}

/** Whatever makes a member answer to the internet: a public address, and a route to its network's gateway. */
export function openDoor(member: Member, subnet: Subnet, range: Range, border: Border): readonly string[] | undefined {
  return routesTo(subnet, range)
    .map(route => openDoorBy(route, member, subnet, border))
    .find(names => names !== undefined);
}

function openDoorBy(route: Route, member: Member, subnet: Subnet, border: Border): readonly string[] | undefined {
  const gateway = gatewayOf(route, subnet, border);
  if (gateway === undefined || member.inner) return undefined;
  // Every IPv6 address is a public one.
  const address = route.destination.family === 6 ? [subnet.name] : member.publicBy(subnet);
  return address.length > 0 ? [route.name, gateway, ...address] : undefined;
}

function gatewayOf(route: Route, subnet: Subnet, border: Border): string | undefined {
  const gateway = border.gateways.get(subnet.vpc);
  return gateway && onlyOf(border.inventory, route.hop.gatewayId, gatewayType)?.urn === gateway.urn ? gateway.name : undefined;
}

/** The gateway that lets IPv6 out and nothing in. */
function onlyOutward(route: Route, subnet: Subnet, { inventory }: Border): readonly string[] | undefined {
  const hop = [route.hop.egressOnlyGatewayId];
  const gateway = onlyOf(inventory, hop, "aws:ec2/egressOnlyInternetGateway:EgressOnlyInternetGateway");
  const isHere = gateway && onlyOf(inventory, gateway.inputs.vpcId, types.vpc)?.urn === subnet.vpc;
  return isHere && route.destination.family === 6 ? [route.name, gateway.name] : undefined;
}

/** By a NAT gateway with a public address, whose own subnet must have a way out and let the packets of this one pass both ways. */
function byTranslation(route: Route, subnet: Subnet, range: Range, border: Border): Exit | undefined {
  const { inventory, subnets } = border;
  const nat = onlyOf(inventory, route.hop.natGatewayId, "aws:ec2/natGateway:NatGateway");
  const home = nat && subnets.get(onlyOf(inventory, nat.inputs.subnetId, types.subnet)?.urn ?? "");
  const address = nat && onlyOf(inventory, nat.inputs.allocationId, "aws:ec2/eip:Eip");
  const here = subnet.ranges[4];
  if (!nat || !home || !here || range.family !== 4 || !address || nat.inputs.connectivityType === "private") return undefined;
  const onward = routesTo(home, range).find(next => gatewayOf(next, home, border) !== undefined);
  if (!onward) return undefined;
  const gateway = gatewayOf(onward, home, border) ?? "";
  const { inward: into, outward: out } = home.filter;
  const near = home === subnet ? undefined : answered(into(here), out(here));
  const far = answered(out(range), into(range));
  return { ports: near ? intersection(near, far) : far, through: [route.name, nat.name, address.name, onward.name, gateway] };
}

const overTls = portSet("tcp", [443, 443]);

/**
 * By an endpoint in the subnet's route table. A rule that names the endpoint's own list opens what it says; one for all the
 * internet holds the service's addresses too, and there it counts for what the service is asked on.
 */
function* toServices(member: Member, subnet: Subnet, border: Border): Generator<Crossing> {
  const doors = border.doors.filter(({ tables }) => subnet.table !== undefined && tables.has(subnet.table));
  // The services' addresses are public ones, as a filter sees them.
  const edge = answered(subnet.filter.outward(everyRange[4]), subnet.filter.inward(everyRange[4]));
  for (const door of doors) {
    for (const rule of rulesFor(member, border.rules, "egress")) {
      const wide = rule.peer.kind === "range" && contains(rule.peer.range, everyRange[4]);
      const named = rule.peer.kind === "list" && rule.peer.id === door.urn;
      if (!wide && !named) continue;
      const ports = intersection(wide ? intersection(rule.ports, overTls) : rule.ports, edge);
      if (!isEmpty(ports)) yield { from: member.end, to: door.end, ports, through: [rule.name, door.name] };
    }
  }
}

/** Ranges outside that the member's rules name, with what they open, whatever road there is. */
export const namedOutside = (member: Member, { rules, own }: Border, direction: "ingress" | "egress") =>
  rulesFor(member, rules, direction).flatMap(({ name, peer, ports }) =>
    peer.kind === "range" && isOutside(peer.range, own) ? [{ name, range: peer.range, ports }] : [],
  );
