/**
 * Azure's reading: security groups of subnets and interfaces by priority, application security groups by who carries them,
 * routes and ways out, private endpoints as the only doors of data services; balancers, Front Door, Bastion and VPN as the ways in.
 */
import type { PlannedResource } from "../cli/planner/model.ts";
import { balancersOf, lentTo, waysByBalancers } from "./azure/balancers.ts";
import { askedOf, waysToCdn } from "./azure/cdn.ts";
import { entriesOf, waysByEntries } from "./azure/entry.ts";
import { exposuresOf } from "./azure/exposures.ts";
import { filtersOf } from "./azure/filter.ts";
import { groundOf } from "./azure/ground.ts";
import { type Interface, interfacesOf, subnetAtOf } from "./azure/interfaces.ts";
import { type FilterAt, groupsOf, partyOf } from "./azure/judge.ts";
import { outsideOf, type Party, wordOf } from "./azure/party.ts";
import { type Passage, passageOf, strandsOf } from "./azure/passage.ts";
import { carries, carriesIn, carriesOut } from "./azure/routes.ts";
import type { Reader } from "./model.ts";
import { gathered } from "./strands.ts";
import { at, type Inventory, inventoryOf, ReadFault } from "./values.ts";

/** Everything of the network and of Front Door that is read here, or that nobody passes through. */
const readTypes: ReadonlySet<string> = new Set([
  ...[
    ...["ApplicationGateway", "ApplicationSecurityGroup", "BastionHost", "FlowLog", "LoadBalancer", "LocalNetworkGateway", "NatGateway"],
    ...["NetworkInterface", "NetworkSecurityGroup", "PrivateDnsZoneGroup", "PrivateEndpoint", "PublicIPAddress", "Route", "RouteTable"],
    ...["SecurityRule", "Subnet", "VirtualNetwork", "VirtualNetworkGateway", "VirtualNetworkGatewayConnection", "VirtualNetworkPeering"],
    "WebApplicationFirewallPolicy",
  ].map(name => `azure-native:network:${name}`),
  ...["AFDCustomDomain", "AFDEndpoint", "AFDOrigin", "AFDOriginGroup", "Profile", "Route", "Rule", "RuleSet", "SecurityPolicy"].map(
    name => `azure-native:cdn:${name}`,
  ),
]);

const isUnread = ({ type, inputs }: PlannedResource): boolean =>
  type.startsWith("azure-native:containerservice:") ||
  (/^azure-native:(network|cdn):/.test(type) && !readTypes.has(type)) ||
  at(inputs, "network", "delegatedSubnetResourceId") !== undefined ||
  at(inputs, "networkProfile", "networkInterfaceConfigurations") !== undefined;

/** A firewall, a cluster or a server inside a subnet opens ways of its own; what is not read must not pass for closed. */
function checkRead({ all }: Inventory): void {
  const unread = all.find(isUnread);
  if (unread) throw new ReadFault(unread, "nothing here reads what this opens");
}

/** `callers`: hosts, and what opens sessions on them. A private endpoint only answers. */
function within(callers: readonly Interface[], interfaces: readonly Interface[], filterAt: FilterAt): readonly (Passage | null)[] {
  return callers.flatMap(from =>
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
  const subnetAt = subnetAtOf(ground.subnets);
  const balancers = balancersOf(inventory, subnetAt);
  const entries = entriesOf(inventory, subnetAt);
  const interfaces = lentTo(interfacesOf(inventory, subnetAt), balancers);
  const { filterAt, words } = filtersOf(inventory);
  const outside = outsideOf(words, ground.networks);
  const callers = [...interfaces.filter(({ kind }) => kind === "host"), ...entries.callers];
  const { askedBy, elsewhere } = askedOf(inventory, balancers);
  const passages = [
    ...within(callers, interfaces, filterAt),
    ...interfaces.flatMap(one => outside.flatMap(other => acrossBorder(one, other, filterAt))),
    ...waysByBalancers(balancers, { callers, interfaces, outside, filterAt, askedBy }),
    ...waysByEntries(entries, outside, filterAt),
  ].filter(passage => passage !== null);
  return {
    reaches: gathered([...strandsOf(passages), ...waysToCdn(inventory), ...elsewhere]),
    exposures: exposuresOf(inventory, { ...ground, interfaces, balancers, services: entries.subnets }, outside, filterAt),
  };
};
