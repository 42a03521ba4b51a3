/** A small platform on Azure as planned resources, to change one thing at a time: two hosts with a way out, a database behind a private endpoint. */
import type { PlannedResource } from "../../cli/planner/model.ts";
import { azure } from "../../reach/azure.ts";
import type { Reachability } from "../../reach/model.ts";
import { plainOptions } from "./plainOptions.ts";

type Inputs = Readonly<Record<string, unknown>>;

const urnOf = (type: string, name: string): string => `urn:pulumi:prod::strata::strata:index:Part$azure-native:${type}::${name}`;

export function planned(type: string, name: string, inputs: Inputs): PlannedResource {
  const urn = urnOf(type, name);
  return {
    urn,
    type: `azure-native:${type}`,
    name,
    parent: null,
    provider: null,
    custom: true,
    inputs,
    dependencies: [],
    options: plainOptions,
  };
}

/** As a plan shows an id: the resources it hangs on, with those of its neighbours. */
export const hangsOn = (...kinds: readonly (readonly [type: string, name: string])[]) => ({
  unknown: true,
  from: kinds.map(([type, name]) => urnOf(type, name)),
});

const subnetRef = (name: string) => ["network:Subnet", name] as const;
const groupRef = (name: string) => ["network:ApplicationSecurityGroup", name] as const;
const byId = (type: string, name: string) => ({ id: hangsOn([type, name]) });
export const groups = (...names: readonly string[]) => names.map(name => ({ id: hangsOn(groupRef(name)) }));

export function subnet(name: string, network: string, range: string, more: Inputs = {}): PlannedResource {
  return planned("network:Subnet", name, {
    addressPrefix: range,
    virtualNetworkName: hangsOn(["network:VirtualNetwork", network]),
    networkSecurityGroup: byId("network:NetworkSecurityGroup", `filter-${name}`),
    privateEndpointNetworkPolicies: "Enabled",
    defaultOutboundAccess: false,
    ...more,
  });
}

export const network = (name: string, range: string, location = "eastus"): PlannedResource =>
  planned("network:VirtualNetwork", name, { location, addressSpace: { addressPrefixes: [range] } });

export function rule(name: string, filter: string, said: string, more: Inputs = {}): PlannedResource {
  const [direction, access, priority, protocol, ports] = said.split(" ");
  return planned("network:SecurityRule", name, {
    networkSecurityGroupName: hangsOn(["network:NetworkSecurityGroup", `filter-${filter}`]),
    ...{ direction, access, priority: Number(priority), protocol, sourcePortRange: "*", destinationPortRange: ports },
    ...{ sourceAddressPrefix: "*", destinationAddressPrefix: "*", ...more },
  });
}

/** Both sides of a rule by their groups instead of any address. */
export const between = (from: string, to: string): Inputs => ({
  sourceAddressPrefix: undefined,
  destinationAddressPrefix: undefined,
  sourceApplicationSecurityGroups: groups(from),
  destinationApplicationSecurityGroups: groups(to),
});

/** A machine's interface, which the plan mixes with its neighbours' references. */
export function host(role: string, where: string, more: Inputs = {}, configuration: Inputs = {}): PlannedResource {
  const id = hangsOn(subnetRef(where), groupRef(role));
  const ip = { name: "ipv4", privateIPAddressVersion: "IPv4", subnet: { id }, applicationSecurityGroups: [{ id }], ...configuration };
  return planned("network:NetworkInterface", `${role}-nic`, { tags: { role }, ipConfigurations: [ip], ...more });
}

export function endpoint(name: string, service: readonly [string, string], group: string, where = "data"): PlannedResource {
  return planned("network:PrivateEndpoint", name, {
    tags: { role: "whoever" },
    subnet: hangsOn(subnetRef(where)),
    privateLinkServiceConnections: [{ name: "door", privateLinkServiceId: hangsOn(service) }],
    applicationSecurityGroups: groups(group),
  });
}

export const scaleSet = (role: string, where: string, configuration: Inputs = {}): PlannedResource =>
  planned("compute:VirtualMachineScaleSet", `${role}-group`, {
    tags: { role },
    orchestrationMode: "Flexible",
    virtualMachineProfile: { networkProfile: { networkInterfaceConfigurations: [host(role, where, {}, configuration).inputs] } },
  });

export const routes = (name: string, ...list: readonly (readonly [prefix: string, hop: string])[]): PlannedResource =>
  planned("network:RouteTable", name, {
    disableBgpRoutePropagation: true,
    routes: list.map(([addressPrefix, nextHopType]) => ({ addressPrefix, nextHopType })),
  });

const closed = (filter: string): readonly PlannedResource[] =>
  (["Inbound", "Outbound"] as const).map(direction => rule(`${filter}-${direction}-deny`, filter, `${direction} Deny 4096 * *`));

/** `api` (a scale set) may ask `db` on 5432 and the internet on 443; `job` (a machine) may nothing. */
export const base: readonly PlannedResource[] = [
  network("net", "10.0.0.0/16"),
  planned("network:NatGateway", "nat", { publicIpAddresses: [byId("network:PublicIPAddress", "nat-address")] }),
  planned("network:PublicIPAddress", "nat-address", {}),
  routes("dead-end", ["0.0.0.0/0", "None"]),
  subnet("app", "net", "10.0.1.0/24", { natGateway: byId("network:NatGateway", "nat") }),
  subnet("data", "net", "10.0.2.0/24", { routeTable: byId("network:RouteTable", "dead-end") }),
  ...closed("app"),
  ...closed("data"),
  rule("out-api-db", "app", "Outbound Allow 200 Tcp 5432", between("api", "db")),
  rule("in-api-db", "data", "Inbound Allow 200 Tcp 5432", between("api", "db")),
  rule("out-api-internet", "app", "Outbound Allow 300 Tcp 443", {
    ...{ sourceAddressPrefix: undefined, sourceApplicationSecurityGroups: groups("api"), destinationAddressPrefix: "Internet" },
  }),
  scaleSet("api", "app"),
  host("job", "app"),
  planned("dbforpostgresql:Server", "db-server", { tags: { role: "db" }, network: { publicNetworkAccess: "Disabled" } }),
  endpoint("db-endpoint", ["dbforpostgresql:Server", "db-server"], "db"),
];

/** The base without some resources, with others in the place of those of the same type and name or beside them. */
export function changed(added: readonly PlannedResource[], removed: readonly string[] = []): readonly PlannedResource[] {
  const replaced = new Set(added.map(({ urn }) => urn));
  return [...base.filter(({ urn, name }) => !replaced.has(urn) && !removed.includes(name)), ...added];
}

export function linesOf({ reaches }: Reachability): readonly string[] {
  return reaches.map(({ from, to, protocol, ports: [first, last] }) => {
    const ports = protocol === "all" || (first === 0 && last === 65_535) ? "" : ` ${first === last ? first : `${first}-${last}`}`;
    return `${from} > ${to} ${protocol}${ports}`;
  });
}

const asBefore = new Set(linesOf(azure(base)));

/** What opened (`+`) and what closed (`-`) against the base. */
export function difference(resources: readonly PlannedResource[]): readonly string[] {
  const now = new Set(linesOf(azure(resources)));
  return [
    ...[...now].filter(line => !asBefore.has(line)).map(line => `+ ${line}`),
    ...[...asBefore].filter(line => !now.has(line)).map(line => `- ${line}`),
  ];
}
