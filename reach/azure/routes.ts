/** Where packets can go: routes by the longest range, joined networks, and what lends an address for the way out. */
import { contains, isPrivate, type Range, rangeOf } from "../ranges.ts";
import type { Route, Subnet } from "./ground.ts";
import type { Interface } from "./interfaces.ts";
import type { Party } from "./party.ts";

const width = ({ first, last }: Range): bigint => last - first;

/** The subnet's own route for a range: the one that holds it most closely. */
const routeTo = (routes: readonly Route[], target: Range): Route | undefined =>
  routes.filter(({ range }) => contains(range, target)).toSorted((a, b) => (width(a.range) < width(b.range) ? -1 : 1))[0];

const everywhere = (family: 4 | 6): Range | undefined => rangeOf(family === 4 ? "0.0.0.0/0" : "::/0");

const leadsOut = new Set(["Internet", "VirtualAppliance"]);

/** Whether anything that is not private is sent towards the internet. A subnet without a route of its own for it sends it there. */
export function routesOut({ routes }: Subnet, family: 4 | 6): boolean {
  const target = everywhere(family);
  const usual = target && routeTo(routes, target);
  if (usual === undefined || leadsOut.has(usual.hop)) return true;
  return routes.some(({ range, hop }) => range.family === family && leadsOut.has(hop) && !isPrivate(range));
}

/** Name of what an interface goes out with: its own address, a NAT gateway, a balancer that lends its own, or one that Azure lends. IPv6 knows only the first. */
function wayOut({ publicAddress, family, subnet, borrows, lentBy }: Interface): string | null {
  if (publicAddress !== null) return publicAddress;
  // An appliance has an address of its own, for all that the plan says.
  if (subnet.routes.some(({ range, hop }) => hop === "VirtualAppliance" && !isPrivate(range))) return subnet.name;
  if (family === 6) return null;
  return subnet.nat ?? lentBy ?? (subnet.lendsAddress && borrows ? subnet.name : null);
}

/**
 * A private range outside is reached by what is laid beside the plan, a VPN or a circuit: it is closed only where a route says so.
 * A gateway's route wins over a wider one where the subnet learns it.
 */
function sendsPrivately({ routes, learnsRoutes }: Subnet, target: Range): boolean {
  const route = routeTo(routes, target);
  if (route === undefined || route.hop === "VirtualNetworkGateway" || route.hop === "VirtualAppliance") return true;
  return learnsRoutes && width(route.range) > width(target);
}

/** Whether the subnet sends packets, or answers, on towards somebody outside. */
function sendsTo({ subnet, family }: Interface, to: Party): boolean {
  if (to.kind === "interface") return false;
  if (to.kind === "internet") return to.family === family && routesOut(subnet, family);
  if (to.kind === "service") return family === 4 && routesOut(subnet, family);
  if (to.range.family !== family) return false;
  return isPrivate(to.range) ? sendsPrivately(subnet, to.range) : leadsOut.has(routeTo(subnet.routes, to.range)?.hop ?? "Internet");
}

const isPrivateRange = (party: Party): boolean => party.kind === "range" && isPrivate(party.range);

/** Names of what carries packets from an interface to somebody outside; null where nothing does. */
export function carriesOut(from: Interface, to: Party): readonly string[] | null {
  if (!sendsTo(from, to)) return null;
  if (isPrivateRange(to)) return [];
  const way = wayOut(from);
  return way === null ? null : [way];
}

/**
 * The same the other way; from the internet only to an address that is on it, and to a host only where a security group speaks for it:
 * Azure's own services answer without one.
 */
export function carriesIn(from: Party, to: Interface): readonly string[] | null {
  // A private endpoint answers along the way that the question came, whatever the routes of its subnet.
  if (from.kind === "range" && isPrivate(from.range) && to.kind === "endpoint") return from.range.family === to.family ? [] : null;
  if (!sendsTo(to, from)) return null;
  if (isPrivateRange(from)) return [];
  const isFiltered = to.kind === "service" || to.filter !== null || to.subnet.filter !== null;
  return to.publicAddress !== null && isFiltered ? [to.publicAddress] : null;
}

const dropped = new Set(["None", "Internet"]);

/** A route of one's own counts within a network only when it is no wider than the network: else the network's own is closer. */
function drops({ routes }: Subnet, to: Interface): boolean {
  const { ranges } = to.subnet.network;
  const closer = routes.filter(({ range }) => ranges.some(own => contains(own, range)));
  return to.ranges.every(target => dropped.has(routeTo(closer, target)?.hop ?? "VnetLocal"));
}

/** Whether packets and their answers go between two interfaces. A private endpoint is its own route, unless its subnet lets routes count. */
export function carries(from: Interface, to: Interface): boolean {
  const { network } = from.subnet;
  if (from.family !== to.family) return false;
  if (network !== to.subnet.network && !network.joined.includes(to.subnet.network)) return false;
  if (to.kind === "endpoint") return !(to.subnet.routesEndpoints && drops(from.subnet, to));
  return !drops(from.subnet, to) && !drops(to.subnet, from);
}
