/** Who reaches whom on Azure: each way in which a rule, a route, an address or a private endpoint opens or closes something. */
import { describe, expect, it } from "vitest";
import type { PlannedResource } from "../cli/planner/model.ts";
import { azure } from "../reach/azure.ts";
import {
  base,
  between,
  changed,
  difference,
  endpoint,
  groups,
  hangsOn,
  host,
  linesOf,
  network,
  planned,
  routes,
  rule,
  scaleSet,
  subnet,
} from "./support/azureGround.ts";

const nat = { natGateway: { id: hangsOn(["network:NatGateway", "nat"]) } };
const table = (name: string) => ({ routeTable: { id: hangsOn(["network:RouteTable", name]) } });
const to = (prefix: string) => ({ destinationAddressPrefix: prefix });
const from = (prefix: string) => ({ sourceAddressPrefix: prefix });
const address = { publicIPAddress: { id: hangsOn(["network:PublicIPAddress", "api-address"]) } };

type Row = readonly [title: string, added: readonly PlannedResource[], removed: readonly string[], difference: readonly string[]];

it("reads the base: what both sides and the way allow, and by whom", () => {
  expect(linesOf(azure(base))).toEqual(["api > db tcp 5432", "api > internet tcp 443"]);
  expect(azure(base).reaches.map(({ through, place }) => [place, ...through])).toEqual([
    ["primary", "db-endpoint", "in-api-db", "out-api-db"],
    ["primary", "nat", "out-api-internet"],
  ]);
  expect(azure(base).exposures).toEqual([]);
});

describe("rules of security groups", () => {
  // biome-ignore format: a table
  it.each<Row>([
    ["one side alone opens nothing", [], ["in-api-db"], ["- api > db tcp 5432"]],
    ["nor does the other", [], ["out-api-db"], ["- api > db tcp 5432"]],
    ["the narrower of the two sides counts", [rule("in-api-db", "data", "Inbound Allow 200 Tcp 5000-6000", between("api", "db"))], [], []],
    ["a range of ports on both", [rule("in-api-db", "data", "Inbound Allow 200 Tcp 5430-5440", between("api", "db")), rule("out-api-db", "app", "Outbound Allow 200 Tcp 5432-5435", between("api", "db"))], [], ["+ api > db tcp 5432-5435", "- api > db tcp 5432"]],
    ["several ranges in one rule", [rule("out-api-internet", "app", "Outbound Allow 300 Tcp", { ...to("Internet"), destinationPortRanges: ["80", "443"] })], [], ["+ api > internet tcp 80", "+ job > internet tcp 80", "+ job > internet tcp 443"]],
    ["any protocol on a port is the two that have ports", [rule("out-more", "app", "Outbound Allow 310 * 53", to("Internet"))], ["out-api-internet"], ["+ api > internet tcp 53", "+ api > internet udp 53", "+ job > internet tcp 53", "+ job > internet udp 53", "- api > internet tcp 443"]],
    ["another protocol", [rule("in-api-db", "data", "Inbound Allow 200 Udp 5432", between("api", "db"))], [], ["- api > db tcp 5432"]],
    ["the lower priority decides: denied first", [rule("in-no", "data", "Inbound Deny 199 Tcp 5432")], [], ["- api > db tcp 5432"]],
    ["denied later is too late", [rule("in-no", "data", "Inbound Deny 201 Tcp 5432")], [], []],
    ["denied for a part of the ports", [rule("out-api-internet", "app", "Outbound Allow 300 Tcp 440-450", { ...to("Internet") }), rule("out-no", "app", "Outbound Deny 299 Tcp 443", to("Internet"))], [], ["+ api > internet tcp 440-442", "+ api > internet tcp 444-450", "+ job > internet tcp 440-442", "+ job > internet tcp 444-450", "- api > internet tcp 443"]],
    ["a denial by a port that the caller chooses closes nothing", [rule("in-no", "data", "Inbound Deny 199 Tcp 5432", { sourcePortRange: "1024" })], [], []],
    ["a denial of some of its addresses closes nothing for sure", [rule("in-no", "data", "Inbound Deny 199 * *", to("10.0.2.0/28"))], [], []],
    ["a denial of its whole subnet does", [rule("in-no", "data", "Inbound Deny 199 * *", to("10.0.0.0/22"))], [], ["- api > db tcp 5432"]],
    ["without the last denial Azure's own rule opens the network, where the other side does", [], ["data-Inbound-deny", "in-api-db"], []],
    ["without it on both sides, to everybody in it", [], ["data-Inbound-deny", "app-Outbound-deny"], ["+ api > db all", "+ api > internet all", "+ job > db all", "+ job > internet all", "- api > db tcp 5432", "- api > internet tcp 443"]],
    ["a wide range reaches every subnet in it", [rule("out-wide", "app", "Outbound Allow 310 Tcp 5432", to("10.0.0.0/8")), rule("in-wide", "data", "Inbound Allow 310 Tcp 5432", from("10.0.1.0/24"))], [], ["+ api > 10.0.0.0/8 tcp 5432", "+ job > 10.0.0.0/8 tcp 5432", "+ job > db tcp 5432"]],
    ["VirtualNetwork is the network, and no more", [rule("out-wide", "app", "Outbound Allow 310 Tcp 5432", to("VirtualNetwork")), rule("in-wide", "data", "Inbound Allow 310 Tcp 5432", from("VirtualNetwork"))], [], ["+ job > db tcp 5432"]],
    ["Internet is not the network", [rule("out-wide", "app", "Outbound Allow 310 Tcp 5432", to("Internet")), rule("in-wide", "data", "Inbound Allow 310 Tcp 5432", from("*"))], ["out-api-db"], ["+ api > internet tcp 5432", "+ job > internet tcp 5432", "- api > db tcp 5432"]],
    ["probes and the keepers of gateways are nobody's peers", [rule("in-probes", "app", "Inbound Allow 310 * *", from("AzureLoadBalancer")), rule("in-keepers", "app", "Inbound Allow 311 Tcp 65200-65535", from("GatewayManager"))], [], []],
    ["a rule inside of its group", [planned("network:NetworkSecurityGroup", "filter-data", { securityRules: [{ ...rule("x", "data", "Inbound Deny 150 * *").inputs }] })], [], ["- api > db tcp 5432"]],
    ["a subnet without a group lets everything through", [subnet("data", "net", "10.0.2.0/24", { networkSecurityGroup: undefined, ...table("dead-end") })], ["in-api-db"], []],
    ["hosts beside each other are judged on both sides", [rule("out-same", "app", "Outbound Allow 310 Tcp 22", between("api", "job")), rule("in-same", "app", "Inbound Allow 310 Tcp 22", between("api", "job"))], [], ["+ api > job tcp 22"]],
    ["a role reaches itself where a rule says so", [rule("out-self", "app", "Outbound Allow 310 Tcp 9300", between("job", "job")), rule("in-self", "app", "Inbound Allow 310 Tcp 9300", between("job", "job"))], [], ["+ job > job tcp 9300"]],
    ["and not by Azure's own rules alone", [], ["app-Inbound-deny", "app-Outbound-deny"], ["+ api > internet all", "+ api > job all", "+ job > api all", "+ job > internet all", "- api > internet tcp 443"]],
  ])("%s", (_, added, removed, expected) => {
    expect(difference(changed(added, removed)).toSorted()).toEqual([...expected].toSorted());
  });
});

describe("network interfaces and their groups", () => {
  const own = { networkSecurityGroup: { id: hangsOn(["network:NetworkSecurityGroup", "filter-own"]) } };
  const jobOut = rule("out-job", "app", "Outbound Allow 310 Tcp 5432", between("job", "db"));
  const jobIn = rule("in-job", "data", "Inbound Allow 310 Tcp 5432", between("job", "db"));
  // biome-ignore format: a table
  it.each<Row>([
    ["an interface of its own carries a group", [jobOut, jobIn], [], ["+ job > db tcp 5432"]],
    ["one that carries another's name is another", [jobOut, jobIn, host("job", "app", {}, { applicationSecurityGroups: groups("api") })], [], ["+ job > db tcp 5432", "+ job > internet tcp 443"]],
    ["without a group no rule is about it", [scaleSet("api", "app", { applicationSecurityGroups: [] })], [], ["- api > db tcp 5432", "- api > internet tcp 443"]],
    ["an endpoint without a group is not reached", [planned("network:PrivateEndpoint", "db-endpoint", { ...endpoint("db-endpoint", ["dbforpostgresql:Server", "db-server"], "db").inputs, applicationSecurityGroups: [] })], [], ["- api > db tcp 5432"]],
    ["a group of the interface is asked as well", [jobOut, jobIn, host("job", "app", own), rule("own-deny", "own", "Outbound Deny 100 * 5432")], [], []],
    ["and lets through what it allows", [jobOut, jobIn, host("job", "app", own), rule("own-allow", "own", "Outbound Allow 100 Tcp 5432")], [], ["+ job > db tcp 5432"]],
    ["a fixed address is more exact than its subnet", [rule("in-exact", "data", "Inbound Deny 150 * *", from("10.0.1.0/28")), host("job", "app", {}, { privateIPAddress: "10.0.1.200" }), jobOut, jobIn], [], ["+ job > db tcp 5432"]],
  ])("%s", (_, added, removed, expected) => {
    expect(difference(changed(added, removed)).toSorted()).toEqual([...expected].toSorted());
  });

  it("judges IPv6 by itself, and lets it out only by an address of its own", () => {
    const wide = planned("network:VirtualNetwork", "net", {
      location: "eastus",
      addressSpace: { addressPrefixes: ["10.0.0.0/16", "fd00:10::/48"] },
    });
    const both = subnet("app", "net", "", { addressPrefix: undefined, addressPrefixes: ["10.0.1.0/24", "fd00:10:0:1::/64"], ...nat });
    const sixth = (more: object) => [
      wide,
      both,
      host("job", "app", {}, { privateIPAddressVersion: "IPv6", ...more }),
      rule("out-six", "app", "Outbound Allow 310 Tcp 80", to("::/0")),
    ];
    expect(difference(changed(sixth({})))).toEqual([]);
    expect(difference(changed(sixth(address)))).toEqual(["+ job > internet tcp 80"]);
  });
});

describe("private endpoints", () => {
  const unfiltered = (privateEndpointNetworkPolicies?: string) =>
    subnet("data", "net", "10.0.2.0/24", { ...table("dead-end"), privateEndpointNetworkPolicies });
  // biome-ignore format: a table
  it.each<Row>([
    ["none: nobody reaches the service", [], ["db-endpoint"], ["- api > db tcp 5432"]],
    ["rules of their subnet do not count unless it says so", [unfiltered()], ["in-api-db"], []],
    ["nor with policies for routes alone", [unfiltered("RouteTableEnabled")], ["in-api-db"], []],
    ["they do with policies for groups", [unfiltered("NetworkSecurityGroupEnabled")], ["in-api-db"], ["- api > db tcp 5432"]],
    ["a vault is one of the cloud's own services", [endpoint("db-endpoint", ["keyvault:Vault", "v"], "db"), planned("keyvault:Vault", "v", { properties: { publicNetworkAccess: "Disabled" } })], [], ["+ api > endpoints tcp 5432", "- api > db tcp 5432"]],
    ["an account is the store", [endpoint("db-endpoint", ["storage:StorageAccount", "s"], "db"), planned("storage:StorageAccount", "s", {})], [], ["+ api > store tcp 5432", "- api > db tcp 5432"]],
    ["an endpoint opens no connection itself", [rule("out-db", "data", "Outbound Allow 310 * *"), rule("in-db", "app", "Inbound Allow 310 * *")], [], []],
  ])("%s", (_, added, removed, expected) => {
    expect(difference(changed(added, removed)).toSorted()).toEqual([...expected].toSorted());
  });
});

describe("routes and ways out", () => {
  const app = (more: object) => subnet("app", "net", "10.0.1.0/24", { ...more });
  const jobOut = rule("out-job", "app", "Outbound Allow 310 Tcp 443", to("Internet"));
  // biome-ignore format: a table
  it.each<Row>([
    ["no NAT gateway, no way out", [app({})], [], ["- api > internet tcp 443"]],
    ["nor by one that has no address", [planned("network:NatGateway", "nat", {})], [], ["- api > internet tcp 443"]],
    ["a lent address is for machines, not for flexible scale sets", [app({ defaultOutboundAccess: undefined }), jobOut], [], ["+ job > internet tcp 443", "- api > internet tcp 443"]],
    ["an address of its own", [app({}), scaleSet("api", "app", { publicIPAddressConfiguration: { name: "a" } })], [], []],
    ["a dead end before the gateway", [app({ ...nat, ...table("dead-end") })], [], ["- api > internet tcp 443"]],
    ["a dead end does not part the network", [app({ ...nat, ...table("dead-end") }), rule("in-x", "data", "Inbound Allow 210 Tcp 80"), rule("out-x", "app", "Outbound Allow 210 Tcp 80", to("10.0.2.0/24"))], [], ["+ api > db tcp 80", "+ job > db tcp 80", "- api > internet tcp 443"]],
    ["a route as narrow as the network does", [app({ ...nat, ...table("parted") }), routes("parted", ["10.0.0.0/16", "None"])], [], ["- api > db tcp 5432"]],
    ["but not to endpoints whose subnet lets no route count", [app({ ...nat, ...table("parted") }), routes("parted", ["10.0.0.0/16", "None"]), subnet("data", "net", "10.0.2.0/24", { privateEndpointNetworkPolicies: "NetworkSecurityGroupEnabled" })], [], []],
    ["the closest route wins", [app({ ...nat, ...table("parted") }), routes("parted", ["10.0.0.0/16", "None"], ["10.0.2.0/24", "VnetLocal"])], [], []],
    ["a dead end with a hole", [app({ ...nat, ...table("holed") }), routes("holed", ["0.0.0.0/0", "None"], ["20.0.0.0/8", "Internet"])], [], []],
    ["to the gateway of another site", [app({ ...nat, ...table("forced") }), routes("forced", ["0.0.0.0/0", "VirtualNetworkGateway"])], [], ["- api > internet tcp 443"]],
    ["to an appliance, which has a way of its own", [app(table("firewall")), routes("firewall", ["0.0.0.0/0", "VirtualAppliance"])], [], []],
    ["a route beside its table", [app({ ...nat, ...table("empty") }), routes("empty"), planned("network:Route", "r", { routeTableName: hangsOn(["network:RouteTable", "empty"]), addressPrefix: "0.0.0.0/0", nextHopType: "None" })], [], ["- api > internet tcp 443"]],
  ])("%s", (_, added, removed, expected) => {
    expect(difference(changed(added, removed)).toSorted()).toEqual([...expected].toSorted());
  });
});

describe("the world outside", () => {
  const open = rule("in-world", "app", "Inbound Allow 310 Tcp 443", from("Internet"));
  const site = rule("in-site", "app", "Inbound Allow 310 Tcp 8080", { ...from("192.168.1.0/24") });
  // biome-ignore format: a table
  it.each<Row>([
    ["a rule alone lets nobody in", [open], [], []],
    ["nor an address alone", [host("job", "app", {}, address)], [], []],
    ["both do", [open, host("job", "app", {}, address)], [], ["+ internet > job tcp 443"]],
    ["but not where answers end nowhere", [open, host("job", "app", {}, address), subnet("app", "net", "10.0.1.0/24", { ...nat, ...table("dead-end") })], [], ["- api > internet tcp 443"]],
    ["nor where no group speaks for the address", [host("job", "app", {}, address), subnet("app", "net", "10.0.1.0/24", { ...nat, networkSecurityGroup: undefined })], ["in-api-db"], ["+ api > internet all", "+ api > job all", "+ job > api all", "+ job > internet all", "- api > db tcp 5432", "- api > internet tcp 443"]],
    ["a private range outside is an end as written", [site], [], ["+ 192.168.1.0/24 > api tcp 8080", "+ 192.168.1.0/24 > job tcp 8080"]],
    ["a smaller denial leaves the rest of it", [site, rule("in-no", "app", "Inbound Deny 309 * *", from("192.168.1.0/28"))], [], ["+ 192.168.1.0/24 > api tcp 8080", "+ 192.168.1.0/24 > job tcp 8080"]],
    ["a wider denial closes it", [site, rule("in-no", "app", "Inbound Deny 309 * *", from("192.168.0.0/16"))], [], []],
    ["and so does a route that ends nowhere", [site, routes("away", ["192.168.0.0/16", "None"]), subnet("app", "net", "10.0.1.0/24", { ...nat, ...table("away") })], [], []],
    ["a public range needs an address to come to", [rule("in-office", "app", "Inbound Allow 310 Tcp 443", from("203.0.113.0/24"))], [], []],
    ["and is told where the internet is not", [rule("in-office", "app", "Inbound Allow 310 Tcp 443", from("203.0.113.0/24")), host("job", "app", {}, address)], [], ["+ 203.0.113.0/24 > job tcp 443"]],
    ["not where the internet is", [open, rule("in-office", "app", "Inbound Allow 311 Tcp 443", from("203.0.113.0/24")), host("job", "app", {}, address)], [], ["+ internet > job tcp 443"]],
    ["a service's tag is told where the internet is not open", [rule("out-logs", "app", "Outbound Allow 310 Tcp 443", to("AzureMonitor"))], [], ["+ job > AzureMonitor tcp 443"]],
    ["and a denial of the internet closes it", [rule("out-logs", "app", "Outbound Allow 310 Tcp 443", to("AzureMonitor")), rule("out-no", "app", "Outbound Deny 305 * *", to("Internet"))], [], []],
  ])("%s", (_, added, removed, expected) => {
    expect(difference(changed(added, removed)).toSorted()).toEqual([...expected].toSorted());
  });
});

describe("a second network", () => {
  const ref = (name: string) => hangsOn(["network:VirtualNetwork", name]);
  const peering = (name: string, own: string, other: string, more: object = {}) =>
    planned("network:VirtualNetworkPeering", name, { virtualNetworkName: ref(own), remoteVirtualNetwork: { id: ref(other) }, ...more });
  const second = [
    network("net-dr", "10.1.0.0/16", "westus2"),
    subnet("far", "net-dr", "10.1.1.0/24"),
    host("away", "far"),
    rule("out-far", "app", "Outbound Allow 310 Tcp 22", to("10.1.0.0/16")),
    rule("in-far", "far", "Inbound Allow 310 Tcp 22", from("10.0.1.0/24")),
  ];
  // biome-ignore format: a table
  it.each<readonly [string, readonly PlannedResource[], readonly string[]]>([
    ["is apart", [], []],
    ["is apart while only one side is joined", [peering("there", "net", "net-dr")], []],
    ["is reached once both are", [peering("there", "net", "net-dr"), peering("back", "net-dr", "net")], ["+ api > away tcp 22", "+ job > away tcp 22"]],
    ["is apart where one side allows nothing", [peering("there", "net", "net-dr"), peering("back", "net-dr", "net", { allowVirtualNetworkAccess: false })], []],
  ])("%s", (_, added, expected) => {
    expect(difference(changed([...second, ...added]))).toEqual(expected);
  });

  it("is the secondary place by its region", () => {
    const here = [rule("out-in", "far", "Outbound Allow 310 Tcp 5044", from("*")), rule("in-in", "far", "Inbound Allow 320 Tcp 5044")];
    const { reaches } = azure(changed([...second, ...here, host("log", "far")]));
    expect(reaches.filter(({ place }) => place === "secondary").map(({ from: one, to: other }) => `${one} > ${other}`)).toContain(
      "away > log",
    );
  });
});

describe("what is not read does not pass for closed", () => {
  const stranger = (type: string, inputs: object = {}) => [planned(type, "new", { ...inputs })];
  // biome-ignore format: a table
  it.each<readonly [string, readonly PlannedResource[], RegExp]>([
    ["a firewall", stranger("network:AzureFirewall"), /new .*nothing here reads what this opens/],
    ["a cluster", stranger("containerservice:ManagedCluster"), /nothing here reads/],
    ["a server inside a subnet", stranger("dbforpostgresql:Server", { network: { delegatedSubnetResourceId: "x" } }), /nothing here reads/],
    ["a rule of no group", [planned("network:SecurityRule", "new", { ...rule("x", "app", "Inbound Allow 1 * *").inputs, networkSecurityGroupName: "g" })], /belongs to no security group/],
    ["a rule with a range that only a deploy knows", [rule("new", "app", "Inbound Allow 310 * *", { sourceAddressPrefix: hangsOn(["network:PublicIPAddress", "a"]) })], /does not know the source/],
    ["ports that are no ports", [rule("new", "app", "Inbound Allow 310 Tcp http")], /"http" is no range of ports/],
    ["a host in no subnet of the plan", [host("new", "nowhere")], /stands in no subnet/],
  ])("%s", (_, added, message) => {
    expect(() => azure(changed(added))).toThrow(message);
  });
});
