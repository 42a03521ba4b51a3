/** What Azure makes of balancers: where gateways stand, what they take, and which names a listener gathers. What Azure says to it is not shown. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { BalancerSpec } from "../../components/balancer/model.ts";
import { listenersOf } from "../../providers/azure/gateway-listeners.ts";
import { decides, notes, refuses } from "../support/rows.ts";

const certified = { dns: { zones: { main: { domain: "example.com" } } }, certificates: { web: { domain: "app.example.com" } } };
const flows = {
  visitors: { from: ["internet"], to: ["lb"], ports: [443] },
  answers: { from: ["lb"], to: ["web"], ports: [8080] },
};
const platform = (lb: object, more: { readonly roles?: object; readonly balancers?: object; readonly flows?: object } = {}) => ({
  network: { tiers: { public: {}, app: {}, data: {}, management: {} } },
  edge: { ...certified, balancers: { lb: { certificates: ["web"], pools: { web: {} }, ...lb }, ...more.balancers } },
  roles: { web: { ports: { app: 8080 } }, ...more.roles },
  access: { flows: { ...flows, ...more.flows } },
});
const inner = platform({ scheme: "internal" });
const lb = "edge.balancers.lb";

describe("gateways", () => {
  decides([
    ["stand in the public tier when internal too", "azure", inner, `${lb}.tier`, "public"],
    ["stand among the roles elsewhere", "aws", inner, `${lb}.tier`, "app"],
    ["stand where they are told", "azure", platform({ scheme: "internal", tier: "management" }), `${lb}.tier`, "management"],
    ["keep their subnet", "azure", inner, "sites.primary.network.gatewayTiers", ["public"]],
    ["keep no subnet elsewhere", "gcp", platform({}), "sites.primary.network.gatewayTiers", []],
    ["leave load balancers the subnets of others", "azure", network(), "sites.primary.network.gatewayTiers", []],
    [
      "take suites by their own names",
      "azure",
      suites("ECDHE-RSA-AES128-GCM-SHA256"),
      `${lb}.tls.suites`,
      ["TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256"],
    ],
    ["start at 1.3", "azure", platform({ tls: { minimum: "1.3" } }), `${lb}.tls.minimum`, "1.3"],
    ["keep a visitor on an instance though not for days", "azure", sticky(), `${lb}.pools.web.stickySeconds`, 86_400],
    ["wait half an hour at most", "azure", platform({ idleSeconds: 3600 }), `${lb}.idleSeconds`, 1800],
    ["know the names of their certificates", "all", platform({}), `${lb}.certified`, { web: ["app.example.com"] }],
  ]);
  notes([
    ["say where an internal one stands", "azure", inner, `${lb}.tier`, /public tier with a private address/],
    ["say nothing of a tier that is told", "azure", platform({ scheme: "internal", tier: "management" }), `${lb}.tier`, null],
    ["say that a cookie ends with the browser", "azure", sticky(), `${lb}.pools.web.stickySeconds`, /as long as the browser is open/],
  ]);
  refuses([
    [
      "share no subnet with a role",
      "azure",
      platform({}, { roles: { edge: { tier: "public" } } }),
      "roles.edge.tier",
      /lb stands alone.*got "public"; use app/,
    ],
    [
      "share no subnet with a machine",
      "azure",
      platform({}, { roles: { edge: { kind: "machine", tier: "public" } } }),
      "roles.edge.tier",
      /stands alone/,
    ],
    [
      "are not put among roles",
      "azure",
      platform({ scheme: "internal", tier: "app" }),
      "roles.web.tier",
      /got "app"; use management, or let lb stand in public/,
    ],
    [
      "are not put among private endpoints",
      "azure",
      platform({ scheme: "internal", tier: "data" }),
      `${lb}.tier`,
      /private endpoints stand; drop it/,
    ],
    [
      "take no suite that Azure has not",
      "azure",
      suites("ECDHE-RSA-CHACHA20-POLY1305"),
      `${lb}.tls.suites`,
      /got "ECDHE-RSA-CHACHA20-POLY1305"; use some of ECDHE/,
    ],
  ]);
  refuses([
    [
      "have an address of their own",
      "azure",
      platform(
        { scheme: "internal" },
        {
          balancers: { other: { scheme: "internal", certificates: ["web"], pools: { web: {} } } },
          flows: { more: { from: ["other"], to: ["web"], ports: [8080] } },
        },
      ),
      "edge.balancers.other.address",
      /got "10\.0\.1\.249", which is that of lb; say another/,
    ],
    [
      "send nobody where nothing ends TLS",
      "all",
      platform({ listeners: { http: { port: 80, protocol: "redirect" } } }),
      `${lb}.listeners.http`,
      /none that ends TLS; add `https/,
    ],
  ]);
});

function network() {
  return platform({ form: "network", certificates: [], listeners: { tcp: { port: 443, protocol: "tcp" } } });
}
function suites(suite: string) {
  return platform({ tls: { suites: [suite] } });
}
function sticky() {
  return platform({ pools: { web: { stickySeconds: 86_400 } } });
}

const pool = { role: "web", portName: "app", port: 1, protocol: "http", stickySeconds: null, authority: null, drainSeconds: 0 } as const;
const health = {
  protocol: "http",
  port: 1,
  path: "/",
  intervalSeconds: 5,
  timeoutSeconds: 1,
  healthy: 1,
  unhealthy: 1,
  codes: "200",
} as const;

function specOf(more: Partial<BalancerSpec>): BalancerSpec {
  return {
    place: "primary",
    form: "application",
    scheme: "public",
    tier: "public",
    subnets: ["public"],
    zones: ["a"],
    address: null,
    ipv6: false,
    certificates: ["first"],
    certified: { first: ["example.com"] },
    listeners: { https: { port: 443, protocol: "https", pool: null }, http: { port: 80, protocol: "redirect", pool: null } },
    pools: { web: { ...pool, health }, api: { ...pool, health } },
    hosts: {},
    otherwise: { paths: {}, otherwise: "web" },
    idleSeconds: 60,
    tls: null,
    logs: null,
    waf: false,
    pass: false,
    callers: [],
    ...more,
  };
}

const idOf = (collection: string, part: string) => ({ id: `${collection}/${part}` });
interface Made {
  readonly httpListeners: readonly {
    readonly name: string;
    readonly hostNames?: readonly string[];
    readonly sslCertificate?: { readonly id: string };
  }[];
  readonly requestRoutingRules: readonly { readonly name: string; readonly priority: number }[];
  readonly urlPathMaps: readonly { readonly pathRules: readonly { readonly name: string; readonly paths: readonly string[] }[] }[];
}
/** All of it is plain here. */
const made = (more: Partial<BalancerSpec>, fronts: readonly string[] = ["ipv4"]) =>
  listenersOf(specOf(more), fronts, idOf) as unknown as Made;
const table = (hosts: readonly string[]) => ({ hosts, paths: {}, otherwise: "api" });

describe("listeners of a gateway", () => {
  it("ask hosts before wildcards, and nearer wildcards first", () => {
    const { requestRoutingRules } = made({ hosts: { all: table(["*.example.com", "a.example.com"]), near: table(["*.b.example.com"]) } });
    expect(requestRoutingRules.map(({ name }) => name)).toEqual([
      "ipv4-https-host-all-2",
      "ipv4-https-host-near-1",
      "ipv4-https-host-all-1",
      "ipv4-https-rest",
      "ipv4-http",
    ]);
  });

  it("show each host its certificate, by name before by wildcard, else the first", () => {
    const { httpListeners } = made({
      certificates: ["first", "wide", "own"],
      certified: { first: ["example.com"], wide: ["*.example.com"], own: ["a.example.com"] },
      hosts: { all: table(["a.example.com", "b.example.com", "elsewhere.org"]) },
    });
    const shown = httpListeners.flatMap(({ hostNames = ["(others)"], sslCertificate }) =>
      sslCertificate === undefined ? [] : hostNames.map(host => `${host} ${sslCertificate.id}`),
    );
    expect(shown).toEqual([
      "a.example.com sslCertificates/own",
      "b.example.com sslCertificates/wide",
      "elsewhere.org sslCertificates/first",
      "*.example.com sslCertificates/wide",
      "(others) sslCertificates/first",
    ]);
  });

  it("write a path and all below it, and leave out what another route names alone", () => {
    const paths = { below: { paths: ["/api/*", "/v1/*"], pool: "api" }, alone: { paths: ["/api"], pool: "web" } };
    const { urlPathMaps } = made({ otherwise: { paths, otherwise: "web" } });
    expect(urlPathMaps[0]?.pathRules.map(({ paths: own }) => own)).toEqual([["/api/*", "/v1", "/v1/*"], ["/api"]]);
  });

  it("hold every host once a front, five at most together, under numbers and names of their own", () => {
    const label = fc.stringMatching(/^[a-z]{1,6}$/);
    const host = fc.tuple(fc.boolean(), label, label).map(([wild, one, two]) => `${wild ? "*." : ""}${one}.${two}.com`);
    fc.assert(
      fc.property(
        fc.uniqueArray(host, { minLength: 12, maxLength: 40, size: "max" }),
        fc.constantFrom(["ipv4"], ["ipv4", "ipv6"]),
        (hosts, fronts) => {
          const half = Math.floor(hosts.length / 2);
          const { httpListeners, requestRoutingRules } = made(
            {
              hosts: { one: table(hosts.slice(0, half)), two: table(hosts.slice(half)) },
              certified: { first: ["example.com"], more: [...hosts, "last.com"] },
              certificates: ["first", "more"],
            },
            fronts,
          );
          const named = httpListeners.flatMap(({ hostNames = [] }) => hostNames);
          expect(named.toSorted()).toEqual(fronts.flatMap(() => [...hosts, "last.com"]).toSorted());
          expect(Math.max(...httpListeners.map(({ hostNames = [] }) => hostNames.length))).toBeLessThanOrEqual(5);
          expect(new Set(httpListeners.map(({ name }) => name)).size).toBe(httpListeners.length);
          expect(new Set(requestRoutingRules.map(({ priority }) => priority)).size).toBe(httpListeners.length);
        },
      ),
      { seed: 20_261_121, numRuns: 200 },
    );
  });
});
