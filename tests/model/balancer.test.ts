/** What is decided and refused of a balancer. That a cloud routes by the tables in the same order is shown by the inventories alone. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { tablesOf } from "../../components/balancer/hosts.ts";
import { BalancerArgs, type BalancerSpec, type HostSpec } from "../../components/balancer/model.ts";
import { Findings } from "../../components/kernel/findings.ts";
import { decides, notes, refuses } from "../support/rows.ts";
import { decided } from "../support/trial.ts";

const tiers = { public: {}, app: {}, data: {} };
const flows = {
  visitors: { from: ["internet"], to: ["lb"], ports: [443, 80] },
  "lb-web": { from: ["lb"], to: ["web", "api"], ports: [8080] },
};
const names = { dns: { zones: { main: { domain: "example.com" } } }, certificates: { web: { domain: "app.example.com" } } };
const roles = { web: { ports: { app: 8080 } }, api: { ports: { app: 8080 } } };
const base = (lb: object, more: object = {}) => ({
  network: { tiers, zones: 2 },
  roles,
  access: { flows },
  edge: { ...names, balancers: { lb } },
  ...more,
});
const simple = { certificates: ["web"], pools: { web: {} } };
const two = { certificates: ["web"], pools: { web: {}, api: {} } };
const outside = { office: { ranges: ["192.0.2.0/24"] } };
const visiting = (from: string, ...ports: readonly number[]) => ({ from: [from], to: ["lb"], ports });
const partly = { outside, flows: { ...flows, visitors: visiting("office", 443), strangers: visiting("internet", 80) } };
const office = { outside, flows: { ...flows, visitors: visiting("office", 443, 80) } };
/** A site that some flow names, though none to the balancer. */
const near = {
  outside: { plant: { ranges: ["192.168.7.0/24"] } },
  flows: { ...flows, visitors: visiting("api", 443, 80), plant: { from: ["plant"], to: ["web"], ports: [9100] } },
};
const called = { in: { from: ["internet"], to: ["lb"], ports: [8080] }, "lb-web": { from: ["lb"], to: ["web"], ports: [8080] } };
const handsOn = { form: "network", listeners: { app: { port: 8080, protocol: "tcp" } }, pools: { web: {} } };
const cutOff = { network: { tiers, zones: 2, nat: "none" }, access: { flows: called } };
const lb = "edge.balancers.lb";

describe("a balancer", () => {
  decides([
    [
      "[FA-SG-01] listens on 443 and sends 80 there",
      "all",
      base(simple),
      `${lb}.listeners.http`,
      { port: 80, protocol: "redirect", pool: null },
    ],
    ["ends TLS of 1.2 and later", "aws", base(simple), `${lb}.tls.policy`, "ELBSecurityPolicy-TLS13-1-2-Res-2021-06"],
    ["ends TLS by Azure's policy", "azure", base(simple), `${lb}.tls.policy`, "AppGwSslPolicy20220101S"],
    ["ends TLS by Google's profile", "gcp", base(simple), `${lb}.tls.policy`, "RESTRICTED"],
    ["asks as the role says", "all", base(simple), `${lb}.pools.web.health.path`, "/health"],
    ["lets its groups know", "all", base(simple), "groups.web.joins", [{ balancer: "lb", pool: "web", portName: "app", port: 8080 }]],
    ["gives one pool whatever no route names", "all", base(simple), `${lb}.otherwise`, { paths: {}, otherwise: "web" }],
    ["is silent for a minute at most", "aws", base(simple), `${lb}.idleSeconds`, 60],
    ["is silent for Azure's least", "azure", base(handsOn, { access: { flows: called } }), `${lb}.idleSeconds`, 240],
    [
      "may stand inside beside ranges that rules turn away",
      "aws",
      base({ ...simple, scheme: "internal" }, { access: near }),
      `${lb}.scheme`,
      "internal",
    ],
    ["may hand on to a role without a way out", "aws", base(handsOn, cutOff), `${lb}.form`, "network"],
    ["knows who may call", "all", base(simple), `${lb}.callers`, ["0.0.0.0/0"]],
    [
      "knows who may call where TLS ends, not who is sent there",
      "all",
      base(simple, { access: partly }),
      `${lb}.callers`,
      ["192.0.2.0/24"],
    ],
    ["has a redirect that some alone may ask", "aws", base(simple, { access: office }), `${lb}.listeners.http.port`, 80],
    ["has none where strangers could ask it too", "gcp", base(simple, { access: office }), `${lb}.listeners.http`, undefined],
    [
      "has one inside, whoever asks",
      "gcp",
      base({ ...simple, scheme: "internal" }, { access: { flows: { ...flows, visitors: { from: ["api"], to: ["lb"], ports: [443] } } } }),
      `${lb}.listeners.http.port`,
      80,
    ],
    [
      "has an address where the cloud takes one",
      "gcp",
      base({ ...handsOn, scheme: "internal" }, { access: { flows: called } }),
      `${lb}.address`,
      "10.0.11.249",
    ],
    [
      "takes its address",
      "azure",
      base({ ...handsOn, scheme: "internal", address: "10.0.11.77" }, { access: { flows: called } }),
      `${lb}.address`,
      "10.0.11.77",
    ],
    ["connects to a pool that nobody asks", "all", base(handsOn, { access: { flows: called } }), `${lb}.pools.web.protocol`, "tcp"],
    ["stands behind the firewall", "all", base(simple, { edge: { ...names, waf: {}, balancers: { lb: simple } } }), `${lb}.waf`, true],
  ]);
  refuses([
    [
      "stands not inside where other ranges would reach it",
      "gcp",
      base({ ...simple, scheme: "internal" }, { access: near }),
      `${lb}.scheme`,
      /got "plant"; add a flow for them/,
    ],
    [
      "hands not on to a role whose answers would end",
      "azure",
      base(handsOn, cutOff),
      `${lb}.pools.web`,
      /got "web"; set network.nat to single or zone/,
    ],
    [
      "needs a certificate to end TLS",
      "all",
      base({ pools: { web: {} } }),
      `${lb}.listeners.https`,
      /expected a certificate .* got none; name one/,
    ],
    [
      "names certificates that are there",
      "all",
      base({ ...simple, certificates: ["wed"] }),
      `${lb}.certificates`,
      /no certificate is called "wed"; did you mean "web"/,
    ],
    [
      "answers a path once",
      "all",
      base({ ...two, routes: { a: { paths: ["/x/*"], to: "web" }, b: { paths: ["/x/*"], to: "api" }, rest: { to: "web" } } }),
      `${lb}.routes.b`,
      /expected path \/x\/\* of every host to be named once, got it here and in a/,
    ],
    [
      "answers everything once",
      "all",
      base({ ...two, routes: { a: { to: "web" }, b: { to: "api" } } }),
      `${lb}.routes.b`,
      /expected every path of every host to be named once/,
    ],
    [
      "needs somebody for the rest",
      "all",
      base({ ...two, routes: { a: { paths: ["/x"], to: "web" } } }),
      `${lb}.routes`,
      /got none for 2 pools; add one that says `to` alone/,
    ],
    [
      "[FA-ALB-04] asks a path",
      "all",
      base(simple, { roles: { ...roles, web: { ports: { app: 8080 }, health: { path: "health" } } } }),
      "roles.web.health.path",
      /text that starts with "\/"/,
    ],
    [
      "waits less than it pauses",
      "all",
      base(simple, { roles: { ...roles, web: { ports: { app: 8080 }, health: { intervalSeconds: 10, timeoutSeconds: 30 } } } }),
      "roles.web.health.timeoutSeconds",
      /less than the interval of 10 s, got 30/,
    ],
    ["ends no TLS under 1.2", "all", base({ ...simple, tls: { minimum: "1.1" } }), `${lb}.tls.minimum`, /one of "1.2", "1.3", got "1.1"/],
    [
      "answers without TLS only to send there",
      "all",
      base({ ...simple, listeners: { https: {}, http: { port: 8080, protocol: "redirect" } } }),
      `${lb}.listeners.http.port`,
      /expected 80/,
    ],
    [
      "hands on in the network form alone",
      "all",
      base({ ...simple, listeners: { raw: { port: 443, protocol: "tcp" } } }),
      `${lb}.listeners.raw.protocol`,
      /application balancer, got "tcp"/,
    ],
    [
      "reads no request in the network form",
      "all",
      base({ ...handsOn, routes: { a: { to: "web" } } }, { access: { flows: called } }),
      `${lb}.routes`,
      /expected none on a network balancer/,
    ],
    ["names roles", "all", base({ ...simple, pools: { wob: {} } }), `${lb}.pools.wob.role`, /no role is called "wob"; did you mean "web"/],
    [
      "names ports",
      "all",
      base({ ...simple, pools: { web: { port: "https" } } }),
      `${lb}.pools.web.port`,
      /no port of web is called "https"; use one of app/,
    ],
    [
      "has groups behind it",
      "all",
      base(simple, { roles: { web: { kind: "machine", ports: { app: 8080 } }, api: {} } }),
      `${lb}.pools.web.role`,
      /expected a role of kind group/,
    ],
    [
      "is let through",
      "all",
      base(simple, { access: { flows: { visitors: flows.visitors } } }),
      `${lb}.pools.web`,
      /expected a flow from lb to web on port 8080, got none; add to access.flows: lb-web/,
    ],
    [
      "has a tier",
      "all",
      base(simple, { network: { tiers: { app: {}, data: {} }, zones: 2, nat: "none" } }),
      `${lb}.tier`,
      /add `public: \{\}`/,
    ],
    [
      "stands in two zones on AWS",
      "aws",
      base(simple, { network: { tiers, zones: 1 } }),
      "network.zones",
      /at least 2 for lb on aws, got 1/,
    ],
    [
      "has an address of its subnet",
      "azure",
      base({ ...handsOn, scheme: "internal", address: "10.0.99.9" }, { access: { flows: called } }),
      `${lb}.address`,
      /free address of 10.0.11.0\/24/,
    ],
    [
      "has no fixed address in public",
      "all",
      base({ ...simple, address: "10.0.1.9" }),
      `${lb}.address`,
      /expected none on a public balancer/,
    ],
    ["logs into a bucket that is there", "aws", base({ ...simple, logs: "logs" }), `${lb}.logs`, /no bucket is called "logs"/],
    [
      "keeps longer paths first",
      "all",
      base({
        ...two,
        routes: { a: { paths: ["/long/path/*", "/x/*"], to: "web" }, b: { paths: ["/x/y/*"], to: "api" }, rest: { to: "web" } },
      }),
      `${lb}.routes.b`,
      /give \/x\/\* a route of its own/,
    ],
    [
      "knows no star within a path",
      "all",
      base({ ...two, routes: { a: { paths: ["/a/*/b"], to: "web" }, rest: { to: "api" } } }),
      `${lb}.routes.a.paths`,
      /at most at its end/,
    ],
    [
      "knows hosts in small letters",
      "all",
      base({ ...two, routes: { a: { hosts: ["Api.example.com"], to: "web" }, rest: { to: "api" } } }),
      `${lb}.routes.a.hosts`,
      /small letters/,
    ],
  ]);
  notes([
    [
      "says that a redirect is left out",
      "gcp",
      base(simple, { access: office }),
      `${lb}.listeners.http`,
      /turn strangers away: none is made/,
    ],
    [
      "says what idle time the cloud takes",
      "aws",
      base({ ...simple, idleSeconds: 86_400 }),
      `${lb}.idleSeconds`,
      /86400 becomes 4000: aws takes 1 to 4000/,
    ],
    ["says where no access log is kept", "aws", base(simple), `${lb}.logs`, /it goes to a bucket, and none is named/],
    [
      "says that a cookie ends with the browser",
      "azure",
      base({ ...simple, pools: { web: { stickySeconds: 60 } } }),
      `${lb}.pools.web.stickySeconds`,
      /as long as the browser is open/,
    ],
  ]);

  it("lets targets of a balancer that hands connections on see its callers", () => {
    const platform = {
      ...base({ ...handsOn, pools: { web: {} } }, { access: { flows: called } }),
      access: { flows: { in: { from: ["internet"], to: ["lb"], ports: [8080] }, on: { from: ["lb"], to: ["web"], ports: [8080] } } },
    };
    const rulesOn = (cloud: "aws" | "azure" | "gcp") =>
      Object.keys(decided(cloud, platform).spec.sites.primary.flows.rules).filter(key => key.endsWith("8080"));
    expect(rulesOn("aws")).toEqual(["internet-lb-tcp-8080", "lb-web-tcp-8080"]);
    expect(rulesOn("azure")).toEqual(["internet-web-tcp-8080"]);
    expect(rulesOn("gcp")).toEqual(["lb-web-tcp-8080", "internet-web-tcp-8080", "health-web-tcp-8080", "health-api-tcp-8080"]);
    expect(decided("azure", platform).flows.map(({ from, to }) => `${from} ${to}`)).toEqual(
      expect.arrayContaining(["internet lb", "lb web"]),
    );
  });
});

/** The pool that a table gives a request: the nearest host, then the longest path, as every cloud is told. */
function answered({ hosts, otherwise }: Pick<BalancerSpec, "hosts" | "otherwise">, host: string, path: string): string {
  const covers = (pattern: string, name: string) =>
    pattern.startsWith("*.") ? name.endsWith(pattern.slice(1)) && name !== pattern.slice(2) : pattern === name;
  const all = Object.values(hosts);
  const table: Omit<HostSpec, "hosts"> | null =
    all.find(one => one.hosts.includes(host)) ?? all.find(one => one.hosts.some(pattern => covers(pattern, host))) ?? otherwise;
  const found = Object.values(table?.paths ?? {}).find(({ paths }) => paths.some(one => matches(one, path)));
  return found?.pool ?? table?.otherwise ?? "";
}
const matches = (pattern: string, path: string): boolean =>
  pattern.endsWith("/*") ? path === pattern.slice(0, -2) || path.startsWith(pattern.slice(0, -1)) : path === pattern;

type Route = { hosts: string[]; paths: string[]; to: string };

/** The same, worked out from the routes as written. */
function meant(routes: readonly Route[], host: string, path: string): string {
  const own = routes.filter(({ hosts }) => hosts.includes(host));
  const wild = routes.filter(({ hosts }) => hosts.some(pattern => pattern.startsWith("*.") && host.endsWith(pattern.slice(1))));
  const here = own.length > 0 ? own : wild;
  const everywhere = routes.filter(({ hosts }) => hosts.length === 0);
  const rest = everywhere.find(({ paths }) => paths.length === 0)?.to ?? "";
  const longest = (candidates: readonly Route[]) =>
    candidates
      .flatMap(({ paths, to }) =>
        paths
          .filter(pattern => matches(pattern, path))
          .map(pattern => ({ to, length: pattern.endsWith("/*") ? 2 * (pattern.length - 2) : 2 * pattern.length + 1 })),
      )
      .toSorted((one, other) => other.length - one.length)[0]?.to;
  const alone = here.find(({ paths }) => paths.length === 0)?.to;
  return longest(here) ?? alone ?? longest(everywhere) ?? rest;
}

describe("routes", () => {
  it("answer as they are written, whatever hosts and paths they name", () => {
    const hosts = ["api.example.com", "app.example.com", "*.example.com"];
    const paths = ["/a", "/a/*", "/a/b/*", "/ws/*", "/static/*"];
    const route = fc.record({
      hosts: fc.subarray(hosts),
      paths: fc.subarray(paths, { maxLength: 1 }),
      to: fc.constantFrom("web", "api", "bot"),
    });
    fc.assert(
      fc.property(
        fc.array(route, { maxLength: 6 }),
        fc.constantFrom("api.example.com", "app.example.com", "x.example.com", "else.org"),
        fc.constantFrom("/", "/a", "/a/b", "/a/b/c", "/ws/1", "/static/x", "/other"),
        (drawn, host, path) => {
          const routes = [
            ...drawn.filter(({ hosts: named, paths: asked }) => named.length + asked.length > 0),
            { hosts: [], paths: [], to: "web" },
          ];
          const args = BalancerArgs.parse({ routes: Object.fromEntries(routes.map((one, index) => [`r${index}`, one])) });
          const findings = new Findings("aws");
          const tables = tablesOf("lb", args, ["web", "api", "bot"], findings, 100);
          fc.pre(findings.issues.length === 0);
          expect(answered(tables, host, path)).toBe(meant(routes, host, path));
        },
      ),
      { numRuns: 500 },
    );
  });
});
