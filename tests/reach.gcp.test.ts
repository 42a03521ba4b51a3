/** Reachability on Google, read from small planned networks: each way in which a rule, a route or an address opens or closes something. */
import { describe, expect, it } from "vitest";
import type { PlannedResource } from "../cli/planner/model.ts";
import { gcp } from "../reach/gcp.ts";
import {
  any,
  apiOut,
  apiWeb,
  balanced,
  check,
  closedOut,
  enter,
  forwarding,
  fromApi,
  host,
  type Inputs,
  leave,
  made,
  nat,
  network,
  of,
  open,
  type Row,
  rule,
  shut,
  subnet,
  tcp,
  template,
  toWeb,
  webIn,
  world,
} from "./support/gcpGround.ts";

describe("rules between hosts", () => {
  const rows: readonly Row[] = [
    ["nothing comes in without a rule", ...shut(apiWeb)],
    ["a rule by service accounts opens; nothing need be said on the way out", ...open(apiWeb, webIn)],
    [
      "an account by its address is the same as on the host",
      ...open(apiWeb, enter("80", { ...toWeb, sourceServiceAccounts: ["a@x"] }), host("api", { serviceAccount: { email: "a@x" } })),
    ],
    ["another account does not open", ...shut(apiWeb, enter("80", { ...toWeb, sourceServiceAccounts: [of("account-db")] }))],
    [
      "a target account that the host does not carry does not open",
      ...shut(apiWeb, enter("80", { targetServiceAccounts: [of("account-db")], ...fromApi })),
    ],
    ["a rule by tags opens", ...open(apiWeb, enter("80", { targetTags: ["tag-web"], sourceTags: ["tag-api"] }))],
    ["another source tag does not open", ...shut(apiWeb, enter("80", { targetTags: ["tag-web"], sourceTags: ["tag-db"] }))],
    ["another target tag does not open", ...shut(apiWeb, enter("80", { targetTags: ["tag-db"], sourceTags: ["tag-api"] }))],
    ["a rule without targets is for every host", ...open(apiWeb, enter("80", fromApi))],
    ["a range of the subnet opens", ...open(apiWeb, enter("80", { ...toWeb, sourceRanges: ["10.0.1.0/24"] }))],
    ["a range far wider than the network opens", ...open(apiWeb, enter("80", { ...toWeb, sourceRanges: ["10.0.0.0/8"] }))],
    ["one range of several is enough", ...open(apiWeb, enter("80", { ...toWeb, sourceRanges: ["10.0.9.0/24", "10.0.1.0/24"] }))],
    ["a rule that names no source lets every v4 address in", ...open(apiWeb, enter("80", toWeb))],
    ["a range elsewhere does not open", ...shut(apiWeb, enter("80", { ...toWeb, sourceRanges: ["10.0.2.0/24"] }))],
    ["a range or an account is enough, not both", ...open(apiWeb, enter("80", { ...toWeb, ...fromApi, sourceRanges: ["192.168.0.0/24"] }))],
    [
      "the range of the answering side must hold the host",
      ...shut(apiWeb, enter("80", { ...toWeb, ...fromApi, destinationRanges: ["10.0.2.0/24"] })),
    ],
    [
      "a host's own fixed address opens",
      ...open(apiWeb, enter("80", { ...toWeb, sourceRanges: ["10.0.1.7/32"] }), host("api", {}, { networkIp: "10.0.1.7" })),
    ],
    [
      "another fixed address does not",
      ...shut(apiWeb, enter("80", { ...toWeb, sourceRanges: ["10.0.1.8/32"] }), host("api", {}, { networkIp: "10.0.1.7" })),
    ],
    ["an address known to a deploy alone opens for whose it is", ...open(apiWeb, enter("80", { ...toWeb, sourceRanges: [of("api")] }))],
    ["and for nobody else", ...shut(apiWeb, enter("80", { ...toWeb, sourceRanges: [of("web")] }))],
    ["a rule that is switched off does not open", ...shut(apiWeb, enter("80", { ...toWeb, ...fromApi, disabled: true }))],
    [
      "a rule of another network does not open",
      ...shut(apiWeb, network({}, "other"), enter("80", { ...toWeb, ...fromApi, network: of("other") })),
    ],
    ["a rule of the other direction does not open", ...shut(apiWeb, leave("80", { ...toWeb, destinationRanges: ["0.0.0.0/0"] }))],
    ["the host that asks is closed by a deny-all outwards", ...shut(apiWeb, webIn, closedOut)],
    ["and opened by a rule before it", ...open(apiWeb, webIn, closedOut, apiOut())],
    ["which must lead to the host", ...shut(apiWeb, webIn, closedOut, apiOut({ destinationRanges: ["10.0.2.0/24"] }))],
    ["and come from the host", ...shut(apiWeb, webIn, closedOut, apiOut({ sourceRanges: ["10.0.2.0/24"] }))],
    ["and stop at the host that asks", ...shut(apiWeb, webIn, closedOut, apiOut({ targetServiceAccounts: [of("account-web")] }))],
    ["a deny with a lower number goes first", ...shut(apiWeb, webIn, rule("no", { denies: tcp("80"), ...any, priority: 999 }))],
    ["a deny with a higher number comes too late", ...open(apiWeb, webIn, rule("no", { denies: tcp("80"), ...any, priority: 1001 }))],
    ["a deny goes first where numbers are alike", ...shut(apiWeb, webIn, rule("no", { denies: tcp("80"), ...any, priority: 1000 }))],
    [
      "without a number a rule stands at 1000",
      ...shut(
        apiWeb,
        enter("80", { ...toWeb, ...fromApi, priority: 1001 }),
        rule("no", { denies: tcp("80"), ...any, priority: undefined }),
      ),
    ],
    [
      "a deny for a part of a subnet leaves the rest open",
      ...open(apiWeb, webIn, rule("no", { denies: tcp("80"), sourceRanges: ["10.0.1.0/25"], priority: 1 })),
    ],
    [
      "a deny for other hosts leaves this one open",
      ...open(apiWeb, webIn, rule("no", { denies: tcp("80"), ...any, targetTags: ["tag-db"], priority: 1 })),
    ],
    [
      "a deny cuts its ports out of a range",
      ...open("api > web tcp 81-90", enter("80-90", { ...toWeb, ...fromApi }), rule("no", { denies: tcp("80"), ...any, priority: 1 })),
    ],
    [
      "a protocol without ports opens them all",
      ...open("api > web tcp 0-65535", rule("in", { ...toWeb, ...fromApi, allows: [{ protocol: "tcp" }] })),
    ],
    ["all is every protocol", ...open("api > web all 0-65535", rule("in", { ...toWeb, ...fromApi, allows: [{ protocol: "all" }] }))],
    ["a protocol may be a number", ...open("api > web vrrp 0-65535", rule("in", { ...toWeb, ...fromApi, allows: [{ protocol: "112" }] }))],
    [
      "to close a protocol without a word of ours closes no other",
      ...open(
        "api > web all 0-65535",
        rule("in", { ...toWeb, ...fromApi, allows: [{ protocol: "all" }] }),
        rule("no", { denies: [{ protocol: "sctp" }], ...any, priority: 1 }),
      ),
    ],
    ["the hosts of a template carry its account", ...open(apiWeb, webIn, template("api"))],
    [
      "hosts of one role reach each other by a rule that names the role",
      ...open("web > web tcp 80", enter("80", { ...toWeb, sourceServiceAccounts: [of("account-web")] })),
    ],
    ["a wide rule says nothing of a host and itself", ...shut("web > web tcp 80", enter("80", { ...toWeb, sourceRanges: ["10.0.0.0/8"] }))],
    [
      "hosts of another region are in the same network",
      ...open(
        "api > web tcp 80 (secondary)",
        webIn,
        subnet("far", "10.1.0.0/24", { region: "west" }),
        host("web", {}, { subnetwork: of("far") }),
      ),
    ],
  ];
  it.each(rows)("%s: %s", check);
});

const v6 = { stackType: "IPV4_IPV6", ipv6AccessType: "INTERNAL" };
const dual = [subnet("app", "10.0.1.0/24", v6), host("api", {}, { stackType: "IPV4_IPV6" })];

describe("two families of addresses", () => {
  const rows: readonly Row[] = [
    ["a deny of v4 does not close v6", ...open(apiWeb, ...dual, host("web", {}, { stackType: "IPV4_IPV6" }), webIn, closedOut)],
    ["a host without v6 is not reached by it", ...shut(apiWeb, ...dual, webIn, closedOut)],
    [
      "a deny of ::/0 closes it",
      ...shut(
        apiWeb,
        ...dual,
        host("web", {}, { stackType: "IPV4_IPV6" }),
        webIn,
        closedOut,
        rule("v6", { ...closedOut.inputs, destinationRanges: ["::/0"] }),
      ),
    ],
    [
      "a range of v4 opens no v6",
      ...shut(
        apiWeb,
        ...dual,
        host("web", {}, { stackType: "IPV4_IPV6" }),
        enter("80", { ...toWeb, sourceRanges: ["10.0.0.0/8"] }),
        closedOut,
      ),
    ],
    [
      "internal v6 leads to no internet",
      ...shut("api > internet tcp 443", ...dual, ...nat(), closedOut, leave("443", { destinationRanges: ["::/0"] })),
    ],
    [
      "external v6 does, without a translation",
      ...open(
        "api > internet tcp 443",
        subnet("app", "10.0.1.0/24", { ...v6, ipv6AccessType: "EXTERNAL" }),
        host("api", {}, { stackType: "IPV4_IPV6" }),
        closedOut,
        leave("443", { destinationRanges: ["::/0"] }),
        rule("v6", { ...closedOut.inputs, destinationRanges: ["::/0"] }),
      ),
    ],
  ];
  it.each(rows)("%s: %s", check);
});

const out = "api > internet tcp 443";
const webPort = leave("443", { destinationRanges: ["0.0.0.0/0"] });
const bare = network({ deleteDefaultRoutesOnCreate: true });
const route = (inputs: Inputs = {}) =>
  made("compute/route:Route", "route", {
    network: of("net"),
    destRange: "0.0.0.0/0",
    nextHopGateway: "default-internet-gateway",
    ...inputs,
  });

describe("the way out", () => {
  const rows: readonly Row[] = [
    ["a host without a public address has none of its own", ...shut(out, closedOut, webPort)],
    ["a translation that lists the subnet gives one", ...open(out, closedOut, webPort, ...nat())],
    [
      "a translation for other subnets does not",
      ...shut(out, closedOut, webPort, ...nat({ subnetworks: [{ name: of("data"), sourceIpRangesToNats: ["ALL_IP_RANGES"] }] })),
    ],
    [
      "a translation for pods' ranges alone does not",
      ...shut(
        out,
        closedOut,
        webPort,
        ...nat({ subnetworks: [{ name: of("app"), sourceIpRangesToNats: ["LIST_OF_SECONDARY_IP_RANGES"] }] }),
      ),
    ],
    [
      "one for pods' ranges and the hosts' does",
      ...open(
        out,
        closedOut,
        webPort,
        ...nat({ subnetworks: [{ name: of("app"), sourceIpRangesToNats: ["LIST_OF_SECONDARY_IP_RANGES", "PRIMARY_IP_RANGE"] }] }),
      ),
    ],
    [
      "a translation for all subnets does",
      ...open(out, closedOut, webPort, ...nat({ sourceSubnetworkIpRangesToNat: "ALL_SUBNETWORKS_ALL_IP_RANGES", subnetworks: undefined })),
    ],
    [
      "but in its region alone",
      ...shut(out, closedOut, webPort, ...nat({ sourceSubnetworkIpRangesToNat: "ALL_SUBNETWORKS_ALL_IP_RANGES", region: "west" })),
    ],
    ["a private translation does not", ...shut(out, closedOut, webPort, ...nat({ type: "PRIVATE" }))],
    ["a public address does without a translation", ...open(out, closedOut, webPort, host("api", {}, { accessConfigs: [{}] }))],
    ["without the default route there is no way", ...shut(out, closedOut, webPort, ...nat(), bare)],
    ["a route of one's own makes it", ...open(out, closedOut, webPort, ...nat(), bare, route())],
    [
      "a route to somewhere else does not",
      ...shut(out, closedOut, webPort, ...nat(), bare, route({ nextHopGateway: undefined, nextHopVpnTunnel: "tunnel" })),
    ],
    ["a route for other hosts' tags does not", ...shut(out, closedOut, webPort, ...nat(), bare, route({ tags: ["tag-db"] }))],
    ["a route for the host's tag does", ...open(out, closedOut, webPort, ...nat(), bare, route({ tags: ["tag-api"] }))],
    ["one of several tags is enough", ...open(out, closedOut, webPort, ...nat(), bare, route({ tags: ["tag-db", "tag-api"] }))],
    [
      "a route of another network does not",
      ...shut(out, closedOut, webPort, ...nat(), bare, network({}, "other"), route({ network: of("other") })),
    ],
    ["the rules must let it go", ...shut(out, closedOut, ...nat())],
    ["without a deny everything goes", ...open("api > internet all 0-65535", ...nat())],
    [
      "a rule for one range outside opens that range",
      ...open("api > 203.0.113.0/24 tcp 443", closedOut, ...nat(), leave("443", { destinationRanges: ["203.0.113.0/24"] })),
    ],
    ["and not the internet", ...shut(out, closedOut, ...nat(), leave("443", { destinationRanges: ["203.0.113.0/24"] }))],
    [
      "a rule for everything names no range apart",
      ...shut("api > 203.0.113.0/24 tcp 443", closedOut, ...nat(), webPort, leave("25", { destinationRanges: ["203.0.113.0/24"] }, "mail")),
    ],
    [
      "a private range outside is open as written",
      ...open("api > 192.168.1.0/24 tcp 443", closedOut, leave("443", { destinationRanges: ["192.168.1.0/24"] })),
    ],
    [
      "the platform's own subnets are no ends",
      ...shut("api > 10.0.2.0/24 tcp 443", closedOut, leave("443", { destinationRanges: ["10.0.2.0/24"] })),
    ],
  ];
  it.each(rows)("%s: %s", check);
});

const inbound = "internet > web tcp 80";
const publicWeb = host("web", {}, { accessConfigs: [{ natIp: of("address") }] });
describe("the way in", () => {
  const rows: readonly Row[] = [
    ["a public address, a route and a rule open", ...open(inbound, publicWeb, enter("80", any))],
    ["without a public address nobody comes", ...shut(inbound, enter("80", any))],
    ["a translation is a way out, not in", ...shut(inbound, ...nat(), enter("80", any))],
    ["without a rule nobody comes", ...shut(inbound, publicWeb)],
    ["without a route nobody comes", ...shut(inbound, publicWeb, enter("80", any), bare)],
    ["a template's hosts get public addresses too", ...open(inbound, { ...publicWeb, type: template("web").type }, enter("80", any))],
    [
      "a rule for one range lets that range in",
      ...open("203.0.113.0/24 > web tcp 80", publicWeb, enter("80", { sourceRanges: ["203.0.113.0/24"] })),
    ],
    ["and not the internet", ...shut(inbound, publicWeb, enter("80", { sourceRanges: ["203.0.113.0/24"] }))],
    [
      "a range outside does not come without a public address",
      ...shut("203.0.113.0/24 > web tcp 80", enter("80", { sourceRanges: ["203.0.113.0/24"] })),
    ],
    ["health checks do", ...open("35.191.0.0/16 > web tcp 80", enter("80", { sourceRanges: ["35.191.0.0/16"] }))],
    ["IAP does", ...open("35.235.240.0/20 > web tcp 22", enter("22", { sourceRanges: ["35.235.240.0/20"] }))],
    ["a private range is open as written", ...open("192.168.1.0/24 > web tcp 80", enter("80", { sourceRanges: ["192.168.1.0/24"] }))],
    [
      "a range with a deny before it is not",
      ...shut(
        "192.168.1.0/24 > web tcp 80",
        enter("80", { sourceRanges: ["192.168.1.0/24"] }),
        rule("no", { denies: tcp("80"), ...any, priority: 1 }),
      ),
    ],
  ];
  it.each(rows)("%s: %s", check);
});

const server = (settings: Inputs = {}, inputs: Inputs = {}) =>
  made("sql/databaseInstance:DatabaseInstance", "server", {
    databaseVersion: "POSTGRES_15",
    region: "east",
    settings: { userLabels: { role: "db" }, ipConfiguration: { ipv4Enabled: false, ...settings } },
    ...inputs,
  });
const address = made("compute/address:Address", "address", {
  addressType: "INTERNAL",
  subnetwork: of("data"),
  region: "east",
  labels: { role: "db" },
});
const endpoint = (inputs: Inputs = {}) =>
  made("compute/forwardingRule:ForwardingRule", "endpoint", {
    labels: { role: "db" },
    loadBalancingScheme: "",
    ipAddress: of("address"),
    network: of("net"),
    region: "east",
    target: of("server"),
    ...inputs,
  });
const sql = [server(), address, endpoint(), closedOut];
const westward = subnet("app", "10.0.1.0/24", { region: "west" });
const apiDb = "api > db tcp 5432";
const toAddress = leave("5432", { destinationRanges: [of("address")] });
const everywhere = { destinationRanges: ["0.0.0.0/0"] };
const keptAt = (address: string, priority = 1) =>
  rule("kept", { direction: "EGRESS", denies: [{ protocol: "all" }], destinationRanges: [of(address)], priority });

const services = [
  made("compute/globalAddress:GlobalAddress", "range", {
    purpose: "VPC_PEERING",
    address: "10.9.0.0",
    prefixLength: 20,
    network: of("net"),
  }),
  made("servicenetworking/connection:Connection", "peering", { network: of("net"), reservedPeeringRanges: [of("range")] }),
];
const redis = (inputs: Inputs = {}) =>
  made("redis/instance:Instance", "redis", {
    labels: { role: "cache" },
    authorizedNetwork: of("net"),
    connectMode: "PRIVATE_SERVICE_ACCESS",
    region: "east",
    ...inputs,
  });
const cluster = made("redis/cluster:Cluster", "cluster", {
  labels: { role: "cache" },
  pscConfigs: [{ network: of("net") }],
  region: "east",
});
const valkey = made("memorystore/instance:Instance", "cluster", {
  labels: { role: "cache" },
  desiredAutoCreatedEndpoints: [{ network: of("net") }],
  location: "east",
});
const policy = made("networkconnectivity/serviceConnectionPolicy:ServiceConnectionPolicy", "policy", {
  location: "east",
  network: of("net"),
  serviceClass: "gcp-memorystore-redis",
  pscConfig: { subnetworks: [of("data")] },
});

describe("managed services", () => {
  const rows: readonly Row[] = [
    ["an endpoint has no rules of its own: a way out to its address opens", ...open(apiDb, ...sql, toAddress)],
    ["and so does a way to everywhere", ...open(apiDb, ...sql, leave("5432", everywhere))],
    ["which a deny of its address before it closes", ...shut(apiDb, ...sql, leave("5432", everywhere), keptAt("address"))],
    ["and a deny of another address does not", ...open(apiDb, ...sql, leave("5432", everywhere), keptAt("web"))],
    ["a way to the address before the deny stays open", ...open(apiDb, ...sql, toAddress, keptAt("address", 1001))],
    ["a way out to its subnet opens", ...open(apiDb, ...sql, leave("5432", { destinationRanges: ["10.0.2.0/24"] }))],
    ["a way out to elsewhere does not", ...shut(apiDb, ...sql, leave("5432", { destinationRanges: ["10.0.1.0/24"] }))],
    [
      "a fixed address is opened by itself",
      ...open(
        apiDb,
        ...sql,
        { ...address, inputs: { ...address.inputs, address: "10.0.2.5" } },
        leave("5432", { destinationRanges: ["10.0.2.5/32"] }),
      ),
    ],
    [
      "and not by its neighbour",
      ...shut(
        apiDb,
        server(),
        endpoint(),
        closedOut,
        { ...address, inputs: { ...address.inputs, address: "10.0.2.5" } },
        leave("5432", { destinationRanges: ["10.0.2.6/32"] }),
      ),
    ],
    ["a way out on another port does not", ...shut(apiDb, ...sql, leave("5433", { destinationRanges: [of("address")] }))],
    [
      "ports that the service does not answer are not open",
      ...shut("api > db tcp 443", ...sql, leave("443", { destinationRanges: ["0.0.0.0/0"] })),
    ],
    ["without a deny outwards every host is in", ...open(apiDb, server(), address, endpoint())],
    ["a server without an endpoint has no door", ...shut(apiDb, server())],
    ["callers of another region do not come to an endpoint", ...shut("api > db tcp 5432 (secondary)", ...sql, toAddress, westward)],
    ["unless it says so", ...open("api > db tcp 5432 (secondary)", ...sql, toAddress, westward, endpoint({ allowPscGlobalAccess: true }))],
    [
      "a cluster's endpoints lie where the policy says",
      ...open("api > cache tcp 6379", cluster, policy, closedOut, leave("6379", { destinationRanges: ["10.0.2.0/24"] })),
    ],
    [
      "its nodes answer on ports of their own",
      ...open("api > cache tcp 11000-13047", cluster, policy, closedOut, leave("1-65535", { destinationRanges: [of("cluster")] })),
    ],
    ["without a policy a cluster has no door", ...shut("api > cache tcp 6379", cluster)],
    [
      "a policy of another region gives it none",
      ...shut("api > cache tcp 6379", cluster, { ...policy, inputs: { ...policy.inputs, location: "west" } }),
    ],
    [
      "a Valkey instance takes a policy of its own class",
      ...open("api > cache tcp 6379", valkey, { ...policy, inputs: { ...policy.inputs, serviceClass: "gcp-memorystore" } }),
    ],
    ["and no other", ...shut("api > cache tcp 6379", valkey, policy)],
    ["callers of another region come to a cluster", ...open("api > cache tcp 6379 (secondary)", cluster, policy, westward)],
    ["and behind private services access", ...open("api > cache tcp 6379 (secondary)", redis(), ...services, westward)],
    [
      "an instance peered by itself is somewhere in the private ranges",
      ...open(
        "api > cache tcp 6379",
        redis({ connectMode: "DIRECT_PEERING" }),
        closedOut,
        leave("6379", { destinationRanges: ["10.0.0.0/8"] }),
      ),
    ],
    [
      "an instance behind private services access is at their range",
      ...open("api > cache tcp 6379", redis(), ...services, closedOut, leave("6379", { destinationRanges: ["10.9.0.0/20"] })),
    ],
    [
      "or at what hangs on it",
      ...open("api > cache tcp 6379", redis(), ...services, closedOut, leave("6379", { destinationRanges: [of("redis")] })),
    ],
    [
      "with TLS it answers on 6378",
      ...open("api > cache tcp 6378", redis({ transitEncryptionMode: "SERVER_AUTHENTICATION" }), ...services),
    ],
    ["without the peering it is not there", ...shut("api > cache tcp 6379", redis())],
    [
      "a server with a private network is behind the peering too",
      ...open(apiDb, server({ privateNetwork: of("net") }), ...services, closedOut, leave("5432", { destinationRanges: ["10.9.0.0/20"] })),
    ],
    [
      "a public server lets its authorized networks in",
      ...open("198.51.100.0/24 > db tcp 5432", server({ ipv4Enabled: true, authorizedNetworks: [{ value: "198.51.100.0/24" }] })),
    ],
    ["or everybody", ...open("internet > db tcp 5432", server({ ipv4Enabled: true, authorizedNetworks: [{ value: "0.0.0.0/0" }] }))],
    [
      "a server without a public address lets nobody in",
      ...shut("internet > db tcp 5432", server({ authorizedNetworks: [{ value: "0.0.0.0/0" }] })),
    ],
  ];
  it.each(rows)("%s: %s", check);
});

const near = subnet("app", "10.0.1.0/24", { privateIpGoogleAccess: true });
const toApis = leave("443", { destinationRanges: ["199.36.153.8/30"] });

describe("Google's own services", () => {
  const rows: readonly Row[] = [
    ["a subnet with private access and a rule open the services", ...open("api > endpoints tcp 443", near, closedOut, toApis)],
    ["storage is behind the same address", ...open("api > store tcp 443", near, closedOut, toApis)],
    ["and the address is no end of its own", ...shut("api > 199.36.153.8/30 tcp 443", near, closedOut, toApis, ...nat())],
    [
      "the restricted address counts too",
      ...open("api > store tcp 443", near, closedOut, leave("443", { destinationRanges: ["199.36.153.4/30"] })),
    ],
    ["a way out to everything holds them", ...open("api > store tcp 443", near, closedOut, webPort)],
    ["without private access there is no way", ...shut("api > store tcp 443", closedOut, toApis)],
    ["without a rule there is none", ...shut("api > store tcp 443", near, closedOut)],
    ["without a route there is none", ...shut("api > store tcp 443", near, closedOut, toApis, bare)],
    [
      "a route for their range alone is enough",
      ...open("api > store tcp 443", near, closedOut, toApis, bare, route({ destRange: "199.36.153.8/30" })),
    ],
    [
      "nothing but HTTPS is answered",
      ...shut("api > store tcp 80", near, closedOut, leave("80", { destinationRanges: ["199.36.153.8/30"] })),
    ],
    [
      "an endpoint for them has an address of the network",
      ...open(
        "api > store tcp 443",
        closedOut,
        forwarding({ loadBalancingScheme: "", target: "all-apis", network: of("net"), ipAddress: "10.200.0.1" }),
        leave("443", { destinationRanges: ["10.200.0.1/32"] }),
      ),
    ],
  ];
  it.each(rows)("%s: %s", check);
});

const peer = (from: string, to: string) =>
  made("compute/networkPeering:NetworkPeering", `${from}-${to}`, { network: of(from), peerNetwork: of(to) });
const elsewhere = [
  network({}, "other"),
  subnet("far", "10.1.0.0/24", { network: of("other") }),
  host("api", {}, { subnetwork: of("far") }),
];
const byRange = enter("80", { ...toWeb, sourceRanges: ["10.1.0.0/24"] });

describe("two networks", () => {
  const rows: readonly Row[] = [
    ["are apart", ...shut(apiWeb, ...elsewhere, byRange)],
    ["are joined by a peering of both sides", ...open(apiWeb, ...elsewhere, byRange, peer("net", "other"), peer("other", "net"))],
    ["not of one side", ...shut(apiWeb, ...elsewhere, byRange, peer("net", "other"))],
    ["accounts mean nothing across it", ...shut(apiWeb, ...elsewhere, webIn, peer("net", "other"), peer("other", "net"))],
    [
      "an internal balancer answers across it",
      ...open(
        "api > lb tcp 80",
        ...elsewhere,
        ...balanced,
        forwarding({
          region: "east",
          loadBalancingScheme: "INTERNAL",
          ports: ["80"],
          network: of("net"),
          subnetwork: of("app"),
          backendService: of("backend"),
        }),
        enter("80", { ...toWeb, sourceRanges: ["10.1.0.0/24"] }),
        peer("net", "other"),
        peer("other", "net"),
      ),
    ],
    [
      "an endpoint answers its own network alone",
      ...shut(apiDb, ...elsewhere, ...sql, leave("5432", { network: of("other") }), peer("net", "other"), peer("other", "net")),
    ],
  ];
  it.each(rows)("%s: %s", check);
});

it("names whatever lets a way through, also a rule that another would do for", () => {
  const found = gcp(world(...sql, toAddress, leave("5432", { destinationRanges: ["10.0.0.0/8"], priority: 2000 }, "wide")));
  expect(found.reaches.find(({ from, to }) => from === "api" && to === "db")?.through).toEqual(["endpoint", "out", "wide"]);
});

describe("exposures", () => {
  const bucket = (publicAccessPrevention: string) => made("storage/bucket:Bucket", "bucket", { publicAccessPrevention });
  const dataNat = nat({ subnetworks: [{ name: of("data"), sourceIpRangesToNats: ["ALL_IP_RANGES"] }] });
  const adminRule = (sourceRanges: readonly string[], inputs: Inputs = {}) => enter("20-30", { ...toWeb, sourceRanges, ...inputs });
  it.each<readonly [string, readonly PlannedResource[], readonly string[]]>([
    ["none in a closed network", [...sql, ...nat()], []],
    [
      "none by a balancer's address among hosts that may go out",
      [
        ...sql,
        ...nat(),
        forwarding({
          region: "east",
          loadBalancingScheme: "INTERNAL",
          network: of("net"),
          ipAddress: of("front-address"),
          backendService: of("backend"),
        }),
        made("compute/address:Address", "front-address", { addressType: "INTERNAL", subnetwork: of("app") }),
        ...balanced,
      ],
      [],
    ],
    ["a host with a public address", [publicWeb], ["web: a host with a public address"]],
    [
      "a host in a subnet of public v6",
      [subnet("app", "10.0.1.0/24", { ...v6, ipv6AccessType: "EXTERNAL" }), host("api", {}, { stackType: "IPV4_IPV6" })],
      ["api: a host with a public address"],
    ],
    ["a bastion may have one", [host("bastion", {}, { accessConfigs: [{}] })], []],
    [
      "an admin port open to the internet, whether an address leads there or not",
      [adminRule(["0.0.0.0/0"])],
      ["in: an admin port of web open to internet"],
    ],
    [
      "an admin port closed by a deny before it",
      [
        adminRule(["0.0.0.0/0"]),
        rule("no", { denies: tcp("22"), ...any, priority: 1 }),
        rule("rdp", { denies: tcp("3389"), ...any, priority: 1 }),
      ],
      [],
    ],
    [
      "an admin port open to a range that is nobody's",
      [adminRule(["203.0.113.0/24"])],
      ["in: an admin port of web open to 203.0.113.0/24"],
    ],
    ["a private range of people may come to it", [adminRule(["192.168.1.0/24"])], []],
    ["one so wide that the platform lies in it may not", [adminRule(["10.0.0.0/8"])], ["in: an admin port of web open to 10.0.0.0/8"]],
    ["IAP may come to it", [adminRule(["35.235.240.0/20"])], []],
    [
      "a range may come to a bastion's",
      [host("bastion"), adminRule(["203.0.113.0/24"], { targetServiceAccounts: [of("account-bastion")] })],
      [],
    ],
    [
      "the internet may not",
      [host("bastion"), adminRule(["0.0.0.0/0"], { targetServiceAccounts: [of("account-bastion")] })],
      ["in: an admin port of bastion open to internet"],
    ],
    ["a server with a public address", [server({ ipv4Enabled: true })], ["server: a database with a public address"]],
    ["a server that does not say", [server({ ipv4Enabled: undefined })], ["server: a database with a public address"]],
    ["a bucket that does not forbid public access", [bucket("inherited")], ["bucket: a bucket that may be made public"]],
    ["a bucket that does", [bucket("enforced")], []],
    [
      "a grant to everybody",
      [made("storage/bucketIAMMember:BucketIAMMember", "grant", { member: "allUsers" })],
      ["grant: a grant to everybody"],
    ],
    [
      "a grant to everybody in a list",
      [made("secretmanager/secretIamBinding:SecretIamBinding", "grant", { members: ["allAuthenticatedUsers"] })],
      ["grant: a grant to everybody"],
    ],
    ["a translation for a data subnet", [...sql, ...dataNat], ["nat: a way to the internet for the data subnet data"]],
    ["a data subnet that no deny closes", [server(), address, endpoint()], ["data: no rule keeps the data subnet data from the internet"]],
    [
      "a rule that lets everybody out, the data subnet too",
      [...sql, webPort],
      ["out: no rule keeps the data subnet data from the internet"],
    ],
    [
      "a rule that lets another subnet out",
      [...sql, leave("443", { destinationRanges: ["0.0.0.0/0"], sourceRanges: ["10.0.1.0/24"] })],
      [],
    ],
    ["a rule to a service's own port", [...sql, toAddress], []],
    [
      "a rule that opens more ports than the service answers",
      [...sql, leave("5432-5500", { destinationRanges: [of("address")] })],
      ["out: more ports than the service at its address answers"],
    ],
    ["a rule that lets hosts by name out", [...sql, leave("443", { destinationRanges: ["0.0.0.0/0"], targetTags: ["tag-api"] })], []],
  ])("%s", (_, added, expected) => {
    expect(gcp(world(...added)).exposures.map(({ resource, what }) => `${resource}: ${what}`)).toEqual(expected);
  });
});

describe("faults", () => {
  it.each<readonly [string, PlannedResource, string]>([
    [
      "a rule that allows and denies nothing",
      rule("in", { direction: "INGRESS" }),
      "in (gcp:compute/firewall:Firewall): neither allows nor denies anything",
    ],
    ["a port that is none", enter("ssh", any), 'in (gcp:compute/firewall:Firewall): "ssh" is no port and no range of ports'],
    ["a range that is none", enter("80", { sourceRanges: ["office"] }), 'in (gcp:compute/firewall:Firewall): "office" is no address range'],
    [
      "a range of nobody",
      enter("80", { sourceRanges: [of("ghost")] }),
      "in (gcp:compute/firewall:Firewall): a range of nobody that the plan knows",
    ],
    [
      "a rule of no network",
      enter("80", { ...any, network: of("ghost") }),
      "in (gcp:compute/firewall:Firewall): in no network that the plan knows",
    ],
    [
      "a host in no subnet",
      host("api", {}, { subnetwork: of("ghost") }),
      "api (gcp:compute/instance:Instance): a network interface in no subnet that the plan knows",
    ],
    [
      "a class with rules that nobody reads",
      made("compute/networkFirewallPolicyRule:NetworkFirewallPolicyRule", "more", {}),
      "more (gcp:compute/networkFirewallPolicyRule:NetworkFirewallPolicyRule): not read yet: its hosts or rules would be missed",
    ],
  ])("%s", (_, added, message) => {
    expect(() => gcp(world(added))).toThrow(message);
  });
});
