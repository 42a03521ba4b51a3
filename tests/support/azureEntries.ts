/** Ways in to the small platform of `azureGround`: a gateway, a balancer that hands on, Front Door, Bastion and a VPN, each to change one thing of. */
import type { PlannedResource } from "../../cli/planner/model.ts";
import { hangsOn, host, planned, rule, scaleSet, subnet } from "./azureGround.ts";

type Inputs = Readonly<Record<string, unknown>>;
type Ref = readonly [type: string, name: string];

const to = (...refs: readonly Ref[]) => ({ id: hangsOn(...refs) });
const address = (name: string, version = "IPv4"): PlannedResource =>
  planned("network:PublicIPAddress", name, { publicIPAddressVersion: version });
const addressRef = (name: string): Ref => ["network:PublicIPAddress", name];
const subnetRef = (name: string): Ref => ["network:Subnet", name];

/** An id of a part, as the plan knows it. */
const part = (owner: string, kind: string, name: string) => ({ id: `/providers/Microsoft.Network/${owner}/${kind}/${name}` });
const ofGateway = (kind: string, name: string) => part("applicationGateways/gate", kind, name);
const ofBalancer = (kind: string, name: string) => part("loadBalancers/pass", kind, name);

export const listener = (name: string, more: Inputs = {}) => ({
  name,
  frontendIPConfiguration: ofGateway("frontendIPConfigurations", "front"),
  frontendPort: ofGateway("frontendPorts", name),
  protocol: "Https",
  ...more,
});
export const leads = (name: string, pool: string, settings = pool) => ({
  name,
  httpListener: ofGateway("httpListeners", name),
  backendAddressPool: ofGateway("backendAddressPools", pool),
  backendHttpSettings: ofGateway("backendHttpSettingsCollection", settings),
});
export const turns = (name: string) => ({
  name,
  httpListener: ofGateway("httpListeners", name),
  redirectConfiguration: ofGateway("redirectConfigurations", name),
});
export const byPaths = (name: string) => ({
  name,
  httpListener: ofGateway("httpListeners", name),
  urlPathMap: ofGateway("urlPathMaps", "paths"),
});
export const paths = (otherwise: string, ...pools: readonly string[]) => ({
  name: "paths",
  defaultBackendAddressPool: ofGateway("backendAddressPools", otherwise),
  defaultBackendHttpSettings: ofGateway("backendHttpSettingsCollection", otherwise),
  pathRules: pools.map(pool => ({
    name: pool,
    backendAddressPool: ofGateway("backendAddressPools", pool),
    backendHttpSettings: ofGateway("backendHttpSettingsCollection", pool),
  })),
});

/** `lb`: 443 to `api` on 8000, and 80 that sends visitors to 443. */
export const gateway = (more: Inputs = {}): PlannedResource =>
  planned("network:ApplicationGateway", "lb-gateway", {
    tags: { role: "lb" },
    applicationGatewayName: "gate",
    gatewayIPConfigurations: [{ name: "subnet", subnet: to(subnetRef("public")) }],
    frontendIPConfigurations: [{ name: "front", publicIPAddress: to(addressRef("lb-address")) }],
    frontendPorts: [
      { name: "https", port: 443 },
      { name: "http", port: 80 },
    ],
    httpListeners: [listener("https"), listener("http", { protocol: "Http" })],
    requestRoutingRules: [leads("https", "api"), turns("http")],
    backendAddressPools: [{ name: "api" }, { name: "job" }],
    backendHttpSettingsCollection: [
      { name: "api", port: 8000 },
      { name: "job", port: 9000 },
    ],
    sslPolicy: { policyType: "Predefined", policyName: "AppGwSslPolicy20220101S" },
    ...more,
  });

/** A private front at an address of the gateway's subnet. */
export const inside = { frontendIPConfigurations: [{ name: "front", privateIPAddress: "10.0.3.9", subnet: to(subnetRef("public")) }] };

export const inPool = (pool: string) => ({ applicationGatewayBackendAddressPools: [ofGateway("backendAddressPools", pool)] });
export const inSomePool = { applicationGatewayBackendAddressPools: [to(["network:ApplicationGateway", "lb-gateway"])] };
export const handed = (pool: string) => ({ loadBalancerBackendAddressPools: [ofBalancer("backendAddressPools", pool)] });

const from = (prefix: string) => ({ sourceAddressPrefix: prefix });
const allowed = (name: string, where: string, said: string, more: Inputs = {}) => rule(name, where, said, more);
const closed = (where: string): readonly PlannedResource[] =>
  (["Inbound", "Outbound"] as const).map(direction => rule(`${where}-${direction}-deny`, where, `${direction} Deny 4096 * *`));

/** The gateway with its subnet, and the rules that let the internet in on its ports and it on to the hosts. */
export const gated: readonly PlannedResource[] = [
  subnet("public", "net", "10.0.3.0/24"),
  address("lb-address"),
  gateway(),
  allowed("in-web", "public", "Inbound Allow 200 Tcp 443", from("Internet")),
  allowed("in-plain", "public", "Inbound Allow 201 Tcp 80", from("Internet")),
  allowed("out-hosts", "public", "Outbound Allow 202 Tcp 8000-9000", { destinationAddressPrefix: "10.0.1.0/24" }),
  allowed("in-hosts", "app", "Inbound Allow 202 Tcp 8000-9000", from("10.0.3.0/24")),
  ...closed("public"),
  scaleSet("api", "app", inPool("api")),
];

const rule443 = (more: Inputs) => ({
  name: "https",
  protocol: "Tcp",
  frontendPort: 443,
  backendPort: 8443,
  frontendIPConfiguration: ofBalancer("frontendIPConfigurations", "front"),
  backendAddressPools: [ofBalancer("backendAddressPools", "api")],
  disableOutboundSnat: true,
  ...more,
});

/** `pass`: hands 443 on to `api` on 8443. */
export const passing = (more: Inputs = {}, ruled: Inputs = {}): PlannedResource =>
  planned("network:LoadBalancer", "pass-balancer", {
    tags: { role: "pass" },
    loadBalancerName: "pass",
    sku: { name: "Standard", tier: "Regional" },
    frontendIPConfigurations: [{ name: "front", publicIPAddress: to(addressRef("pass-address")) }],
    backendAddressPools: [{ name: "api" }],
    loadBalancingRules: [rule443(ruled)],
    ...more,
  });
export const insidePassing = {
  frontendIPConfigurations: [{ name: "front", privateIPAddress: "10.0.1.200", subnet: to(subnetRef("app")) }],
};

export const handing: readonly PlannedResource[] = [
  address("pass-address"),
  passing(),
  allowed("in-callers", "app", "Inbound Allow 210 Tcp 8443", from("Internet")),
  scaleSet("api", "app", handed("api")),
];

const cdnRef = (kind: string, name: string): Ref => [`cdn:${kind}`, name];
export const route = (more: Inputs = {}): PlannedResource =>
  planned("cdn:Route", "cdn-route", {
    profileName: hangsOn(cdnRef("Profile", "cdn-profile")),
    endpointName: hangsOn(cdnRef("AFDEndpoint", "cdn-endpoint")),
    customDomains: [to(cdnRef("AFDCustomDomain", "cdn-domain"))],
    linkToDefaultDomain: "Disabled",
    supportedProtocols: ["Http", "Https"],
    httpsRedirect: "Enabled",
    forwardingProtocol: "HttpsOnly",
    originGroup: to(cdnRef("AFDOriginGroup", "cdn-group")),
    ...more,
  });
export const origin = (more: Inputs = {}): PlannedResource =>
  planned("cdn:AFDOrigin", "cdn-origin", {
    originGroupName: hangsOn(cdnRef("AFDOriginGroup", "cdn-group")),
    hostName: "origin.example.com",
    enforceCertificateNameCheck: true,
    ...more,
  });
export const domain = (minimumTlsVersion: string): PlannedResource =>
  planned("cdn:AFDCustomDomain", "cdn-domain", { tlsSettings: { minimumTlsVersion } });
export const endpointOfCdn = (enabledState: string): PlannedResource => planned("cdn:AFDEndpoint", "cdn-endpoint", { enabledState });
export const originGroup = (more: Inputs = {}): PlannedResource => planned("cdn:AFDOriginGroup", "cdn-group", more);
export const record = (more: Inputs): PlannedResource =>
  planned("dns:RecordSet", "name", { zoneName: hangsOn(["dns:Zone", "zone"]), relativeRecordSetName: "origin", ...more });

/** One site whose name leads to the gateway, found by a record of the platform's zone. */
export const fronted: readonly PlannedResource[] = [
  planned("cdn:Profile", "cdn-profile", { tags: { role: "cdn" } }),
  endpointOfCdn("Enabled"),
  domain("TLS12"),
  originGroup(),
  origin(),
  route(),
  planned("dns:Zone", "zone", { zoneName: "example.com" }),
  record({ recordType: "A", targetResource: to(addressRef("lb-address")) }),
];

/** Bastion in a subnet of its own, and a rule at `job` that names the subnet. */
export const bastion = (more: Inputs = {}): PlannedResource =>
  planned("network:BastionHost", "entry-bastion", {
    ipConfigurations: [{ subnet: to(subnetRef("session")), publicIPAddress: to(addressRef("entry-address"), subnetRef("session")) }],
    ...more,
  });
export const sessions: readonly PlannedResource[] = [
  subnet("session", "net", "10.0.0.192/26"),
  address("entry-address"),
  bastion(),
  allowed("in-people", "session", "Inbound Allow 100 Tcp 443", from("Internet")),
  allowed("out-sessions", "session", "Outbound Allow 100 Tcp", {
    destinationAddressPrefix: "VirtualNetwork",
    destinationPortRanges: ["22", "3389"],
  }),
  ...closed("session"),
  allowed("in-session", "app", "Inbound Allow 220 Tcp 22", from("10.0.0.192/26")),
  host("job", "app"),
];

export const vpn = (more: Inputs = {}): PlannedResource =>
  planned("network:VirtualNetworkGateway", "entry-gateway", {
    gatewayType: "Vpn",
    ipConfigurations: [{ subnet: to(subnetRef("GatewaySubnet")), publicIPAddress: to(addressRef("vpn-address")) }],
    vpnClientConfiguration: { vpnClientAddressPool: { addressPrefixes: ["172.16.252.0/22"] }, vpnClientProtocols: ["OpenVPN"] },
    ...more,
  });
export const connection = (more: Inputs = {}): PlannedResource =>
  planned("network:VirtualNetworkGatewayConnection", "tunnels", {
    connectionType: "IPsec",
    virtualNetworkGateway1: to(["network:VirtualNetworkGateway", "entry-gateway"]),
    localNetworkGateway2: to(["network:LocalNetworkGateway", "site"]),
    ...more,
  });
export const site = (gatewayIpAddress?: string): PlannedResource =>
  planned("network:LocalNetworkGateway", "site", { gatewayIpAddress, localNetworkAddressSpace: { addressPrefixes: ["192.168.1.0/24"] } });
export const called: readonly PlannedResource[] = [
  subnet("GatewaySubnet", "net", "10.0.4.0/27", { networkSecurityGroup: undefined, defaultOutboundAccess: undefined }),
  address("vpn-address"),
  vpn(),
  allowed("in-clients", "app", "Inbound Allow 230 Tcp 22", from("172.16.252.0/22")),
];
