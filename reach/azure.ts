/**
 * Azure's reading: security groups of subnets and interfaces by priority, application security groups by who carries them,
 * routes and ways out, private endpoints as the only doors of data services.
 */
import type { PlannedResource } from "../cli/planner/model.ts";
import { exposuresOf } from "./azure/exposures.ts";
import { type Direction, type Filter, filtersOf, letThrough, type Opening } from "./azure/filter.ts";
import { groundOf } from "./azure/ground.ts";
import { type Interface, interfacesOf, isJudged } from "./azure/interfaces.ts";
import { outsideOf, type Party, wordOf } from "./azure/party.ts";
import { type Passage, passageOf, strandsOf } from "./azure/passage.ts";
import { carries, carriesIn, carriesOut } from "./azure/routes.ts";
import type { Reader } from "./model.ts";
import { every } from "./ports.ts";
import { gathered } from "./strands.ts";
import { at, type Inventory, inventoryOf, ReadFault } from "./values.ts";

type FilterAt = (urn: string) => Filter;

/** Everything of the network that is read here, or that nobody passes through. */
const readTypes: ReadonlySet<string> = new Set(
  [
    ...["ApplicationSecurityGroup", "FlowLog", "NatGateway", "NetworkInterface", "NetworkSecurityGroup", "PrivateDnsZoneGroup"],
    // What comes through these bears an address of their subnet, of the clients or of the site, and rules judge it by that.
    ...["BastionHost", "LocalNetworkGateway", "VirtualNetworkGateway", "VirtualNetworkGatewayConnection"],
    ...["PrivateEndpoint", "PublicIPAddress", "Route", "RouteTable", "SecurityRule", "Subnet", "VirtualNetwork", "VirtualNetworkPeering"],
  ].map(name => `azure-native:network:${name}`),
);

const isUnread = ({ type, inputs }: PlannedResource): boolean =>
  type.startsWith("azure-native:containerservice:") ||
  (type.startsWith("azure-native:network:") && !readTypes.has(type)) ||
  at(inputs, "network", "delegatedSubnetResourceId") !== undefined ||
  at(inputs, "networkProfile", "networkInterfaceConfigurations") !== undefined;

/** A gateway, a balancer, a cluster or a server inside a subnet opens ways of its own; what is not read must not pass for closed. */
function checkRead({ all }: Inventory): void {
  const unread = all.find(isUnread);
  if (unread) throw new ReadFault(unread, "nothing here reads what this opens");
}

const partyOf = (one: Interface): Party => ({ kind: "interface", interface: one });

/** What each group of an interface lets through; a subnet without a group, or one that endpoints pass by, lets everything through. */
function groupsOf(here: Interface, direction: Direction, other: Party, filterAt: FilterAt): readonly (readonly Opening[])[] {
  const self = partyOf(here);
  const judge = (urn: string): readonly Opening[] =>
    direction === "Inbound" ? letThrough(filterAt(urn).Inbound, other, self, self) : letThrough(filterAt(urn).Outbound, self, other, self);
  const { subnet } = here;
  const bySubnet =
    isJudged(here) && subnet.filter !== null ? judge(subnet.filter) : [{ name: subnet.name, traffic: every, written: false }];
  return here.filter === null ? [bySubnet] : [bySubnet, judge(here.filter)];
}

/** A private endpoint only answers. */
function within(interfaces: readonly Interface[], filterAt: FilterAt): readonly (Passage | null)[] {
  const hosts = interfaces.filter(({ kind }) => kind === "host");
  return hosts.flatMap(from =>
    interfaces
      .filter(to => carries(from, to))
      .map(to => {
        const { place } = from.subnet.network;
        const carriers = to.kind === "endpoint" ? [to.name] : [];
        return passageOf({ from: from.end, to: to.end, place, carriers, partOfInternet: false }, [
          ...groupsOf(from, "Outbound", partyOf(to), filterAt),
          ...groupsOf(to, "Inbound", partyOf(from), filterAt),
        ]);
      }),
  );
}

function acrossBorder(one: Interface, other: Party, filterAt: FilterAt): readonly (Passage | null)[] {
  const { place } = one.subnet.network;
  const { word, partOfInternet } = wordOf(other);
  const out = one.kind === "host" ? carriesOut(one, other) : null;
  const back = carriesIn(other, one);
  return [
    out && passageOf({ from: one.end, to: word, place, carriers: out, partOfInternet }, groupsOf(one, "Outbound", other, filterAt)),
    back && passageOf({ from: word, to: one.end, place, carriers: back, partOfInternet }, groupsOf(one, "Inbound", other, filterAt)),
  ];
}

export const azure: Reader = resources => {
  const inventory = inventoryOf(resources);
  checkRead(inventory);
  const ground = groundOf(inventory);
  const interfaces = interfacesOf(inventory, ground.subnets);
  const { filterAt, words } = filtersOf(inventory);
  const outside = outsideOf(words, ground.networks);
  const passages = [
    ...within(interfaces, filterAt),
    ...interfaces.flatMap(one => outside.flatMap(other => acrossBorder(one, other, filterAt))),
  ].filter(passage => passage !== null);
  return { reaches: gathered(strandsOf(passages)), exposures: exposuresOf(inventory, { ...ground, interfaces }, outside, filterAt) };
};
