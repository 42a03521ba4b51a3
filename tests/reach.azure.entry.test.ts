/** The ways in on Azure: each line that balancers, Front Door, Bastion and VPN gateways open, and what closes it again. */
import { describe, expect, it } from "vitest";
import type { PlannedResource } from "../cli/planner/model.ts";
import { azure } from "../reach/azure.ts";
import {
  bastion,
  byPaths,
  called,
  connection,
  domain,
  endpointOfCdn,
  fronted,
  gated,
  gateway,
  handed,
  handing,
  inPool,
  inSomePool,
  inside,
  insidePassing,
  leads,
  listener,
  origin,
  originGroup,
  passing,
  paths,
  record,
  route,
  sessions,
  site,
  turns,
  vpn,
} from "./support/azureEntries.ts";
import { between, changed, difference, groups, hangsOn, host, planned, routes, rule, scaleSet, subnet } from "./support/azureGround.ts";

const from = (prefix: string) => ({ sourceAddressPrefix: prefix });
const nothing: readonly string[] = [];

/** The later of two with one name counts. */
const over = (...parts: readonly (readonly PlannedResource[])[]): readonly PlannedResource[] => [
  ...new Map(parts.flat().map(one => [one.urn, one])).values(),
];
const opened = (parts: readonly PlannedResource[], added: readonly PlannedResource[], removed: readonly string[] = []): readonly string[] =>
  difference(
    changed(
      over(parts, added).filter(({ name }) => !removed.includes(name)),
      removed,
    ),
  ).toSorted();

type Row = readonly [title: string, added: readonly PlannedResource[], removed: readonly string[], lines: readonly string[]];

describe("a gateway", () => {
  const usual = ["+ internet > lb tcp 443", "+ internet > lb tcp 80", "+ lb > api tcp 8000"];
  const private_ = [gateway(inside), rule("out-lb", "app", "Outbound Allow 320 Tcp 443", { destinationAddressPrefix: "10.0.3.9" })];
  const v6 = subnet("public", "net", "10.0.3.0/24", { addressPrefix: undefined, addressPrefixes: ["10.0.3.0/24", "fd00:0:0:3::/64"] });
  // biome-ignore format: a table
  it.each<Row>([
    ["answers on its listeners' ports, and asks its pool's members", [], [], usual],
    ["not on a port that its subnet's group keeps shut", [], ["in-plain"], ["+ internet > lb tcp 443", "+ lb > api tcp 8000"]],
    ["on both where no group stands before it", [subnet("public", "net", "10.0.3.0/24", { networkSecurityGroup: undefined })], [], usual],
    ["not on a port without a listener, whatever the group says", [gateway({ requestRoutingRules: [leads("https", "api")] })], [], ["+ internet > lb tcp 443", "+ lb > api tcp 8000"]],
    ["on a port that a listener has moved to", [gateway({ frontendPorts: [{ name: "https", port: 8443 }, { name: "http", port: 80 }] })], [], ["+ internet > lb tcp 80", "+ lb > api tcp 8000"]],
    ["for a range alone, as the range", [rule("in-web", "public", "Inbound Allow 200 Tcp 443", from("203.0.113.0/24"))], ["in-plain"], ["+ 203.0.113.0/24 > lb tcp 443", "+ lb > api tcp 8000"]],
    ["nobody where answers end nowhere", [subnet("public", "net", "10.0.3.0/24", { routeTable: { id: hangsOn(["network:RouteTable", "dead-end"]) } })], [], ["+ lb > api tcp 8000"]],
    ["asks nobody outside of its pools", [scaleSet("api", "app")], [], ["+ internet > lb tcp 443", "+ internet > lb tcp 80"]],
    ["asks members of a pool that only a deploy will know", [scaleSet("api", "app", inSomePool)], [], usual],
    ["asks no pool that no rule leads to", [host("job", "app", {}, inPool("job"))], [], usual],
    ["asks no pool of a gateway that sends everybody elsewhere", [gateway({ requestRoutingRules: [turns("https"), turns("http")] })], [], ["+ internet > lb tcp 443", "+ internet > lb tcp 80"]],
    ["asks every pool of a map of paths", [gateway({ requestRoutingRules: [byPaths("https"), turns("http")], urlPathMaps: [paths("api", "job")] }), host("job", "app", {}, inPool("job"))], [], [...usual, "+ lb > job tcp 9000"]],
    ["asks on the settings' port alone", [gateway({ requestRoutingRules: [leads("https", "api", "job"), turns("http")] })], [], ["+ internet > lb tcp 443", "+ internet > lb tcp 80", "+ lb > api tcp 9000"]],
    ["asks nobody whose group keeps it out", [], ["in-hosts"], ["+ internet > lb tcp 443", "+ internet > lb tcp 80"]],
    ["asks nobody whom its own group keeps from it", [], ["out-hosts"], ["+ internet > lb tcp 443", "+ internet > lb tcp 80"]],
    ["with a private front answers members of the network alone", [...private_, rule("in-web", "public", "Inbound Allow 200 Tcp 443", from("10.0.1.0/24"))], ["in-plain"], ["+ api > lb tcp 443", "+ job > lb tcp 443", "+ lb > api tcp 8000"]],
    ["with a private front not the internet", private_, [], ["+ lb > api tcp 8000"]],
    ["with a private front a site behind a VPN", [gateway(inside), rule("in-web", "public", "Inbound Allow 200 Tcp 443", from("192.168.1.0/24"))], [], ["+ 192.168.1.0/24 > lb tcp 443", "+ lb > api tcp 8000"]],
    ["with a public one no site", [rule("in-web", "public", "Inbound Allow 200 Tcp 443", from("192.168.1.0/24"))], ["in-plain"], ["+ lb > api tcp 8000"]],
    ["answers IPv6 by an address of that family", [v6, planned("network:PublicIPAddress", "lb-address", { publicIPAddressVersion: "IPv6" }), rule("in-web", "public", "Inbound Allow 200 Tcp 443", from("::/0"))], ["in-plain"], ["+ internet > lb tcp 443", "+ lb > api tcp 8000"]],
  ])("%s", (_, added, removed, expected) => {
    expect(opened(gated, added, removed)).toEqual([...expected].toSorted());
  });
});

describe("a balancer that hands on", () => {
  const calls = [
    rule("out-pass", "app", "Outbound Allow 330 Tcp 443", {
      ...between("job", "job"),
      destinationApplicationSecurityGroups: undefined,
      destinationAddressPrefix: "10.0.1.200",
    }),
    rule("in-callers", "app", "Inbound Allow 210 Tcp 8443", between("job", "api")),
    host("job", "app"),
  ];
  // biome-ignore format: a table
  it.each<Row>([
    ["is reached where its members let the callers in", [], [], ["+ internet > pass tcp 443", "+ pass > api tcp 8443"]],
    ["by nobody where they do not", [], ["in-callers"], nothing],
    ["by nobody where they let them in on the front's port alone", [rule("in-callers", "app", "Inbound Allow 210 Tcp 443", from("Internet"))], [], nothing],
    ["by a range, as the range", [rule("in-callers", "app", "Inbound Allow 210 Tcp 8443", from("203.0.113.0/24"))], [], ["+ 203.0.113.0/24 > pass tcp 443", "+ pass > api tcp 8443"]],
    ["by nobody without a member", [scaleSet("api", "app")], [], nothing],
    ["by nobody in a pool that no rule leads to", [scaleSet("api", "app", handed("other"))], [], nothing],
    ["by nobody without a rule", [passing({ loadBalancingRules: [] })], [], nothing],
    ["by nobody outside on a private front", [passing(insidePassing)], [], nothing],
    ["by a member of the network where both sides let it", [passing(insidePassing), ...calls], [], ["+ job > pass tcp 443", "+ pass > api tcp 8443"]],
    ["not where the caller's own group knows another address", [passing({ frontendIPConfigurations: [{ ...insidePassing.frontendIPConfigurations[0], privateIPAddress: "10.0.1.201" }] }), ...calls], [], ["+ pass > api tcp 8443"]],
    ["and then its members directly too, where the caller may", [passing(insidePassing), ...calls, rule("out-api", "app", "Outbound Allow 331 Tcp 8443", between("job", "api"))], [], ["+ job > api tcp 8443", "+ job > pass tcp 443", "+ pass > api tcp 8443"]],
    ["by a site on a private front", [passing(insidePassing), rule("in-callers", "app", "Inbound Allow 210 Tcp 8443", from("192.168.1.0/24"))], [], ["+ 192.168.1.0/24 > api tcp 8443", "+ 192.168.1.0/24 > job tcp 8443", "+ 192.168.1.0/24 > pass tcp 443", "+ pass > api tcp 8443"]],
    ["whose members are let probes alone, asks them", [rule("in-callers", "app", "Inbound Allow 210 * *", from("AzureLoadBalancer"))], [], ["+ pass > api tcp 8443"]],
    ["on every port, where its rule has all", [passing({}, { protocol: "All", frontendPort: 0, backendPort: 0 })], [], ["+ internet > pass tcp 8443", "+ pass > api tcp 8443"]],
    ["lends its address where it does not say otherwise", [passing({}, { disableOutboundSnat: undefined }), subnet("app", "net", "10.0.1.0/24")], [], ["+ internet > pass tcp 443", "+ pass > api tcp 8443"]],
    ["and nobody goes out where it does", [subnet("app", "net", "10.0.1.0/24")], [], ["+ internet > pass tcp 443", "+ pass > api tcp 8443", "- api > internet tcp 443"]],
  ])("%s", (_, added, removed, expected) => {
    expect(opened(handing, added, removed)).toEqual([...expected].toSorted());
  });
});

describe("Front Door", () => {
  const both = over(gated, fronted);
  const visitors = ["+ internet > cdn tcp 443", "+ internet > cdn tcp 80"];
  const direct = ["+ internet > lb tcp 443", "+ internet > lb tcp 80", "+ lb > api tcp 8000"];
  const closed = rule("in-web", "public", "Inbound Allow 200 Tcp 443", from("AzureFrontDoor.Backend"));
  const account = ["storage:StorageAccount", "s"] as const;
  // biome-ignore format: a table
  it.each<Row>([
    ["answers, and asks the balancer behind the origin's name", [], [], [...visitors, "+ cdn > lb tcp 443", ...direct]],
    ["is the only one that a closed balancer lets in", [closed], ["in-plain"], [...visitors, "+ cdn > lb tcp 443", "+ lb > api tcp 8000"]],
    ["asks nobody that lets neither it nor the internet in", [rule("in-web", "public", "Inbound Allow 200 Tcp 443", from("203.0.113.0/24"))], ["in-plain"], [...visitors, "+ 203.0.113.0/24 > lb tcp 443", "+ lb > api tcp 8000"]],
    ["whoever else has it, if nothing of ours asks", [closed, origin({ enabledState: "Disabled" })], ["in-plain"], [...visitors, "+ AzureFrontDoor.Backend > lb tcp 443", "+ lb > api tcp 8000"]],
    ["answers https alone where a route says so", [route({ supportedProtocols: ["Https"] })], [], ["+ internet > cdn tcp 443", "+ cdn > lb tcp 443", ...direct]],
    ["answers nobody by a route that is off", [route({ enabledState: "Disabled" })], [], direct],
    ["nor by one without a name", [route({ customDomains: [] })], [], direct],
    ["but by its own name", [route({ customDomains: [], linkToDefaultDomain: "Enabled" })], [], [...visitors, "+ cdn > lb tcp 443", ...direct]],
    ["nor by an endpoint that is off", [endpointOfCdn("Disabled")], [], direct],
    ["asks on the port of http too where visitors of it are not sent on", [route({ forwardingProtocol: "MatchRequest", httpsRedirect: "Disabled" })], [], [...visitors, "+ cdn > lb tcp 443", "+ cdn > lb tcp 80", ...direct]],
    ["asks on another port that an origin has", [origin({ httpsPort: 80 })], [], [...visitors, "+ cdn > lb tcp 80", ...direct]],
    ["is told where it asks somebody else", [record({ relativeRecordSetName: "other" })], [], [...visitors, "+ cdn > origin.example.com tcp 443", ...direct]],
    ["finds a balancer by the name in its listener", [record({ relativeRecordSetName: "other" }), gateway({ httpListeners: [listener("https", { hostNames: ["origin.example.com"] }), listener("http")] })], [], [...visitors, "+ cdn > lb tcp 443", ...direct]],
    ["finds one by Traffic Manager", [record({ targetResource: { id: hangsOn(["trafficmanager:Profile", "manager"]) } }), planned("trafficmanager:Profile", "manager", { endpoints: [{ target: hangsOn(["network:PublicIPAddress", "lb-address"]) }] })], [], [...visitors, "+ cdn > lb tcp 443", ...direct]],
    ["reads a bucket by no network of ours", [origin({ hostName: hangsOn(account) })], [], [...visitors, ...direct]],
  ])("%s", (_, added, removed, expected) => {
    expect(opened(both, added, removed)).toEqual([...expected].toSorted());
  });

  it("asks a balancer that hands on, where its members let it", () => {
    const named = record({ targetResource: { id: hangsOn(["network:PublicIPAddress", "pass-address"]) } });
    const closedMember = rule("in-callers", "app", "Inbound Allow 210 Tcp 8443", from("AzureFrontDoor.Backend"));
    const ways = ["+ cdn > pass tcp 443", ...visitors, "+ pass > api tcp 8443"];
    expect(opened(over(handing, fronted), [named, closedMember])).toEqual(ways.toSorted());
    expect(opened(over(handing, fronted), [named], ["in-callers"])).toEqual(visitors);
  });
});

describe("sessions and VPN", () => {
  const clients = {
    vpnClientConfiguration: { vpnClientAddressPool: { addressPrefixes: ["172.16.252.0/22"] }, vpnClientProtocols: ["IkeV2"] },
  };
  const everybody = ["+ 172.16.252.0/22 > api tcp 22", "+ 172.16.252.0/22 > job tcp 22"];
  const tunnels = ["+ internet > vpn udp 4500", "+ internet > vpn udp 500"];
  const bare = subnet("session", "net", "10.0.0.192/26", { networkSecurityGroup: undefined });
  // biome-ignore format: a table
  it.each<readonly [string, readonly PlannedResource[], readonly PlannedResource[], readonly string[], readonly string[]]>([
    ["people come to Bastion, and it to the hosts", sessions, [], [], ["+ 10.0.0.192/26 > api tcp 22", "+ 10.0.0.192/26 > job tcp 22", "+ internet > session tcp 443"]],
    ["not to hosts that do not name its subnet", sessions, [rule("in-session", "app", "Inbound Allow 220 Tcp 22", from("10.0.0.128/26"))], [], ["+ internet > session tcp 443"]],
    ["nor where its own group keeps it in", sessions, [], ["out-sessions"], ["+ internet > session tcp 443"]],
    ["nobody where its own group keeps people out", sessions, [], ["in-people"], ["+ 10.0.0.192/26 > api tcp 22", "+ 10.0.0.192/26 > job tcp 22"]],
    ["nor to a private one", sessions, [bastion({ enablePrivateOnlyBastion: true })], [], ["+ 10.0.0.192/26 > api tcp 22", "+ 10.0.0.192/26 > job tcp 22"]],
    ["without a group it is open both ways", sessions, [bare], ["in-people"], ["+ 10.0.0.192/26 > api tcp 22", "+ 10.0.0.192/26 > job tcp 22", "+ internet > session tcp 443"]],
    ["clients come by https", called, [], [], [...everybody, "+ internet > vpn tcp 443"]],
    ["or as tunnels do", called, [vpn(clients)], [], [...everybody, ...tunnels]],
    ["not where no pool is theirs", called, [vpn({ vpnClientConfiguration: undefined })], [], everybody],
    ["only to hosts that name their range", called, [rule("in-clients", "app", "Inbound Allow 230 Tcp 22", { ...from("172.16.252.0/22"), destinationAddressPrefix: undefined, destinationApplicationSecurityGroups: groups("job") })], [], ["+ 172.16.252.0/22 > job tcp 22", "+ internet > vpn tcp 443"]],
    ["not where routes end nowhere", called, [routes("away", ["172.16.0.0/12", "None"]), subnet("app", "net", "10.0.1.0/24", { natGateway: { id: hangsOn(["network:NatGateway", "nat"]) }, routeTable: { id: hangsOn(["network:RouteTable", "away"]) } })], [], ["+ internet > vpn tcp 443"]],
    ["a site comes by a tunnel", called, [site("203.0.113.9"), connection()], [], [...everybody, "+ internet > vpn tcp 443", ...tunnels]],
    ["not without the other end", called, [site(), connection()], [], [...everybody, "+ internet > vpn tcp 443"]],
    ["nor by another gateway", called, [site("203.0.113.9"), connection({ virtualNetworkGateway1: { id: hangsOn(["network:VirtualNetworkGateway", "other"]) } })], [], [...everybody, "+ internet > vpn tcp 443"]],
  ])("%s", (_, parts, added, removed, expected) => {
    expect(opened(parts, added, removed)).toEqual([...expected].toSorted());
  });
});

describe("what the ways in expose", () => {
  const account = (more: object = {}) =>
    planned("storage:StorageAccount", "s", {
      publicNetworkAccess: "Enabled",
      allowBlobPublicAccess: false,
      allowSharedKeyAccess: false,
      ...more,
    });
  const bucket = [
    origin({ hostName: hangsOn(["storage:StorageAccount", "s"]) }),
    originGroup({ authentication: { type: "UserAssignedIdentity" } }),
  ];
  const all = over(gated, fronted, sessions, called);
  // biome-ignore format: a table
  it.each<Row>([
    ["nothing as they are", [], [], nothing],
    ["a listener in plain text", [gateway({ requestRoutingRules: [leads("https", "api"), leads("http", "api")] })], [], ["lb-gateway: it answers in plain text"]],
    ["an old policy of TLS", [gateway({ sslPolicy: { policyType: "Predefined", policyName: "AppGwSslPolicy20150501" } })], [], ["lb-gateway: it does not refuse TLS below 1.2"]],
    ["an old version by itself", [gateway({ sslPolicy: { policyType: "Custom", minProtocolVersion: "TLSv1_0" } })], [], ["lb-gateway: it does not refuse TLS below 1.2"]],
    ["no policy at all", [gateway({ sslPolicy: undefined })], [], ["lb-gateway: it does not refuse TLS below 1.2"]],
    ["a site in plain text", [route({ httpsRedirect: "Disabled" })], [], ["cdn-route: it answers in plain text"]],
    ["an origin asked in plain text", [route({ forwardingProtocol: "HttpOnly" })], [], ["cdn-route: it asks in plain text"]],
    ["a site with an old version of TLS", [domain("TLS10")], [], ["cdn-domain: it does not refuse TLS below 1.2"]],
    ["an origin that may be anybody", [origin({ enforceCertificateNameCheck: false })], [], ["cdn-origin: it asks whoever answers, whatever their certificate says"]],
    ["an account that Front Door reads as itself is none", [account(), ...bucket], [], nothing],
    ["one that keys open too", [account({ allowSharedKeyAccess: true }), ...bucket], [], ["s: its public side is on"]],
    ["one that Front Door reads as anybody could", [account(), origin({ hostName: hangsOn(["storage:StorageAccount", "s"]) })], [], ["s: its public side is on"]],
    ["an admin port before the gateway", [rule("in-admin", "public", "Inbound Allow 210 Tcp 22", from("Internet"))], [], ["in-admin: it opens an admin port to internet"]],
  ])("%s", (_, added, removed, expected) => {
    const { exposures } = azure(changed(over(all, added), removed));
    expect(exposures.map(({ resource, what }) => `${resource}: ${what}`)).toEqual(expected);
  });

  it("a host behind a balancer that hands on is no entry on other ports", () => {
    const exposed = (added: readonly PlannedResource[]) =>
      azure(changed(over(handing, added))).exposures.map(({ resource, what }) => `${resource}: ${what}`);
    const toApi = { ...from("Internet"), destinationAddressPrefix: undefined, destinationApplicationSecurityGroups: groups("api") };
    expect(exposed([rule("in-callers", "app", "Inbound Allow 210 Tcp 8443", toApi)])).toEqual([]);
    expect(exposed([rule("in-callers", "app", "Inbound Allow 210 Tcp 8443-8444", toApi)])).toEqual([
      "in-callers: it lets internet in to api, which is no entry",
    ]);
    expect(exposed([rule("in-callers", "app", "Inbound Allow 210 Tcp 8443", toApi), passing(insidePassing)])).toEqual([
      "in-callers: it lets internet in to api, which is no entry",
    ]);
  });
});

describe("what is not read of them does not pass for closed", () => {
  const parts = over(gated, handing, fronted, sessions, called);
  // biome-ignore format: a table
  it.each<readonly [string, readonly PlannedResource[], RegExp]>([
    ["ports of a balancer for single members", [passing({ inboundNatRules: [{ name: "ssh" }] })], /single members/],
    ["a balancer that is open without a group", [passing({ sku: { name: "Basic" } })], /not Standard/],
    ["members that answer with a balancer's address", [passing({}, { enableFloatingIP: true })], /its address/],
    ["members that a gateway's pool names", [gateway({ backendAddressPools: [{ name: "api", backendAddresses: [{ ipAddress: "10.0.1.4" }] }] })], /members that a pool names/],
    ["a listener of a gateway without a port", [gateway({ frontendPorts: [] })], /no part called "https"/],
    ["other protocols of a gateway", [gateway({ listeners: [{ name: "tcp" }] })], /other protocols/],
    ["a gateway of a circuit", [vpn({ gatewayType: "ExpressRoute" })], /none of a VPN/],
    ["a connection to another network", [connection({ connectionType: "Vnet2Vnet" })], /no tunnel to a site/],
    ["an origin by private link", [origin({ sharedPrivateLinkResource: {} })], /private link/],
    ["an origin that only a deploy knows", [origin({ hostName: hangsOn(["web:WebApp", "app"]) })], /whom it asks/],
    ["another part of Front Door", [planned("cdn:CustomDomain", "old", {})], /nothing here reads what this opens/],
  ])("%s", (_, added, message) => {
    expect(() => azure(changed(over(parts, added)))).toThrow(message);
  });
});
