/** The ways in on Google, read from small planned networks: balancers of each kind, the CDN, lists of callers, tunnels, and what of them is an exposure. */
import { describe, expect, it } from "vitest";
import type { PlannedResource } from "../cli/planner/model.ts";
import { gcp } from "../reach/gcp.ts";
import {
  any,
  apiOut,
  backend,
  balanced,
  check,
  closedOut,
  enter,
  forwarding,
  globalFront,
  group,
  type Inputs,
  inner,
  leave,
  made,
  map,
  of,
  open,
  passing,
  proxy,
  proxySubnet,
  type Row,
  shut,
  tls,
  toWeb,
  world,
} from "./support/gcpGround.ts";

const fronts = ["35.191.0.0/16", "130.211.0.0/22"];
const fromFronts = (ports = "80") => enter(ports, { ...toWeb, sourceRanges: fronts });
const healthCheck = (block: Inputs, name = "check") => made("compute/healthCheck:HealthCheck", name, block);
const lbToWeb = "lb > web tcp 80";

/** Whatever is added later under a name takes the place of what had it. */
const all = (...added: readonly PlannedResource[]) => [...new Map(added.map(one => [one.name, one])).values()];

describe("balancers of the whole world", () => {
  const global = (...added: readonly PlannedResource[]) => all(globalFront, ...balanced, ...added);
  const rows: readonly Row[] = [
    ["everybody comes to its port", ...open("internet > lb tcp 443", ...global())],
    ["and to no other", ...shut("internet > lb tcp 80", ...global())],
    ["without a listener nobody does", ...shut("internet > lb tcp 443", ...balanced)],
    ["nobody comes to its hosts by it", ...shut("internet > web tcp 80", ...global(fromFronts()))],
    ["its hosts are closed without a rule", ...shut(lbToWeb, ...global())],
    ["a rule for Google's front ends opens them", ...open(lbToWeb, ...global(fromFronts()))],
    ["one of the two ranges will do", ...open(lbToWeb, ...global(enter("80", { ...toWeb, sourceRanges: fronts.slice(1) })))],
    ["a rule for other ranges does not", ...shut(lbToWeb, ...global(enter("80", { ...toWeb, sourceRanges: ["35.192.0.0/16"] })))],
    ["a rule for another port does not", ...shut(lbToWeb, ...global(fromFronts("81")))],
    ["a wider rule opens the pool's port alone", ...open(lbToWeb, ...global(fromFronts("80-90")))],
    ["the rest of it stays Google's ranges'", ...open("35.191.0.0/16 > web tcp 81-90", ...global(fromFronts("80-90")))],
    ["which come as the balancer on the pool's port", ...shut("35.191.0.0/16 > web tcp 80", ...global(fromFronts()))],
    ["a host that no pool holds is closed", ...shut("lb > api tcp 80", ...global(enter("80", { sourceRanges: fronts })))],
    ["a pool without a listener leads nowhere", ...shut(lbToWeb, ...balanced, fromFronts())],
    [
      "a pool that no table of hosts and paths names leads nowhere",
      ...shut(lbToWeb, ...global(fromFronts(), map({ defaultService: undefined }))),
    ],
    [
      "one of a path leads on",
      ...open(
        lbToWeb,
        ...global(fromFronts(), map({ defaultService: undefined, pathMatchers: [{ pathRules: [{ service: of("backend") }] }] })),
      ),
    ],
    [
      "a pool's port is the group's of its name",
      ...open("lb > web tcp 8000", ...global(fromFronts("8000"), backend({ portName: "http" }))),
    ],
    [
      "a pool without a name of a port means http",
      ...open("lb > web tcp 8000", ...global(fromFronts("8000"), backend({ portName: undefined }))),
    ],
    ["a name that the group has not is no port", ...shut(lbToWeb, ...global(fromFronts(), backend({ portName: "web" })))],
    [
      "a name that the group gets apart is one",
      ...open(
        "lb > web tcp 9000",
        ...global(
          fromFronts("9000"),
          backend({ portName: "apart" }),
          made("compute/instanceGroupNamedPort:InstanceGroupNamedPort", "named", { group: of("group"), name: "apart", port: 9000 }),
        ),
      ),
    ],
    [
      "of a region: from the proxy subnet",
      ...open(
        lbToWeb,
        ...all(forwarding({ region: "east", loadBalancingScheme: "EXTERNAL_MANAGED", target: of("proxy") }), ...balanced, proxySubnet),
        enter("80", { ...toWeb, sourceRanges: ["10.0.9.0/24"] }),
      ),
    ],
    [
      "not from another subnet",
      ...shut(
        lbToWeb,
        ...all(forwarding({ region: "east", loadBalancingScheme: "EXTERNAL_MANAGED", target: of("proxy") }), ...balanced, proxySubnet),
        enter("80", { ...toWeb, sourceRanges: ["10.0.1.0/24"] }),
      ),
    ],
  ];
  it.each(rows)("%s: %s", check);
});

describe("health", () => {
  const asked = (port: number) => [backend({ healthChecks: of("check") }), healthCheck({ tcpHealthCheck: { port } })];
  const global = (...added: readonly PlannedResource[]) => all(globalFront, ...balanced, ...added);
  const healed = [group({ autoHealingPolicies: { healthCheck: of("own") } }), healthCheck({ httpHealthCheck: { port: 80 } }, "own")];
  const line = "35.191.0.0/16 > web tcp 81";
  const rows: readonly Row[] = [
    ["a rule for a port that nobody asks is Google's ranges'", ...open(line, ...global(fromFronts("81")))],
    ["the port that the pool asks is the balancer's", ...shut(line, ...global(fromFronts("81"), ...asked(81)))],
    ["which it calls all the same on the pool's port alone", ...shut("lb > web tcp 81", ...global(fromFronts("81"), ...asked(81)))],
    ["without a listener nobody asks for it", ...open(line, ...all(...balanced, ...asked(81)), fromFronts("81"))],
    ["a port that the group asks itself stays Google's", ...open("35.191.0.0/16 > web tcp 80", ...global(fromFronts(), ...healed))],
    [
      "the usual port where none is said",
      ...shut(
        "35.191.0.0/16 > web tcp 443",
        ...global(fromFronts("443"), backend({ healthChecks: of("check") }), healthCheck({ httpsHealthCheck: {} })),
      ),
    ],
    [
      "the pool's own port",
      ...shut(
        "35.191.0.0/16 > web tcp 80",
        ...global(
          fromFronts(),
          backend({ healthChecks: of("check") }),
          healthCheck({ httpHealthCheck: { portSpecification: "USE_SERVING_PORT" } }),
        ),
      ),
    ],
    [
      "a port by name",
      ...shut(
        "35.191.0.0/16 > web tcp 8000",
        ...global(
          fromFronts("8000"),
          backend({ healthChecks: of("check") }),
          healthCheck({ httpHealthCheck: { portSpecification: "USE_NAMED_PORT", portName: "http" } }),
        ),
      ),
    ],
  ];
  it.each(rows)("%s: %s", check);
});

describe("a balancer that hands packets on", () => {
  const address = made("compute/address:Address", "front-address", { addressType: "EXTERNAL", region: "east" });
  const own = passing({ ipAddress: of("front-address") });
  const office = { ...toWeb, sourceRanges: ["198.51.100.0/24"] };
  const outer = (...added: readonly PlannedResource[]) => all(passing(), ...balanced, ...added);
  const rows: readonly Row[] = [
    ["is closed without a rule at its hosts", ...shut("internet > lb tcp 80", ...outer())],
    ["is open to all by a rule for all", ...open("internet > lb tcp 80", ...outer(enter("80", any)))],
    ["on the ports of both", ...shut("internet > lb tcp 81", ...outer(enter("81", any)))],
    ["leads on to its hosts", ...open(lbToWeb, ...outer(enter("80", any)))],
    ["and is the only way there", ...shut("internet > web tcp 80", ...outer(enter("80", any)))],
    ["is open to a range by a rule for it", ...open("198.51.100.0/24 > lb tcp 80", ...outer(enter("80", office)))],
    ["and to nobody else", ...shut("internet > lb tcp 80", ...outer(enter("80", office)))],
    ["leads on for the range's sake", ...open(lbToWeb, ...outer(enter("80", office)))],
    ["without a listener is no way", ...shut("internet > lb tcp 80", ...balanced, enter("80", any))],
    [
      "without a scheme faces the internet",
      ...open("internet > lb tcp 80", ...outer(passing({ loadBalancingScheme: undefined }), enter("80", any))),
    ],
    [
      "is called at its own address, which a rule may name",
      ...open("internet > lb tcp 80", ...outer(address, own, enter("80", { ...any, destinationRanges: [of("front-address")] }))),
    ],
    [
      "and which a rule for the hosts' subnet does not",
      ...shut("internet > lb tcp 80", ...outer(address, own, enter("80", { ...any, destinationRanges: ["10.0.1.0/24"] }))),
    ],
    ["all ports where it says none", ...open("internet > lb tcp 81", ...outer(passing({ portRange: undefined }), enter("81", any)))],
    [
      "another protocol",
      ...open(
        "internet > lb udp 80",
        ...outer(passing({ ipProtocol: "UDP" }), enter("80", { ...any, allows: [{ protocol: "udp", ports: ["80"] }] })),
      ),
    ],
    [
      "a pool of instances in the old way",
      ...open(
        lbToWeb,
        ...all(
          passing({ backendService: undefined, target: of("old") }),
          made("compute/targetPool:TargetPool", "old", { instances: [of("web")] }),
        ),
        enter("80", any),
      ),
    ],
  ];
  it.each(rows)("%s: %s", check);
});

describe("an internal balancer", () => {
  const inside = (...added: readonly PlannedResource[]) => all(inner(), ...balanced, closedOut, ...added);
  const fromApi = enter("80", { ...toWeb, sourceRanges: ["10.0.1.0/24"] });
  const site = enter("80", { ...toWeb, sourceRanges: ["192.168.1.0/24"] }, "site");
  const apiLb = "api > lb tcp 80";
  const managed = inner({
    loadBalancingScheme: "INTERNAL_MANAGED",
    backendService: undefined,
    target: of("proxy"),
    portRange: "443",
    ports: undefined,
  });
  const proxied = (...added: readonly PlannedResource[]) => all(managed, ...balanced, closedOut, proxySubnet, ...added);
  const to443 = leave("443", { destinationRanges: ["10.0.1.0/24"] });
  const rows: readonly Row[] = [
    ["a member may call by rules on both sides", ...open(apiLb, ...inside(fromApi, apiOut()))],
    ["not without its own", ...shut(apiLb, ...inside(fromApi))],
    ["not without one at the hosts", ...shut(apiLb, ...inside(apiOut()))],
    [
      "on the balancer's port alone",
      ...shut(
        "api > lb tcp 81",
        ...inside(enter("81", { ...toWeb, sourceRanges: ["10.0.1.0/24"] }), leave("81", { destinationRanges: ["10.0.1.0/24"] })),
      ),
    ],
    ["the same rules open the hosts themselves", ...open("api > web tcp 80", ...inside(fromApi, apiOut()))],
    ["it leads on to its hosts for a member", ...open(lbToWeb, ...inside(fromApi))],
    ["for probes", ...open(lbToWeb, ...inside(fromFronts()))],
    ["not without any rule", ...shut(lbToWeb, ...inside())],
    ["nor for a port it has not", ...shut("lb > web tcp 81", ...inside(fromFronts("81")))],
    ["a private range outside comes by a rule at the hosts", ...open("192.168.1.0/24 > lb tcp 80", ...inside(site))],
    ["not without one", ...shut("192.168.1.0/24 > lb tcp 80", ...inside(enter("81", { ...toWeb, sourceRanges: ["192.168.1.0/24"] })))],
    ["nobody from the internet", ...shut("internet > lb tcp 80", ...inside(enter("80", any)))],
    ["nor to its hosts by it", ...shut("internet > web tcp 80", ...inside(enter("80", any)))],
    [
      "its address alone may be the goal of a member",
      ...open(apiLb, ...inside(inner({ ipAddress: "10.0.1.249" }), fromApi, leave("80", { destinationRanges: ["10.0.1.249/32"] }))),
    ],
    [
      "which is no host's, though it lies in their subnet",
      ...shut(
        "api > web tcp 80",
        ...inside(
          inner({ ipAddress: of("front-address") }),
          made("compute/address:Address", "front-address", { addressType: "INTERNAL", subnetwork: of("app"), address: "10.0.1.249" }),
          fromApi,
          leave("80", { destinationRanges: ["10.0.1.249/32"] }),
        ),
      ),
    ],
    [
      "and which is called all the same",
      ...open(
        apiLb,
        ...inside(
          inner({ ipAddress: of("front-address") }),
          made("compute/address:Address", "front-address", { addressType: "INTERNAL", subnetwork: of("app"), address: "10.0.1.249" }),
          fromApi,
          leave("80", { destinationRanges: ["10.0.1.249/32"] }),
        ),
      ),
    ],
    ["with proxies it asks the caller's rules alone", ...open("api > lb tcp 443", ...proxied(to443))],
    ["which must be there", ...shut("api > lb tcp 443", ...proxied())],
    ["proxies come from their own subnet", ...open(lbToWeb, ...proxied(enter("80", { ...toWeb, sourceRanges: ["10.0.9.0/24"] })))],
    ["not from Google's ranges", ...shut(lbToWeb, ...proxied(fromFronts()))],
    [
      "nothing filters a site before proxies",
      ...open("192.168.1.0/24 > lb tcp 443", ...proxied(enter("22", { sourceRanges: ["192.168.1.0/24"] }))),
    ],
    ["the internet is no site", ...shut("internet > lb tcp 443", ...proxied(enter("80", any)))],
    [
      "a member of another region does not come",
      ...shut("api > lb tcp 443", ...proxied({ ...managed, inputs: { ...managed.inputs, region: "west" } }, to443)),
    ],
  ];
  it.each(rows)("%s: %s", check);
});

const listed = (...rules: readonly Inputs[]) => made("compute/securityPolicy:SecurityPolicy", "policy", { rules });
const byRange = (action: string, priority: number, ...srcIpRanges: readonly string[]) => ({
  action,
  priority,
  match: { versionedExpr: "SRC_IPS_V1", config: { srcIpRanges } },
});
const nobodyElse = byRange("deny(403)", 2_147_483_647, "*");
const office = byRange("allow", 1000, "198.51.100.0/24");

describe("lists of callers", () => {
  const behindList = (...rules: readonly Inputs[]) =>
    all(globalFront, ...balanced, backend({ securityPolicy: of("policy") }), listed(...rules));
  const redirect = [
    forwarding(
      { loadBalancingScheme: "EXTERNAL_MANAGED", portRange: "80", target: of("plain") },
      "compute/globalForwardingRule:GlobalForwardingRule",
    ),
    made("compute/targetHttpProxy:TargetHttpProxy", "plain", { urlMap: of("elsewhere") }),
    made("compute/uRLMap:URLMap", "elsewhere", { defaultUrlRedirect: { httpsRedirect: true } }),
  ];
  const toAll = "internet > lb tcp 443";
  const toOffice = "198.51.100.0/24 > lb tcp 443";
  const rows: readonly Row[] = [
    ["a range is let in", ...open(toOffice, ...behindList(office, nobodyElse))],
    ["and nobody else", ...shut(toAll, ...behindList(office, nobodyElse))],
    ["without a rule for the rest everybody is", ...open(toAll, ...behindList(office))],
    [
      "a range that was turned away before is not",
      ...shut(toOffice, ...behindList(byRange("deny(403)", 1, "198.51.0.0/16"), office, nobodyElse)),
    ],
    [
      "one that is turned away behind it is",
      ...open(toOffice, ...behindList(byRange("deny(403)", 2000, "198.51.0.0/16"), office, nobodyElse)),
    ],
    ["to turn some away leaves the rest", ...open(toAll, ...behindList(byRange("deny(403)", 1, "198.51.100.0/24")))],
    ["a limit lets in", ...open(toOffice, ...behindList({ ...office, action: "throttle" }, nobodyElse))],
    ["a rule on trial turns nobody away", ...open(toAll, ...behindList(office, { ...nobodyElse, preview: true, priority: 5 }))],
    [
      "a rule that reads requests makes it no list",
      ...open(toAll, ...behindList(office, nobodyElse, { action: "deny(403)", priority: 1, match: { expr: { expression: "true" } } })),
    ],
    [
      "a list at the edge counts as well",
      ...shut(toAll, ...all(...behindList(office, nobodyElse), backend({ edgeSecurityPolicy: of("policy") }))),
    ],
    [
      "both lists count",
      ...shut(
        toOffice,
        ...all(...behindList(office, nobodyElse), backend({ securityPolicy: of("policy"), edgeSecurityPolicy: of("edge") }), {
          ...listed(byRange("allow", 1, "203.0.113.0/24"), nobodyElse),
          name: "edge",
          urn: of("edge").from[0] ?? "",
        }),
      ),
    ],
    [
      "a rule of its own counts as one of the list",
      ...shut(
        toAll,
        ...behindList(office),
        made("compute/securityPolicyRule:SecurityPolicyRule", "last", { securityPolicy: of("policy"), ...nobodyElse }),
      ),
    ],
    ["what only sends elsewhere is open to all", ...open("internet > lb tcp 80", ...redirect)],
    [
      "whoever may go where it sends them",
      ...open(
        "internet > lb tcp 80",
        ...all(
          ...behindList(office, nobodyElse),
          { ...globalFront, name: "other", urn: of("other").from[0] ?? "", inputs: { ...globalFront.inputs, ipAddress: of("at") } },
          made("compute/globalAddress:GlobalAddress", "at", {}),
          ...redirect.map(one => (one.name === "front" ? { ...one, inputs: { ...one.inputs, ipAddress: of("at") } } : one)),
        ),
      ),
    ],
  ];
  it.each(rows)("%s: %s", check);
});

describe("the CDN", () => {
  const front = forwarding(
    { labels: { role: "cdn" }, loadBalancingScheme: "EXTERNAL_MANAGED", portRange: "443", target: of("proxy") },
    "compute/globalForwardingRule:GlobalForwardingRule",
  );
  const bucket = [made("compute/backendBucket:BackendBucket", "files", { bucketName: "files" }), map({ defaultService: of("files") })];
  const cdn = (...added: readonly PlannedResource[]) => all(front, ...balanced, ...added);
  const rows: readonly Row[] = [
    ["is a front of its own", ...open("internet > cdn tcp 443", ...cdn())],
    ["before the hosts", ...open("cdn > web tcp 80", ...cdn(fromFronts()))],
    ["by their rules", ...shut("cdn > web tcp 80", ...cdn())],
    ["on their pool's port", ...shut("cdn > web tcp 81", ...cdn(fromFronts("80-81")))],
    ["and not before a balancer", ...shut("cdn > lb tcp 443", ...cdn(fromFronts()))],
    ["may stand before a bucket alone", ...open("internet > cdn tcp 443", ...cdn(...bucket))],
    ["which is no way to hosts", ...shut("cdn > web tcp 80", ...cdn(...bucket, fromFronts()))],
    ["not without a listener", ...shut("internet > cdn tcp 443", ...balanced)],
  ];
  it.each(rows)("%s: %s", check);
});

describe("VPN and sessions", () => {
  const gateway = made("compute/haVpnGateway:HaVpnGateway", "gateway", { region: "east", network: of("net") });
  const tunnel = (inputs: Inputs = {}) =>
    made("compute/vPNTunnel:VPNTunnel", "tunnel", { region: "east", vpnGateway: of("gateway"), ...inputs });
  const old = [
    made("compute/vPNGateway:VPNGateway", "gateway", { region: "east" }),
    forwarding({ region: "east", ipProtocol: "UDP", portRange: "500", target: of("gateway") }),
  ];
  const rows: readonly Row[] = [
    ["sites call where a tunnel is", ...open("internet > vpn udp 500", gateway, tunnel())],
    ["and behind translation", ...open("internet > vpn udp 4500", gateway, tunnel())],
    ["a gateway without a tunnel answers nobody", ...shut("internet > vpn udp 500", gateway)],
    [
      "the older gateway too",
      ...open("internet > vpn udp 500", ...old, tunnel({ vpnGateway: undefined, targetVpnGateway: of("gateway") })),
    ],
    ["it is no balancer", ...shut("internet > lb udp 500", ...old)],
    [
      "sessions come from the proxy's range",
      ...open("35.235.240.0/20 > web tcp 22", enter("22", { ...toWeb, sourceRanges: ["35.235.240.0/20"] })),
    ],
    ["by a rule alone", ...shut("35.235.240.0/20 > web tcp 22", enter("22", { ...toWeb, sourceRanges: ["35.235.239.0/24"] }))],
  ];
  it.each(rows)("%s: %s", check);
});

it("names the listener and the rule that let a way through", () => {
  const found = gcp(world(...all(globalFront, ...balanced, fromFronts()))).reaches.find(({ from, to }) => from === "lb" && to === "web");
  expect(found?.through).toEqual(["front", "in"]);
});

describe("exposures", () => {
  const plain = (inputs: Inputs) => [
    forwarding({ loadBalancingScheme: "EXTERNAL_MANAGED", portRange: "80", target: of("plain") }),
    made("compute/targetHttpProxy:TargetHttpProxy", "plain", { urlMap: of("first") }),
    made("compute/uRLMap:URLMap", "first", inputs),
  ];
  const redirect = { defaultUrlRedirect: { httpsRedirect: true } };
  it.each<readonly [string, readonly PlannedResource[], readonly string[]]>([
    ["none by a balancer over TLS", all(globalFront, ...balanced), []],
    ["none by a redirect to TLS", plain(redirect), []],
    [
      "an answer in plain text",
      all(...balanced, ...plain({ defaultService: of("backend") })),
      ["plain: a listener of lb that answers in plain text"],
    ],
    [
      "an answer in plain text on one path",
      all(...balanced, ...plain({ ...redirect, pathMatchers: [{ defaultService: of("backend") }] })),
      ["plain: a listener of lb that answers in plain text"],
    ],
    [
      "a redirect that stays without TLS",
      plain({ defaultUrlRedirect: { httpsRedirect: false } }),
      ["plain: a listener of lb that answers in plain text"],
    ],
    ["no listener, no answer", all(...balanced, ...plain({ defaultService: of("backend") }).slice(1)), []],
    ["TLS 1.1", all(globalFront, ...balanced, tls("TLS_1_1")), ["proxy: a listener of lb that speaks TLS older than 1.2"]],
    [
      "TLS of any age, as nobody says which",
      all(globalFront, ...balanced, tls()),
      ["proxy: a listener of lb that speaks TLS older than 1.2"],
    ],
    [
      "TLS without a policy",
      all(globalFront, ...balanced, proxy({ sslPolicy: undefined })),
      ["proxy: a listener of lb that speaks TLS older than 1.2"],
    ],
    ["TLS 1.3", all(globalFront, ...balanced, tls("TLS_1_3")), []],
    [
      "an admin port of a balancer open to the internet",
      all(globalFront, ...balanced, { ...globalFront, inputs: { ...globalFront.inputs, portRange: "22" } }),
      ["front: an admin port of lb open to internet"],
    ],
    [
      "not where a list of callers stands before it",
      all(
        { ...globalFront, inputs: { ...globalFront.inputs, portRange: "22" } },
        ...balanced,
        backend({ securityPolicy: of("policy") }),
        listed(office, nobodyElse),
      ),
      [],
    ],
    [
      "an admin port through a balancer that hands packets on",
      all(passing({ portRange: "22" }), ...balanced, enter("22", { ...any, ...toWeb })),
      ["front: an admin port of lb open to internet", "in: an admin port of web open to internet"],
    ],
  ])("%s", (_, added, expected) => {
    expect(gcp(world(...added)).exposures.map(({ resource, what }) => `${resource}: ${what}`)).toEqual(expected);
  });
});

describe("faults", () => {
  it.each<readonly [string, readonly PlannedResource[], string]>([
    [
      "a listener that leads nowhere",
      [forwarding({ loadBalancingScheme: "EXTERNAL", portRange: "80" })],
      "front (gcp:compute/forwardingRule:ForwardingRule): leads to nothing that the plan knows",
    ],
    [
      "a group of endpoints",
      all(globalFront, ...balanced, made("compute/networkEndpointGroup:NetworkEndpointGroup", "group", {})),
      "backend (gcp:compute/regionBackendService:RegionBackendService): a backend that is no group of instances that the plan knows",
    ],
    [
      "a named port without a number",
      all(globalFront, ...balanced, group({ namedPorts: [{ name: "app", port: of("web") }] })),
      'group (gcp:compute/regionInstanceGroupManager:RegionInstanceGroupManager): a port "app" whose number the plan does not know',
    ],
    [
      "a list of callers with a range that is none",
      all(globalFront, ...balanced, backend({ securityPolicy: of("policy") }), listed(byRange("allow", 1, "office"))),
      'policy (gcp:compute/securityPolicy:SecurityPolicy): "office" is no address range',
    ],
    [
      "a tunnel of no gateway",
      [made("compute/vPNTunnel:VPNTunnel", "tunnel", {})],
      "tunnel (gcp:compute/vPNTunnel:VPNTunnel): of no gateway that the plan knows",
    ],
  ])("%s", (_, added, message) => {
    expect(() => gcp(world(...added))).toThrow(message);
  });
});
