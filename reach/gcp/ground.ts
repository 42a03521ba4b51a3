/**
 * The ground that Google's rules stand on: networks, subnets, routes to the internet, address translation, peerings.
 * Subnets of one network reach each other in every region without a route of their own; only the way out is somebody's choice.
 */
import type { PlannedResource } from "../../cli/planner/model.ts";
import type { Reach } from "../model.ts";
import { overlaps, type Range, rangeOf } from "../ranges.ts";
import { at, type Inventory, listOf, ReadFault, referred, rowsOf, textOf, textsOf } from "../values.ts";

export const subnetType = "gcp:compute/subnetwork:Subnetwork";
const networkType = "gcp:compute/network:Network";

/**
 * Google's own ranges for IPv6; a subnet's part is drawn at birth
 * (https://cloud.google.com/blog/products/networking/how-to-create-a-ipv6-network-in-google-cloud, read 2026-11-21).
 */
const drawnFrom = { INTERNAL: "fd20::/20", EXTERNAL: "2600:1900::/28" } as const;

export interface Subnet {
  readonly resource: PlannedResource;
  readonly network: string;
  readonly region: string;
  /** Its v4 range, and what its v6 range is drawn from. */
  readonly ranges: readonly Range[];
  /** Whether its v6 addresses are addresses of the internet. */
  readonly publicV6: boolean;
  /** Whether hosts without a public address reach Google's services. */
  readonly privateAccess: boolean;
  /** For the proxies of balancers alone; no host lives there. */
  readonly proxyOnly: boolean;
}

export interface Ground {
  readonly inventory: Inventory;
  readonly subnets: ReadonlyMap<string, Subnet>;
  readonly networkOf: (resource: PlannedResource, value: unknown) => string;
  readonly placeOf: (region: string) => Reach["place"];
  /** Whether packets pass between two networks: the same, or peered by both sides. */
  readonly connected: (network: string, other: string) => boolean;
  /** Names of what routes a network's packets for a range to the internet gateway; none where nothing does. */
  readonly gatewayRoutes: (network: string, towards: Range, tags: ReadonlySet<string>) => readonly string[];
  /** The reserved address of a forwarding rule that a range is, and nothing else. */
  readonly frontAt: (range: Range) => string | undefined;
  /** Names of the translations that lend hosts of a subnet a public address. */
  readonly translations: (subnet: Subnet) => readonly string[];
}

export function knownRange(resource: PlannedResource, text: string): Range {
  const range = rangeOf(text);
  if (!range) throw new ReadFault(resource, `"${text}" is no address range`);
  return range;
}

/** A network is known by its URN, or by its name where it is none of this plan's. */
function networkFinder(inventory: Inventory): Ground["networkOf"] {
  return (resource, value) => {
    const network = inventory.referredOf(value, networkType)[0]?.urn ?? textOf(value);
    if (network === undefined) throw new ReadFault(resource, "in no network that the plan knows");
    return network;
  };
}

function subnetOf(resource: PlannedResource, networkOf: Ground["networkOf"]): Subnet {
  const { ipCidrRange, network, region, stackType, ipv6AccessType, privateIpGoogleAccess, purpose } = resource.inputs;
  const dual = stackType === "IPV4_IPV6" || stackType === "IPV6_ONLY";
  const access = ipv6AccessType === "EXTERNAL" ? "EXTERNAL" : "INTERNAL";
  const written = [textOf(ipCidrRange), dual ? drawnFrom[access] : undefined].filter(text => text !== undefined);
  return {
    resource,
    network: networkOf(resource, network),
    region: textOf(region) ?? "",
    ranges: written.map(text => knownRange(resource, text)),
    publicV6: dual && access === "EXTERNAL",
    privateAccess: privateIpGoogleAccess === true,
    proxyOnly: textOf(purpose)?.endsWith("MANAGED_PROXY") === true,
  };
}

function gatewayRoutesOf(inventory: Inventory, networkOf: Ground["networkOf"]): Ground["gatewayRoutes"] {
  const everywhere = [rangeOf("0.0.0.0/0"), rangeOf("::/0")].filter(range => range !== undefined);
  const made = inventory
    .ofType(networkType)
    .filter(network => network.inputs.deleteDefaultRoutesOnCreate !== true)
    .map(network => ({ name: network.name, network: network.urn, ranges: everywhere, tags: [] as readonly string[] }));
  const own = inventory
    .ofType("gcp:compute/route:Route")
    .filter(route => textOf(route.inputs.nextHopGateway)?.endsWith("default-internet-gateway"))
    .map(route => ({
      name: route.name,
      network: networkOf(route, route.inputs.network),
      ranges: textsOf(route.inputs.destRange).map(text => knownRange(route, text)),
      tags: textsOf(route.inputs.tags),
    }));
  const routes = [...own, ...made];
  return (network, towards, tags) =>
    routes
      .filter(route => route.network === network && route.ranges.some(range => overlaps(range, towards)))
      .filter(route => route.tags.length === 0 || route.tags.some(tag => tags.has(tag)))
      .map(route => route.name);
}

/** Public translation only: a private one joins networks and lends no public address. */
function translationsOf(inventory: Inventory, networkOf: Ground["networkOf"]): Ground["translations"] {
  const translations = inventory
    .ofType("gcp:compute/routerNat:RouterNat")
    .filter(nat => (nat.inputs.type ?? "PUBLIC") === "PUBLIC")
    .map(nat => {
      const router = inventory.referredOf(nat.inputs.router, "gcp:compute/router:Router")[0];
      if (!router) throw new ReadFault(nat, "on no router that the plan knows");
      const scope = textOf(nat.inputs.sourceSubnetworkIpRangesToNat);
      const listed = rowsOf(nat.inputs.subnetworks).filter(row =>
        listOf(row.sourceIpRangesToNats).some(part => part !== "LIST_OF_SECONDARY_IP_RANGES"),
      );
      return {
        name: nat.name,
        network: networkOf(router, router.inputs.network),
        region: textOf(nat.inputs.region) ?? textOf(router.inputs.region),
        wide: scope !== "LIST_OF_SUBNETWORKS",
        listed: new Set(referred(listed.map(row => row.name))),
      };
    });
  return subnet =>
    translations
      .filter(nat => nat.network === subnet.network && nat.region === subnet.region)
      .filter(nat => nat.wide || nat.listed.has(subnet.resource.urn))
      .map(nat => nat.name);
}

function frontFinder(inventory: Inventory): Ground["frontAt"] {
  const rules = inventory.all.filter(({ type }) => /^gcp:compute\/(globalF|f)orwardingRule:/.test(type));
  const addresses = inventory.referredOf(
    rules.map(({ inputs }) => inputs.ipAddress),
    "gcp:compute/address:Address",
  );
  const fixed = addresses.flatMap(address =>
    textsOf(address.inputs.address).map(text => [knownRange(address, text), address.urn] as const),
  );
  return range => fixed.find(([own]) => own.first === range.first && own.last === range.last)?.[1];
}

function connections(inventory: Inventory, networkOf: Ground["networkOf"]): Ground["connected"] {
  const pairs = new Set(
    inventory
      .ofType("gcp:compute/networkPeering:NetworkPeering")
      .map(peering => `${networkOf(peering, peering.inputs.network)} ${networkOf(peering, at(peering.inputs, "peerNetwork"))}`),
  );
  return (network, other) => network === other || (pairs.has(`${network} ${other}`) && pairs.has(`${other} ${network}`));
}

export function groundOf(inventory: Inventory): Ground {
  const networkOf = networkFinder(inventory);
  const subnets = inventory.ofType(subnetType).map(resource => subnetOf(resource, networkOf));
  // Without a region of the provider's: a plan lists a place's network before the next place's.
  const primary = textOf(inventory.ofType("pulumi:providers:gcp")[0]?.inputs.region) ?? subnets[0]?.region;
  return {
    inventory,
    networkOf,
    subnets: new Map(subnets.map(subnet => [subnet.resource.urn, subnet])),
    placeOf: region => (region === "" || region === primary ? "primary" : "secondary"),
    frontAt: frontFinder(inventory),
    connected: connections(inventory, networkOf),
    gatewayRoutes: gatewayRoutesOf(inventory, networkOf),
    translations: translationsOf(inventory, networkOf),
  };
}
