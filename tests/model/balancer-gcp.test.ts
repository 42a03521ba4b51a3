/** What Google Cloud makes of balancers: who is let in, which ports are handed on, which paths a map knows. That Google answers so is not shown. */
import * as pulumi from "@pulumi/pulumi";
import { describe, expect, it } from "vitest";
import type { RoutesSpec } from "../../components/balancer/model.ts";
import type { Plain } from "../../components/kernel/merge.ts";
import { tablesOf } from "../../providers/gcp/urlmap.ts";
import { decides, notes, refuses } from "../support/rows.ts";
import { at, planned } from "../support/trial.ts";

const fronts = ["35.191.0.0/16", "130.211.0.0/22"];
const lb = "edge.balancers.lb";

/** One balancer before one role, called from `from`. */
const platform = (balancer: Plain, { from = "internet", ranges = [], waf = false, ipv6 = false }: Around = {}): Plain => ({
  network: { tiers: { public: {}, app: {} }, ipv6 },
  roles: { web: { ports: { app: 8080 } } },
  edge: {
    dns: { zones: { main: { domain: "example.com" } } },
    certificates: { app: { domain: "app.example.com", also: ["*.app.example.com"] } },
    ...(waf ? { waf: {} } : {}),
    balancers: { lb: { pools: { web: {} }, ...balancer } },
  },
  access: {
    outside: { office: { ranges } },
    flows: { calls: { from: [from], to: ["lb"], ports: [443, 80, 8080] }, on: { from: ["lb"], to: ["web"], ports: [8080] } },
  },
});
interface Around {
  readonly from?: string;
  readonly ranges?: readonly string[];
  readonly waf?: boolean;
  readonly ipv6?: boolean;
}
const application = (more: Plain = {}): Plain => ({ certificates: ["app"], ...more });
const network = (port: number, more: Plain = {}): Plain => ({ form: "network", listeners: { app: { port, protocol: "tcp" } }, ...more });
const suite = (name: string): Plain => application({ tls: { suites: [name] } });
const rule = "sites.primary.flows.rules.lb-web-tcp-8080.from";

describe("a balancer", () => {
  decides([
    ["answers over both families at the edge", "gcp", platform(application(), { ipv6: true }), `${lb}.ipv6`, true],
    ["hands connections on over IPv4 alone", "gcp", platform(network(8080), { ipv6: true }), `${lb}.ipv6`, false],
    ["is seen as Google's front ends", "gcp", platform(application()), `${rule}.sources`, fronts],
    [
      "is seen as its proxies and the probes, when internal",
      "gcp",
      platform(application({ scheme: "internal" })),
      `${rule}.sources`,
      ["10.0.62.0/23", ...fronts],
    ],
    [
      "is seen as the probes of public ones, when it hands on",
      "gcp",
      platform(network(8080)),
      `${rule}.sources`,
      ["35.191.0.0/16", "209.85.152.0/22", "209.85.204.0/22"],
    ],
    ["is seen as the probes of internal ones", "gcp", platform(network(8080, { scheme: "internal" })), `${rule}.sources`, fronts],
    [
      "asks for the proxies' range when internal",
      "gcp",
      platform(application({ scheme: "internal" })),
      "sites.primary.endpoints.proxyRange",
      "10.0.62.0/23",
    ],
    ["asks for none when it hands on", "gcp", platform(network(8080, { scheme: "internal" })), "sites.primary.endpoints.proxyRange", null],
    [
      "names suites as Google does",
      "gcp",
      platform(suite("ECDHE-ECDSA-CHACHA20-POLY1305")),
      `${lb}.tls.suites`,
      ["TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256"],
    ],
    [
      "knows every name of its certificates",
      "gcp",
      platform(application()),
      `${lb}.certified.app`,
      ["app.example.com", "*.app.example.com"],
    ],
    [
      "keeps a caller on one instance though only by address",
      "gcp",
      platform(network(8080, { pools: { web: { stickySeconds: 60 } } })),
      `${lb}.pools.web.stickySeconds`,
      60,
    ],
  ]);
  notes([
    ["says that IPv6 ends before it", "gcp", platform(network(8080), { ipv6: true }), "network.ipv6", /over IPv4 alone/],
    ["says nothing of ports that are alike", "gcp", platform(network(8080)), `${lb}.listeners.app.port`, null],
  ]);
  refuses([
    ["changes no port", "gcp", platform(network(443)), `${lb}.listeners.app.port`, /got "443"; let the role listen on the port/],
    [
      "takes no suite without forward secrecy",
      "gcp",
      platform(suite("AES128-SHA")),
      `${lb}.tls.suites`,
      /got "AES128-SHA"; use some of ECDHE/,
    ],
  ]);
});

/** Inputs by name, of one balancer on Google Cloud. */
const made = async (base: Plain): Promise<Readonly<Record<string, unknown>>> =>
  Object.fromEntries((await planned("gcp", base)).resources.map(({ name, inputs }) => [name, inputs]));

describe("callers", () => {
  const many = Array.from({ length: 12 }, (_, index) => `198.51.${index}.0/24`);

  it("are turned away by no list where a flow says internet", async () => {
    const all = await made(platform(application()));
    expect(all["lb-routes-callers"]).toBeUndefined();
    expect(at(all["lb-routes-pool-web"], "securityPolicy")).toBeUndefined();
  });

  it("are those that flows name, ten ranges a rule, and nobody else", async () => {
    const all = await made(platform(application(), { from: "office", ranges: many }));
    const policy = all["lb-routes-callers"];
    expect(at(policy, "type")).toBe("CLOUD_ARMOR");
    expect(at(policy, "rules[0].match.config.srcIpRanges")).toEqual(many.slice(0, 10));
    expect(at(policy, "rules[1].match.config.srcIpRanges")).toEqual(many.slice(10));
    expect(at(policy, "rules[2]")).toMatchObject({ action: "deny(403)", priority: 2_147_483_647 });
    expect(at(all["lb-routes-pool-web"], "securityPolicy")).toBeDefined();
    expect(at(all["lb-routes-pool-web"], "edgeSecurityPolicy")).toBeUndefined();
  });

  it("are judged at the edge where the firewall has the other place", async () => {
    const all = await made(platform(application(), { from: "office", ranges: many, waf: true }));
    expect(at(all["lb-routes-callers"], "type")).toBe("CLOUD_ARMOR_EDGE");
    expect(JSON.stringify(at(all["lb-routes-pool-web"], "securityPolicy"))).toMatch(/waf-policy/);
    expect(JSON.stringify(at(all["lb-routes-pool-web"], "edgeSecurityPolicy"))).toMatch(/lb-routes-callers/);
  });

  it("reach hosts behind a network balancer under the balancer's own address", async () => {
    const all = await made(platform(network(8080)));
    expect(JSON.stringify(at(all["flows-in-internet-web-tcp-8080"], "destinationRanges"))).toMatch(/lb-address/);
    expect(JSON.stringify(at(all["flows-in-lb-web-tcp-8080"], "destinationRanges"))).toMatch(/lb-address/);
  });
});

describe("a certificate", () => {
  it("has an entry for each of its names, wildcards too", async () => {
    const all = await made(platform(application()));
    expect(at(all["lb-routes-host-app-example-com"], "hostname")).toBe("app.example.com");
    expect(at(all["lb-routes-host-any-app-example-com"], "hostname")).toBe("*.app.example.com");
  });
});

describe("a URL map", () => {
  const services = { api: pulumi.output("api"), web: pulumi.output("web") };
  const spec = (hosts: RoutesSpec["hosts"], paths: Readonly<Record<string, readonly string[]>> = {}) =>
    ({
      hosts,
      otherwise: {
        paths: Object.fromEntries(Object.entries(paths).map(([name, list]) => [name, { paths: list, pool: "api" }])),
        otherwise: "web",
      },
    }) as unknown as RoutesSpec;

  it.each([
    ["/api/* is /api and all below it", { one: ["/api/*"] }, [["/api", "/api/*"]]],
    ["/api is the path alone", { one: ["/api"] }, [["/api"]]],
    ["/api keeps its own route beside /api/*", { one: ["/api"], two: ["/api/*"] }, [["/api"], ["/api/*"]]],
    ["both in one route are named once", { one: ["/api", "/api/*"] }, [["/api", "/api/*"]]],
  ])("%s", (_, paths, expected) => {
    const [matcher] = tablesOf(spec({}, paths), services).pathMatchers;
    expect(matcher?.name).toBe("everywhere");
    expect(matcher?.pathRules.map(one => one.paths)).toEqual(expected);
  });

  it("asks matchers of hosts first, and has none for every host where no path is named", () => {
    const tables = tablesOf(spec({ rest: { hosts: ["a.example.com"], paths: {}, otherwise: "api" } }), services);
    expect(tables.hostRules).toEqual([{ hosts: ["a.example.com"], pathMatcher: "host-rest" }]);
    expect(tables.pathMatchers.map(({ name }) => name)).toEqual(["host-rest"]);
  });
});
