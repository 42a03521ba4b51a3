/** A small network of Google's as planned resources, to add one thing at a time, and rows of a test that say what is open then. */
import { expect } from "vitest";
import type { PlannedResource } from "../../cli/planner/model.ts";
import { gcp } from "../../reach/gcp.ts";
import { plainOptions } from "./plainOptions.ts";

export type Inputs = Readonly<Record<string, unknown>>;

export const urnOf = (name: string): string => `urn:pulumi:test::test::x::${name}`;
export const of = (...names: readonly string[]) => ({ unknown: true, from: names.map(urnOf) });

export const made = (type: string, name: string, inputs: Inputs): PlannedResource => ({
  urn: urnOf(name),
  type: `gcp:${type}`,
  name,
  parent: null,
  provider: null,
  custom: true,
  inputs,
  dependencies: [],
  options: plainOptions,
});

export const network = (inputs: Inputs = {}, name = "net") =>
  made("compute/network:Network", name, { autoCreateSubnetworks: false, ...inputs });
export const subnet = (name: string, ipCidrRange: string, inputs: Inputs = {}) =>
  made("compute/subnetwork:Subnetwork", name, { ipCidrRange, network: of("net"), region: "east", stackType: "IPV4_ONLY", ...inputs });
export const card = (inputs: Inputs = {}) => ({ subnetwork: of("app"), stackType: "IPV4_ONLY", ...inputs });
export const host = (role: string, inputs: Inputs = {}, nic: Inputs = {}) =>
  made("compute/instance:Instance", role, {
    labels: { role },
    networkInterfaces: [card(nic)],
    serviceAccount: { email: of(`account-${role}`) },
    tags: [`tag-${role}`],
    ...inputs,
  });
export const template = (role: string, inputs: Inputs = {}) => ({
  ...host(role, inputs),
  type: "gcp:compute/regionInstanceTemplate:RegionInstanceTemplate",
});

export const rule = (name: string, inputs: Inputs) =>
  made("compute/firewall:Firewall", name, { network: of("net"), priority: 1000, ...inputs });
export const tcp = (...ports: readonly string[]) => [{ protocol: "tcp", ports }];
export const enter = (ports: string, inputs: Inputs, name = "in") => rule(name, { direction: "INGRESS", allows: tcp(ports), ...inputs });
export const leave = (ports: string, inputs: Inputs, name = "out") => rule(name, { direction: "EGRESS", allows: tcp(ports), ...inputs });
export const closedOut = rule("closed-out", {
  direction: "EGRESS",
  denies: [{ protocol: "all" }],
  destinationRanges: ["0.0.0.0/0"],
  priority: 65_534,
});

export const nat = (inputs: Inputs = {}) => [
  made("compute/router:Router", "router", { network: of("net"), region: "east" }),
  made("compute/routerNat:RouterNat", "nat", {
    router: of("router"),
    region: "east",
    sourceSubnetworkIpRangesToNat: "LIST_OF_SUBNETWORKS",
    subnetworks: [{ name: of("app"), sourceIpRangesToNats: ["ALL_IP_RANGES"] }],
    ...inputs,
  }),
];

/** Two hosts in two subnets of one network; whatever is added under a name that is here takes its place. */
export const base = [network(), subnet("app", "10.0.1.0/24"), subnet("data", "10.0.2.0/24"), host("api"), host("web")];
export function world(...added: readonly PlannedResource[]): readonly PlannedResource[] {
  const names = new Set(added.map(resource => resource.name));
  return [...base.filter(resource => !names.has(resource.name)), ...added];
}

export function lines(...added: readonly PlannedResource[]): readonly string[] {
  return gcp(world(...added)).reaches.map(({ from, to, protocol, ports: [first, last], place }) => {
    const far = place === "secondary" ? " (secondary)" : "";
    return `${from} > ${to} ${protocol} ${first === last ? first : `${first}-${last}`}${far}`;
  });
}

export const open = (line: string, ...added: readonly PlannedResource[]) => [line, true, added] as const;
export const shut = (line: string, ...added: readonly PlannedResource[]) => [line, false, added] as const;
export type Row = readonly [title: string, ...rest: ReturnType<typeof open> | ReturnType<typeof shut>];

export const check = (_: string, line: string, isOpen: boolean, added: readonly PlannedResource[]) => {
  const found = lines(...added);
  if (isOpen) expect(found).toContain(line);
  else expect(found).not.toContain(line);
};

export const toWeb = { targetServiceAccounts: [of("account-web")] };
export const fromApi = { sourceServiceAccounts: [of("account-api")] };
export const any = { sourceRanges: ["0.0.0.0/0"] };
export const apiWeb = "api > web tcp 80";
export const webIn = enter("80", { ...toWeb, ...fromApi });
export const apiOut = (inputs: Inputs = {}, name = "out") =>
  leave("80", { targetServiceAccounts: [of("account-api")], destinationRanges: ["10.0.1.0/24"], ...inputs }, name);

/** A balancer before web: proxies of the whole world, or packets handed on. */
export const forwarding = (inputs: Inputs, type = "compute/forwardingRule:ForwardingRule") =>
  made(type, "front", { labels: { role: "lb" }, ...inputs });
export const backend = (inputs: Inputs = {}) =>
  made("compute/regionBackendService:RegionBackendService", "backend", { backends: [{ group: of("group") }], portName: "app", ...inputs });
export const group = (inputs: Inputs = {}) =>
  made("compute/regionInstanceGroupManager:RegionInstanceGroupManager", "group", {
    versions: [{ instanceTemplate: of("web") }],
    namedPorts: [
      { name: "http", port: 8000 },
      { name: "app", port: 80 },
    ],
    ...inputs,
  });
export const proxy = (inputs: Inputs = {}) =>
  made("compute/targetHttpsProxy:TargetHttpsProxy", "proxy", { urlMap: of("map"), sslPolicy: of("tls"), ...inputs });
export const map = (inputs: Inputs = {}) => made("compute/uRLMap:URLMap", "map", { defaultService: of("backend"), ...inputs });
export const tls = (minTlsVersion?: string) => made("compute/sSLPolicy:SSLPolicy", "tls", { minTlsVersion });
export const balanced = [backend(), group(), proxy(), map(), tls("TLS_1_2"), template("web")];
export const globalFront = forwarding(
  { loadBalancingScheme: "EXTERNAL_MANAGED", portRange: "443-443", target: of("proxy") },
  "compute/globalForwardingRule:GlobalForwardingRule",
);
export const passing = (inputs: Inputs = {}) =>
  forwarding({ region: "east", loadBalancingScheme: "EXTERNAL", portRange: "80-80", backendService: of("backend"), ...inputs });
/** An internal one that hands packets on. */
export const inner = (inputs: Inputs = {}) =>
  passing({ loadBalancingScheme: "INTERNAL", portRange: undefined, ports: ["80"], network: of("net"), subnetwork: of("app"), ...inputs });
export const proxySubnet = subnet("proxies", "10.0.9.0/24", { purpose: "REGIONAL_MANAGED_PROXY" });
