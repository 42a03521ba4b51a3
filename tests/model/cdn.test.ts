/** What is decided and refused of the CDN, and of the CDN as a peer of flows. What a cloud makes of it is shown by inventories. */
import * as pulumi from "@pulumi/pulumi";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { BucketSpec } from "../../components/storage/model.ts";
import { statements } from "../../providers/aws/bucket-policy.ts";
import type { AwsGround } from "../../providers/aws/natives.ts";
import { decides, notes, refuses } from "../support/rows.ts";
import { decided, issuesOf } from "../support/trial.ts";

interface Parts {
  readonly cdn?: object;
  readonly site?: object;
  readonly flows?: object;
  readonly edge?: object;
  readonly balancer?: object;
  readonly more?: object;
}

/** One site before one balancer, with a bucket beside it. */
const base = ({ cdn = {}, site = {}, flows = {}, edge = {}, balancer = {}, more = {} }: Parts = {}) => ({
  network: { tiers: { public: {}, app: {}, data: {} } },
  roles: { web: { ports: { app: 8080 } }, api: { ports: { app: 8000 } } },
  buckets: { static: {}, logs: {} },
  access: {
    flows: {
      visitors: { from: ["internet"], to: ["cdn"], ports: [443, 80] },
      inward: { from: ["cdn"], to: ["lb"], ports: [443] },
      web: { from: ["lb"], to: ["web"], ports: [8080] },
      ...flows,
    },
  },
  edge: {
    dns: { zones: { main: { domain: "example.com" } } },
    certificates: { all: { domain: "*.example.com" } },
    balancers: { lb: { certificates: ["all"], pools: { web: {} }, ...balancer } },
    cdn: {
      sites: { app: { names: ["app.example.com"], certificate: "all", origin: "lb", originName: "origin.example.com", ...site } },
      ...cdn,
    },
    ...edge,
  },
  ...more,
});
const c = "edge.cdn";
const s = `${c}.sites.app`;
const behaving = (behaviours: object) => base({ site: { behaviours } });
/** A role of ours asks the balancer too. */
const shared = base({ flows: { inner: { from: ["api"], to: ["lb"], ports: [443] } } });
const firewalled = (waf: object = {}) => base({ edge: { waf } });
/** The internet asks another balancer, behind the same firewall. */
const beside = base({
  edge: { waf: {}, balancers: { lb: { certificates: ["all"], pools: { web: {} } }, open: { certificates: ["all"], pools: { api: {} } } } },
  flows: { open: { from: ["internet"], to: ["open"], ports: [443] }, api: { from: ["open"], to: ["api"], ports: [8000] } },
});

describe("a site", () => {
  decides([
    ["[BF-CDN-04] keeps nothing unless told", "all", base(), `${s}.otherwise.cache`, "off"],
    ["[FA-CDN-05] hands every method on", "all", base(), `${s}.otherwise.methods`, "all"],
    ["asks the balancer by its own name", "aws", base(), `${s}.origins.lb.host`, "origin.example.com"],
    ["finds the balancer by itself on AWS", "aws", base({ site: { originName: undefined } }), `${s}.origins.lb.host`, null],
    ["knows the zone of its names", "azure", base(), `${s}.zones."app.example.com"`, { zone: "main", label: "app" }],
    [
      "knows the zone by itself",
      "azure",
      base({
        edge: { certificates: { all: { domain: "example.com", also: ["*.example.com"] } } },
        site: { names: ["example.com"] },
      }),
      `${s}.zones."example.com"`,
      { zone: "main", label: "@" },
    ],
    [
      "answers a path beside all below it",
      "all",
      behaving({ a: { paths: ["/a/*", "/b"] } }),
      `${s}.behaviours.a.paths`,
      ["/a", "/a/*", "/b"],
    ],
    [
      "[FA-CDN-06] keeps a day what is kept for a fixed time",
      "all",
      behaving({ a: { paths: ["/a/*"], cache: "fixed" } }),
      `${s}.behaviours.a.ttlSeconds`,
      86_400,
    ],
    [
      "keeps what the origin says nothing of not at all",
      "all",
      behaving({ a: { paths: ["/a/*"], cache: "origin" } }),
      `${s}.behaviours.a.ttlSeconds`,
      0,
    ],
    ["only reads a bucket", "all", behaving({ a: { paths: ["/a/*"], origin: "static" } }), `${s}.behaviours.a.methods`, "read"],
    [
      "tells a browser no longer than Google can",
      "gcp",
      behaving({ a: { cache: "fixed", ttlSeconds: 60, browserTtlSeconds: 90 } }),
      `${s}.otherwise.browserTtlSeconds`,
      60,
    ],
    [
      "tells a browser as asked elsewhere",
      "aws",
      behaving({ a: { cache: "fixed", ttlSeconds: 60, browserTtlSeconds: 90 } }),
      `${s}.otherwise.browserTtlSeconds`,
      90,
    ],
    ["[BF-CDN-05] waits as long as asked", "all", base({ site: { originSeconds: 120 } }), `${s}.origins.lb.seconds`, 120],
    ["waits as long as Front Door does at least", "azure", base({ site: { originSeconds: 5 } }), `${c}.originSeconds`, 16],
    ["needs no front of its own where it stands alone", "aws", base(), `${s}.front`, null],
    ["logs to the destination where the cloud does", "gcp", base(), `${c}.logs`, { to: "destination" }],
    [
      "logs to the bucket that is named",
      "aws",
      base({ cdn: { logs: "logs" } }),
      `${c}.logs`,
      { to: "bucket", bucket: "logs", prefix: "cdn" },
    ],
    ["logs nowhere when told", "azure", base({ cdn: { logs: "off" } }), `${c}.logs`, null],
    ["stands behind a firewall where there is one", "all", base({ edge: { waf: {} } }), `${c}.waf`, true],
    ["stands behind none where there is none", "all", base(), `${c}.waf`, false],
    [
      "may have none",
      "all",
      base({
        edge: { cdn: "off" },
        flows: { visitors: { from: ["internet"], to: ["lb"], ports: [443] }, inward: { from: ["internet"], to: ["lb"], ports: [80] } },
      }),
      c,
      null,
    ],
    ["closes its balancer", "all", base(), `${c}.closed`, true],
    [
      "closes none that a flow without ports opens",
      "all",
      base({ flows: { open: { from: ["internet"], to: ["lb"] } } }),
      `${c}.closed`,
      false,
    ],
    ["takes a flow without ports as its way in", "all", base({ flows: { inward: { from: ["cdn"], to: ["lb"] } } }), `${c}.closed`, true],
    ["asks for its pass on AWS", "aws", base(), "edge.routes.lb.pass", true],
    ["asks for its pass where the firewall blocks", "azure", firewalled(), "edge.pass", true],
    ["asks for none where the firewall counts", "azure", firewalled({ mode: "count" }), "edge.pass", false],
    ["asks for none where one policy stands before others too", "azure", beside, "edge.pass", false],
    ["asks for none where nothing stands between", "gcp", firewalled(), "edge.pass", false],
    ["asks for none from those who have none", "aws", shared, "edge.routes.lb.pass", false],
    ["asks for none when it need not be closed", "aws", base({ cdn: { closed: false } }), "edge.routes.lb.pass", false],
    ["asks for none before an internal balancer", "aws", base({ balancer: { scheme: "internal" } }), "edge.routes.lb.pass", false],
    [
      "closes none that others are let into",
      "all",
      base({ flows: { open: { from: ["internet"], to: ["lb"], ports: [443] } } }),
      `${c}.closed`,
      false,
    ],
    [
      "lets the CDN read its bucket",
      "all",
      behaving({ a: { paths: ["/a/*"], origin: "static" } }),
      "buckets.static.cdn",
      { reads: true, logs: false },
    ],
    ["lets the CDN write its logs", "aws", base({ cdn: { logs: "logs" } }), "buckets.logs.cdn", { reads: false, logs: true }],
    ["keeps it from other buckets", "all", base(), "buckets.static.cdn", { reads: false, logs: false }],
    [
      "lets the CDN use the key of its bucket where callers must",
      "aws",
      base({
        site: { behaviours: { a: { paths: ["/a/*"], origin: "static" } } },
        more: { keys: { web: {} }, buckets: { static: { encryptionKey: "web" } } },
      }),
      "keys.primary.keys.web.users",
      ["cdn", "storage"],
    ],
    [
      "leaves the key alone elsewhere",
      "gcp",
      base({
        site: { behaviours: { a: { paths: ["/a/*"], origin: "static" } } },
        more: { keys: { web: {} }, buckets: { static: { encryptionKey: "web" } } },
      }),
      "keys.primary.keys.web.users",
      ["storage"],
    ],
  ]);
  refuses([
    ["is the cloud's own", "aws", base({ cdn: { provider: "cloudflare" } }), `${c}.provider`, /got "cloudflare".*CloudFront and AWS WAF/],
    ["is the cloud's own", "azure", base({ cdn: { provider: "cloudflare" } }), `${c}.provider`, /Front Door/],
    ["is the cloud's own", "gcp", base({ cdn: { provider: "cloudflare" } }), `${c}.provider`, /Cloud CDN and Cloud Armor/],
    ["is there", "all", base({ cdn: { sites: {} } }), `${c}.sites`, /got none.*`off`/],
    ["has an origin that exists", "all", base({ site: { origin: "lbb" } }), `${s}.origin`, /no balancer or bucket is called "lbb".*"lb"/],
    [
      "has behaviours with origins that exist",
      "all",
      behaving({ a: { paths: ["/a"], origin: "statik" } }),
      `${s}.behaviours`,
      /"statik".*"static"/,
    ],
    [
      "has a certificate that exists",
      "all",
      base({ site: { certificate: "al" } }),
      `${s}.certificate`,
      /no certificate is called "al".*"all"/,
    ],
    [
      "has a certificate that covers it",
      "all",
      base({ site: { names: ["app.example.org"] } }),
      `${s}.certificate`,
      /covers app.example.org, got "all" for \*.example.com/,
    ],
    [
      "is covered one label deep alone",
      "all",
      base({ site: { names: ["a.app.example.com"] } }),
      `${s}.certificate`,
      /covers a.app.example.com/,
    ],
    [
      "is not covered by a wildcard as its domain",
      "all",
      base({ site: { names: ["example.com"] } }),
      `${s}.certificate`,
      /covers example.com/,
    ],
    [
      "has names of its own",
      "all",
      base({
        cdn: {
          sites: {
            app: { names: ["app.example.com"], certificate: "all", origin: "static" },
            www: { names: ["app.example.com"], certificate: "all", origin: "static" },
          },
        },
      }),
      `${c}.sites.www.names`,
      /"app.example.com", which is one of app/,
    ],
    ["names nothing twice", "all", base({ site: { names: ["app.example.com", "app.example.com"] } }), `${s}.names`, /there twice/],
    ["answers a path once", "all", behaving({ a: { paths: ["/x"] }, b: { paths: ["/x"] } }), `${s}.behaviours.b`, /\/x.*here and in a/],
    ["answers the rest once", "all", behaving({ a: {}, b: {} }), `${s}.behaviours.b`, /the rest.*here and in a/],
    ["takes a star at the end alone", "all", behaving({ a: { paths: ["/*/x"] } }), `${s}.behaviours.a.paths`, /got "\/\*\/x"/],
    ["says every path by none", "all", behaving({ a: { paths: ["/*"] } }), `${s}.behaviours.a.paths`, /leave paths out/],
    [
      "keeps the word rest for what no path names",
      "all",
      behaving({ rest: { paths: ["/x"] } }),
      `${s}.behaviours.rest`,
      /call it "rest-1"/,
    ],
    [
      "keeps nothing longer than at most",
      "all",
      behaving({ a: { cache: "fixed", ttlSeconds: 90, maxTtlSeconds: 60 } }),
      `${s}.behaviours.a.maxTtlSeconds`,
      /at least ttlSeconds, 90, got 60/,
    ],
    [
      "has no time where nothing is kept",
      "all",
      behaving({ a: { ttlSeconds: 60 } }),
      `${s}.behaviours.a.ttlSeconds`,
      /got 60.*cache: fixed/,
    ],
    ["has some time where all is kept", "all", behaving({ a: { cache: "fixed", ttlSeconds: 0 } }), `${s}.behaviours.a.ttlSeconds`, /got 0/],
    [
      "tells browsers nothing of what is not kept",
      "all",
      behaving({ a: { browserTtlSeconds: 60 } }),
      `${s}.behaviours.a.browserTtlSeconds`,
      /got 60/,
    ],
    [
      "does not lead back to itself",
      "aws",
      base({ site: { originName: "app.example.com" } }),
      `${s}.originName`,
      /leads back to the CDN.*origin.example.com/,
    ],
    [
      "asks by a name in the balancer's certificate",
      "azure",
      base({ site: { originName: "origin.example.org" } }),
      `${s}.originName`,
      /certificate of lb covers, got "origin.example.org"/,
    ],
    ["says a name on Azure", "azure", base({ site: { originName: undefined } }), `${s}.originName`, /say originName/],
    ["waits no longer than CloudFront does", "aws", base({ site: { originSeconds: 121 } }), `${s}.originSeconds`, /got "121".*at most 120/],
    [
      "stands before a public balancer on Azure",
      "azure",
      base({ balancer: { scheme: "internal" } }),
      `${s}.origin`,
      /make the balancer public/,
    ],
    [
      "stands before a public balancer on Google Cloud",
      "gcp",
      base({ balancer: { scheme: "internal" } }),
      `${s}.origin`,
      /make the balancer public/,
    ],
    ["logs into a bucket that exists", "aws", base({ cdn: { logs: "log" } }), `${c}.logs`, /no bucket is called "log".*"logs"/],
    [
      "lets countries be the firewall's elsewhere",
      "gcp",
      base({ cdn: { countries: { action: "deny", codes: ["KP"] } } }),
      `${c}.countries`,
      /edge.waf.countries/,
    ],
    [
      "is let in by its balancer",
      "all",
      base({ flows: { inward: { from: ["cdn"], to: ["lb"], ports: [80] } } }),
      "access.flows",
      /from cdn to lb on port 443, got none.*cdn-lb/,
    ],
  ]);
  notes([
    [
      "says that what stands behind a network balancer needs a certificate",
      "aws",
      base({ balancer: { form: "network", certificates: [], listeners: { https: { port: 443, protocol: "tcp" } }, pools: { web: {} } } }),
      `${s}.originName`,
      /behind lb must hold a certificate for origin.example.com/,
    ],
    [
      "says that a balancer can be asked past it",
      "all",
      base({ flows: { open: { from: ["internet"], to: ["lb"], ports: [443] } } }),
      `${c}.closed`,
      /lb may be asked past the CDN/,
    ],
    ["needs no word where nothing but a pass opens", "aws", base(), `${c}.closed`, null],
    ["needs no word where nothing but a pass opens", "azure", firewalled(), `${c}.closed`, null],
    ["says whose addresses open a balancer that others call too", "aws", shared, `${c}.closed`, /every customer's/],
    ["says whose addresses open a balancer without a firewall", "azure", base(), `${c}.closed`, /every customer's/],
    ["says that Google's is a front of its own", "gcp", base(), c, /front of its own/],
    ["says that no bucket is named for logs", "aws", base(), `${c}.logs`, /none is named/],
    [
      "says how Front Door reads a bucket",
      "azure",
      behaving({ a: { paths: ["/a/*"], origin: "static" } }),
      `${s}.behaviours`,
      /identity of its own/,
    ],
  ]);

  it("stands before an internal balancer on AWS", () => {
    expect(issuesOf("aws", base({ balancer: { scheme: "internal" } }))).toEqual([]);
  });

  it("needs names that stay apart when joined", () => {
    const site = (name: string, behaviour: string) => ({
      [name]: { names: [`${name}.example.com`], certificate: "all", origin: "static", behaviours: { [behaviour]: { paths: ["/x"] } } },
    });
    const issues = issuesOf("aws", base({ cdn: { sites: { ...site("a", "b-c"), ...site("a-b", "c") } } }));
    expect(issues.map(({ path, problem }) => `${path}: ${problem}`)).toEqual([
      `${c}.sites.a-b: expected names that stay apart when joined, got "a b-c" and "a-b c"`,
    ]);
  });
});

describe("the CDN as a peer", () => {
  const rules = (cloud: "aws" | "azure" | "gcp", platform: object) => decided(cloud, { ...platform }).spec.sites.primary.flows.rules;
  const froms = (cloud: "aws" | "azure" | "gcp", platform: object) =>
    Object.values(rules(cloud, platform)).filter(({ from }) => from.kind === "cdn");

  it("is let into a balancer by the cloud's own list of its addresses", () => {
    expect(froms("aws", base()).map(({ from }) => "sources" in from && from.sources)).toEqual([["pl-3b927c52"]]);
    expect(froms("azure", base()).map(({ from }) => "sources" in from && from.sources)).toEqual([["AzureFrontDoor.Backend"]]);
    expect(froms("gcp", base())).toEqual([]); // the balancer is not asked
  });

  it("needs no rule where everybody is let in", () => {
    const open = base({ flows: { open: { from: ["internet"], to: ["lb"], ports: [443] } } });
    for (const cloud of ["aws", "azure", "gcp"] as const) expect(froms(cloud, open)).toEqual([]);
  });

  it("needs none but on 443: a list counts as 55 of the 60 rules of a group", () => {
    const both = base({ flows: { inward: { from: ["cdn"], to: ["lb"], ports: [443, 80] } } });
    expect(froms("aws", both).map(({ toPort }) => toPort)).toEqual([443]);
  });

  it("is no rule's target, and waits no longer", () => {
    const { spec, waiting, flows } = decided("aws", base());
    expect(Object.values(spec.sites.primary.flows.rules).filter(({ to }) => to.kind === "cdn")).toEqual([]);
    expect(waiting).toEqual([]);
    expect(flows.filter(({ to }) => to === "cdn").map(({ ports, rule }) => [ports, rule])).toEqual([
      ["443", null],
      ["80", null],
    ]);
  });

  it("waits where there is none", () => {
    const { waiting } = decided("aws", base({ edge: { cdn: "off" } }));
    expect(waiting.map(({ waitsFor }) => waitsFor)).toEqual(["cdn", "cdn"]); // two ports are one line;
  });

  refuses([
    [
      "is asked by the internet, not by roles",
      "all",
      base({ flows: { odd: { from: ["web"], to: ["cdn"], ports: [443] } } }),
      "access.flows.odd",
      /got web to cdn.*internet/,
    ],
    [
      "reaches no bucket by a rule",
      "all",
      base({ flows: { odd: { from: ["cdn"], to: ["store"], ports: [443] } } }),
      "access.flows.odd",
      /got cdn to store/,
    ],
  ]);

  it("is refused where its addresses are not known", () => {
    const issues = issuesOf("aws", base(), { region: "ca-west-1" });
    expect(issues.map(({ path }) => path)).toEqual(["access.flows.inward.from"]);
    expect(issues[0]?.remedy).toMatch(/internet instead of cdn/);
  });
});

describe("a front of its own", () => {
  const two = {
    pools: { web: {}, api: {} },
    routes: {
      api: { hosts: ["api.example.com"], to: "api" },
      apis: { hosts: ["app.example.com"], paths: ["/api/*"], to: "api" },
      rest: { to: "web" },
    },
  };
  const flows = { api: { from: ["lb"], to: ["api"], ports: [8000] } };
  const front = (site: object) => decided("gcp", base({ balancer: two, flows, site })).spec.edge.cdn?.sites.app?.front;

  it("joins the paths of behaviours with those of routes", () => {
    const behaviours = { deep: { paths: ["/api/v1/*"], cache: "origin" }, static: { paths: ["/static/*"], origin: "static" } };
    expect(front({ names: ["app.example.com"], behaviours })?.hosts).toEqual({
      "app.example.com": {
        otherwise: "rest-web",
        paths: {
          "rest-api": ["/api", "/api/*"],
          "deep-api": ["/api/v1", "/api/v1/*"],
          static: ["/static", "/static/*"],
        },
      },
    });
  });

  it("asks the nearest host", () => {
    expect(front({ names: ["api.example.com"] })?.hosts).toEqual({ "api.example.com": { otherwise: "rest-api", paths: {} } });
  });

  it("waits as long as the balancer for a WebSocket", () => {
    const made = decided("gcp", base({ balancer: { idleSeconds: 3600 } })).spec.edge.cdn?.sites.app?.front?.backends;
    expect(Object.values(made ?? {}).map(({ to }) => "seconds" in to && to.seconds)).toEqual([3600]);
  });

  /** What the two tables say of a path, each on its own: the longest that covers it. */
  const covers = (pattern: string, path: string) =>
    pattern === path || (pattern.endsWith("/*") && (path.startsWith(pattern.slice(0, -1)) || path === pattern.slice(0, -2)));
  const longest = <T>(table: readonly (readonly [string, T])[], path: string): T | undefined =>
    table
      .filter(([pattern]) => covers(pattern, path))
      .toSorted(([one], [other]) => other.replace("/*", "/").length - one.replace("/*", "/").length)[0]?.[1];

  it("answers every path as behaviour and route say apart", () => {
    const segment = fc.constantFrom("a", "b", "c");
    const plain = fc.array(segment, { minLength: 1, maxLength: 3 }).map(parts => `/${parts.join("/")}`);
    const pattern = fc.tuple(plain, fc.boolean()).map(([path, below]) => (below ? `${path}/*` : path));
    const patterns = fc.uniqueArray(pattern, { maxLength: 4, selector: one => one.replace("/*", "") });
    fc.assert(
      fc.property(patterns, patterns, fc.array(plain, { minLength: 1, maxLength: 8 }), (kept, routed, asked) => {
        const behaviours = Object.fromEntries(kept.map((path, index) => [`b${index}`, { paths: [path] }]));
        const routes = Object.fromEntries(
          routed.map((path, index) => [`r${index}`, { paths: [path], to: index % 2 === 0 ? "api" : "web" }]),
        );
        const platform = base({ balancer: { pools: two.pools, routes: { ...routes, rest: { to: "web" } } }, flows, site: { behaviours } });
        const site = decided("gcp", platform).spec.edge.cdn?.sites.app?.front;
        const table = site?.hosts["app.example.com"];
        if (site === null || site === undefined || table === undefined) throw new Error("no front");
        const joined = Object.entries(table.paths).flatMap(([backend, paths]) => paths.map(path => [path, backend] as const));
        for (const path of asked) {
          const behaviour =
            longest(
              kept.map((one, index) => [one, `b${index}`] as const),
              path,
            ) ?? "rest";
          const pool =
            longest(
              routed.map((one, index) => [one, index % 2 === 0 ? "api" : "web"] as const),
              path,
            ) ?? "web";
          // As Google reads it: a star stands for what lies below alone, an exact path before a pattern.
          const exact = joined.find(([one]) => one === path)?.[1];
          const below = joined
            .filter(([one]) => one.endsWith("/*") && path.startsWith(one.slice(0, -1)))
            .toSorted(([one], [other]) => other.length - one.length)[0]?.[1];
          expect(exact ?? below ?? table.otherwise).toBe(`${behaviour}-${pool}`);
        }
      }),
      { numRuns: 60, seed: 20_261_121 },
    );
  });
});

describe("the policy of a bucket on AWS", () => {
  const on = { foundation: { native: { accountId: "123456789012" } } } as unknown as AwsGround;
  const spec = {
    readers: [],
    writers: [],
    receivesLogs: false,
    balancerLogs: [],
    cdn: { reads: true, logs: true },
  } as unknown as BucketSpec;
  const said = (sid: string, of: BucketSpec) => statements(of, pulumi.output("arn:aws:s3:::b"), on).find(({ Sid }) => Sid === sid);

  it("[FA-CDN-03] lets distributions of this account read, and nobody list", () => {
    expect(said("Cdn", spec)).toMatchObject({
      Principal: { Service: "cloudfront.amazonaws.com" },
      Action: "s3:GetObject",
      Condition: {
        StringEquals: { "aws:SourceAccount": "123456789012" },
        ArnLike: { "aws:SourceArn": "arn:aws:cloudfront::123456789012:distribution/*" },
      },
    });
  });

  it("lets deliveries of this account write, as their owner's", () => {
    expect(said("CdnLogs", spec)).toMatchObject({
      Principal: { Service: "delivery.logs.amazonaws.com" },
      Action: "s3:PutObject",
      Condition: {
        StringEquals: { "aws:SourceAccount": "123456789012", "s3:x-amz-acl": "bucket-owner-full-control" },
        ArnLike: { "aws:SourceArn": "arn:aws:logs:us-east-1:123456789012:delivery-source:*" },
      },
    });
  });

  it("says neither where the CDN does neither", () => {
    const none = { ...spec, cdn: { reads: false, logs: false } };
    expect([said("Cdn", none), said("CdnLogs", none)]).toEqual([undefined, undefined]);
  });
});
