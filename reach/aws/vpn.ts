/** VPNs as planned: where clients and other sites call, and what clients may address once they are in. */
import type { PlannedResource } from "../../cli/planner/model.ts";
import { every, portSet, union } from "../ports.ts";
import { everyRange, isEverywhere, isPrivate, overlaps, type Range, rangeOf } from "../ranges.ts";
import { type Inventory, numberOf, ReadFault, referred, textOf } from "../values.ts";
import type { Entry, Gate, Way } from "./entries.ts";
import type { Member } from "./members.ts";
import { onlyOf, types } from "./network.ts";

export const clientEndpoint = "aws:ec2clientvpn/endpoint:Endpoint";
const associationType = "aws:ec2clientvpn/networkAssociation:NetworkAssociation";
const connectionType = "aws:ec2/vpnConnection:VpnConnection";

/** The one word for people and sites that come in by a VPN. */
export const vpnEnd = "vpn";

/** Subnets that clients of an endpoint come in by. */
export const doorsOf = (inventory: Inventory, { urn }: PlannedResource): readonly PlannedResource[] =>
  inventory.ofType(associationType).filter(({ inputs }) => referred(inputs.clientVpnEndpointId).includes(urn));

/** Without a subnet an endpoint takes no client. */
export const callsOf = (inventory: Inventory): readonly (Way & { readonly resource: PlannedResource })[] => [
  ...inventory.ofType(clientEndpoint).flatMap(endpoint => {
    const doors = doorsOf(inventory, endpoint).map(({ name }) => name);
    const port = numberOf(endpoint.inputs.vpnPort) ?? 443;
    const ports = portSet(endpoint.inputs.transportProtocol === "tcp" ? "tcp" : "udp", [port, port]);
    return doors.length === 0 ? [] : [{ from: "internet", to: vpnEnd, ports, through: [endpoint.name, ...doors], resource: endpoint }];
  }),
  ...inventory.ofType(connectionType).flatMap(connection => {
    const other = onlyOf(inventory, connection.inputs.customerGatewayId, "aws:ec2/customerGateway:CustomerGateway");
    if (!other) return [];
    return [{ from: "internet", to: vpnEnd, ports: keyExchange, through: [connection.name, other.name], resource: connection }];
  }),
];

/** Internet Key Exchange, and the same behind address translation, which also carries what is sent. */
const keyExchange = union(portSet("udp", [500, 500]), portSet("udp", [4500, 4500]));

interface Target {
  readonly name: string;
  readonly range: Range;
}

/** By endpoint: clients reach what they are authorized for and have a route to. Their own network is a route by itself. */
export function clientsOf(inventory: Inventory): ReadonlyMap<string, Entry> {
  return new Map(
    inventory.ofType(clientEndpoint).map(endpoint => {
      const own = (type: string, property: string): readonly Target[] =>
        inventory
          .ofType(type)
          .filter(({ inputs }) => referred(inputs.clientVpnEndpointId).includes(endpoint.urn))
          .map(resource => ({ name: resource.name, range: targetOf(resource, property) }));
      const rights = own("aws:ec2clientvpn/authorizationRule:AuthorizationRule", "targetNetworkCidr");
      const routes = own("aws:ec2clientvpn/route:Route", "destinationCidrBlock");
      const networks = new Set(
        doorsOf(inventory, endpoint).flatMap(({ inputs }) =>
          inventory.referredOf(inputs.subnetId, types.subnet).flatMap(subnet => inventory.referredOf(subnet.inputs.vpcId, types.vpc)),
        ),
      );
      const local = new Set([...networks].map(({ urn }) => urn));
      const allowed = (range: Range): readonly string[] => leading(rights, range).map(({ name }) => name);
      const entry: Entry = {
        answers: [], // by its public side alone
        towards: other => towards(other, local, routes, allowed),
        outward: end => {
          const range = rangeOf(end) ?? everyRange[4];
          const ways = leading(routes, range).map(({ name }) => name);
          return ways.length === 0 ? [] : gate(allowed(range), ways);
        },
      };
      return [endpoint.urn, entry];
    }),
  );
}

function targetOf(resource: PlannedResource, property: string): Range {
  const range = rangeOf(textOf(resource.inputs[property]) ?? "");
  if (!range) throw new ReadFault(resource, "a range that is none");
  return range;
}

/** What leads to a part of a range; the internet is no part of a private one. */
const leading = (targets: readonly Target[], wanted: Range): readonly Target[] =>
  targets.filter(({ range }) => overlaps(range, wanted) && !(isEverywhere(wanted) && isPrivate(range)));

const gate = (rights: readonly string[], ways: readonly string[]): readonly Gate[] =>
  rights.length === 0 ? [] : [{ ports: every, through: [...rights, ...ways] }];

const towards = (
  other: Member,
  local: ReadonlySet<string>,
  routes: readonly Target[],
  allowed: (range: Range) => readonly string[],
): readonly Gate[] =>
  other.subnets.flatMap(({ vpc, ranges: { 4: range } }) => {
    if (!range) return [];
    const ways = leading(routes, range).map(({ name }) => name);
    return local.has(vpc) || ways.length > 0 ? gate(allowed(range), ways) : [];
  });
