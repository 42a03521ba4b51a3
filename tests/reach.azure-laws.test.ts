/** What the laws forbid on Azure whatever was asked for: each door that faces the internet is named, and each closed one is not. */
import { expect, it } from "vitest";
import type { PlannedResource } from "../cli/planner/model.ts";
import { azure } from "../reach/azure.ts";
import { changed, groups, hangsOn, host, planned, routes, rule, scaleSet, subnet } from "./support/azureGround.ts";

const from = (prefix: string) => ({ sourceAddressPrefix: prefix });
const data = (more: object) => subnet("data", "net", "10.0.2.0/24", { ...more });
const deadEnd = { routeTable: { id: hangsOn(["network:RouteTable", "dead-end"]) } };
const closedAccount = { publicNetworkAccess: "Disabled", allowBlobPublicAccess: false };
const denying = { publicNetworkAccess: "Enabled", allowBlobPublicAccess: false, networkRuleSet: { defaultAction: "Deny", ipRules: [] } };
const flowLog = planned("network:FlowLog", "log", { storageId: hangsOn(["storage:StorageAccount", "s"]) });

// biome-ignore format: a table
it.each<readonly [title: string, added: readonly PlannedResource[], removed: readonly string[], exposures: readonly string[]]>([
  ["nothing to say", [], [], []],
  ["an address on a machine", [host("job", "app", {}, { publicIPAddress: { id: hangsOn(["network:PublicIPAddress", "a"]) } })], [], ["job-nic: it has a public address and is no entry"]],
  ["an address on a scale set", [scaleSet("api", "app", { publicIPAddressConfiguration: { name: "a" } })], [], ["api-group: it has a public address and is no entry"]],
  ["an address that Azure lends", [subnet("app", "net", "10.0.1.0/24", { defaultOutboundAccess: true })], [], ["app: Azure lends its hosts an address on the internet"]],
  ["a data tier without its dead end", [data({})], [], ["data: a data tier has a route to the internet"]],
  ["a data tier whose dead end leads on", [routes("dead-end", ["0.0.0.0/0", "Internet"])], [], ["data: a data tier has a route to the internet"]],
  ["a data tier with a hole in its dead end", [routes("dead-end", ["0.0.0.0/0", "None"], ["8.0.0.0/8", "Internet"])], [], ["data: a data tier has a route to the internet"]],
  ["a data tier with a gateway", [data({ ...deadEnd, natGateway: { id: hangsOn(["network:NatGateway", "nat"]) } })], [], ["data: a data tier has a way to the internet by nat"]],
  ["a data tier that may go out", [rule("out", "data", "Outbound Allow 400 Tcp 443", { destinationAddressPrefix: "Internet" })], [], ["out: it lets a data tier out to internet"]],
  ["a data tier that may go out by Azure's own rule", [], ["data-Outbound-deny"], ["filter-data: it lets a data tier out to internet"]],
  ["a data tier that lets the world in", [rule("in", "data", "Inbound Allow 400 Tcp 5432", from("*"))], [], ["in: it lets internet in to db, which is no entry"]],
  ["a host that lets the world in, with or without an address", [rule("in", "app", "Inbound Allow 400 Tcp 443", { ...from("Internet"), destinationAddressPrefix: undefined, destinationApplicationSecurityGroups: groups("job") })], [], ["in: it lets internet in to job, which is no entry"]],
  ["an admin port for a range of the internet", [rule("in", "app", "Inbound Allow 400 Tcp 22", { ...from("203.0.113.0/24"), destinationAddressPrefix: undefined, destinationApplicationSecurityGroups: groups("job") })], [], ["in: it lets 203.0.113.0/24 in to job, which is no entry", "in: it opens an admin port to 203.0.113.0/24"]],
  ["an admin port for everything private", [rule("in", "app", "Inbound Allow 400 Tcp 3000-4000", from("10.0.0.0/8"))], [], ["in: it opens an admin port to 10.0.0.0/8", "in: it opens an admin port to 10.0.0.0/16"]],
  ["an admin port for the whole network by Azure's own rule", [], ["app-Inbound-deny"], ["filter-app: it opens an admin port to 10.0.0.0/16"]],
  ["an admin port in a subnet where nobody stands yet", [subnet("empty", "net", "10.0.9.0/24"), rule("in", "empty", "Inbound Allow 400 Tcp 22", from("Internet")), rule("no", "empty", "Inbound Deny 4096 * *")], [], ["in: it opens an admin port to internet"]],
  ["an admin port for a site's range is for its people", [rule("in", "app", "Inbound Allow 400 Tcp 22", from("192.168.1.0/24"))], [], []],
  ["a subnet of hosts without a security group", [subnet("bare", "net", "10.0.8.0/24", { networkSecurityGroup: undefined })], [], ["bare: it opens an admin port to internet", "bare: it opens an admin port to 10.0.0.0/16"]],
  ["a data tier whose endpoints no group judges", [data({ ...deadEnd, privateEndpointNetworkPolicies: "Disabled" })], [], ["data: it lets internet in to db, which is no entry"]],
  ["a denied rule exposes nothing", [rule("in", "app", "Inbound Allow 400 Tcp 22", from("Internet")), rule("no", "app", "Inbound Deny 399 Tcp 22", from("*"))], [], []],
  ["a database with a public side", [planned("dbforpostgresql:Server", "db-server", { tags: { role: "db" }, network: { publicNetworkAccess: "Enabled" } })], [], ["db-server: its public side is on"]],
  ["a MySQL that does not say", [planned("dbformysql:Server", "my", {})], [], ["my: its public side is on"]],
  ["a cache", [planned("redisenterprise:RedisEnterprise", "c", { publicNetworkAccess: "Enabled" })], [], ["c: its public side is on"]],
  ["a vault", [planned("keyvault:Vault", "v", { properties: { publicNetworkAccess: "Enabled" } })], [], ["v: its public side is on"]],
  ["a disk", [planned("compute:Disk", "d", { publicNetworkAccess: "Enabled" })], [], ["d: its public side is on"]],
  ["an account", [planned("storage:StorageAccount", "s", { ...closedAccount, publicNetworkAccess: "Enabled" })], [], ["s: its public side is on"]],
  ["a closed account", [planned("storage:StorageAccount", "s", closedAccount)], [], []],
  ["an account that may be opened", [planned("storage:StorageAccount", "s", { publicNetworkAccess: "Disabled" })], [], ["s: its containers may be opened to everybody"]],
  ["an open container", [planned("storage:BlobContainer", "b", { publicAccess: "Blob" })], [], ["b: everybody may read it"]],
  ["a denying account that no flow log writes to", [planned("storage:StorageAccount", "s", denying)], [], ["s: its public side is on"]],
  ["the account of a flow log keeps one for the watcher", [planned("storage:StorageAccount", "s", denying), flowLog], [], []],
  ["but for nobody else", [planned("storage:StorageAccount", "s", { ...denying, networkRuleSet: { defaultAction: "Deny", ipRules: [{ iPAddressOrRange: "203.0.113.0/24" }] } }), flowLog], [], ["s: its public side is on"]],
])("%s", (_, added, removed, expected) => {
  expect(azure(changed(added, removed)).exposures.map(({ resource, what }) => `${resource}: ${what}`)).toEqual(expected);
});
