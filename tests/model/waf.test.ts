/** What is decided and refused of the web application firewall, and that rule numbers stay where they are. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Cloud, clouds } from "../../components/kernel/cloud.ts";
import { WafArgs } from "../../components/waf/model.ts";
import { resolveWaf, type WafStands } from "../../components/waf/resolve.ts";
import { decides, notes, refuses } from "../support/rows.ts";
import { knownOf } from "../support/trial.ts";

const stands: WafStands = { regional: true, global: false, direct: true };

/** A public balancer before one role, and the firewall before it. */
const base = (waf: object, balancer: object = {}) => ({
  network: { tiers: { public: {}, app: {}, data: {} } },
  roles: { web: { ports: { app: 3000 } } },
  edge: {
    dns: { zones: { main: { domain: "example.com" } } },
    certificates: { site: { domain: "example.com" } },
    waf,
    balancers: { lb: { certificates: ["site"], pools: { web: {} }, ...balancer } },
  },
  access: {
    flows: { visitors: { from: ["internet"], to: ["lb"], ports: [443, 80] }, "lb-web": { from: ["lb"], to: ["web"], ports: [3000] } },
  },
});
const limit = (requests: number, perSeconds: number, path = "/") => base({ limits: { all: { requests, perSeconds, path } } });
const list = (action: string, ranges: readonly string[], path = "/") => base({ lists: { office: { action, ranges, path } } });
const w = "edge.waf";

/** The first few of a class of addresses, each a range of its own. */
const ranges = (count: number, first = "203"): readonly string[] =>
  Array.from({ length: count }, (_, index) => `${first}.${Math.floor(index / 250)}.${index % 250}.0/24`);

const many = <T>(count: number, name: string, make: (index: number) => T): Readonly<Record<string, T>> =>
  Object.fromEntries(Array.from({ length: count }, (_, index) => [`${name}${index}`, make(index)]));

describe("a web application firewall", () => {
  decides([
    ["blocks unless told", "all", base({}), `${w}.mode`, "block"],
    ["looks for the common attacks unless told", "all", base({}), `${w}.core`, "low"],
    ["knows addresses of ill repute where the cloud does", "aws", base({}), `${w}.reputation`, "block"],
    ["says what really happens where it does not", "gcp", base({}), `${w}.reputation`, "off"],
    ["is for the balancers that it stands before", "all", base({}), `${w}.regional`, true],
    ["is not for a CDN that there is not", "all", base({}), `${w}.global`, false],
    ["is not made where nobody stands behind it", "all", base({}, { waf: false }), w, null],
    ["is not made unless asked for", "all", { network: { tiers: { public: {}, app: {} } } }, w, null],
    ["[FA-HAP-05] counts 100 in 10 s where the cloud does", "gcp", limit(100, 10), `${w}.limits.all.requests`, 100],
    ["reads paths in lower case, as requests are", "all", limit(100, 60, "/Login"), `${w}.limits.all.path`, "/login"],
    ["leaves out a list that restricts nothing", "all", list("allow", []), `${w}.lists`, {}],
    ["leaves out a range within another", "all", list("deny", ["10.1.0.0/16", "10.0.0.0/8"]), `${w}.lists.office.ranges`, ["10.0.0.0/8"]],
    ["names a country once", "all", base({ countries: { action: "deny", codes: ["KP", "KP"] } }), `${w}.countries.codes`, ["KP"]],
  ]);
  notes([
    ["says that nobody stands behind it", "all", base({}, { waf: false }), w, /neither a public application balancer nor a CDN/],
    ["says what reputation comes to", "gcp", base({}), `${w}.reputation`, /no list of addresses below Cloud Armor Enterprise/],
    ["says that a list is empty", "all", list("deny", []), `${w}.lists.office`, /restricts nothing/],
    ["says nothing of a window that the cloud has", "all", limit(100, 60), `${w}.limits.all`, null],
    [
      "[FA-CF-05] says what becomes of a window that the cloud has not",
      "aws",
      limit(100, 10),
      `${w}.limits.all`,
      /100 in 10 s become 600 in 60 s: aws counts in windows of 60, 120, 300, 600 s/,
    ],
    [
      "says what capacity is billed beside the rest",
      "aws",
      base({ core: "high", bots: true, limits: many(5, "a", index => ({ requests: 100, path: `/${index}` })) }),
      w,
      /1595 capacity units: aws bills extra for every 500 begun beyond 1500/,
    ],
    ["says nothing of capacity that is included", "aws", base({ core: "high", bots: true }), w, null],
    [
      "says when a project's quota has to be raised",
      "gcp",
      base({ core: "high", limits: many(12, "a", index => ({ requests: 100, path: `/${index}` })) }),
      w,
      /24 rules with an expression: a new project on gcp has a quota of 20/,
    ],
  ]);
});

describe("a rate limit", () => {
  /** Asked, and what each cloud counts. */
  const rows: readonly (readonly [number, number, Readonly<Record<Cloud, readonly [number, number]>>])[] = [
    [100, 10, { aws: [600, 60], azure: [600, 60], gcp: [100, 10] }],
    [100, 60, { aws: [100, 60], azure: [100, 60], gcp: [100, 60] }],
    [100, 120, { aws: [100, 120], azure: [250, 300], gcp: [100, 120] }],
    [1000, 300, { aws: [1000, 300], azure: [1000, 300], gcp: [1000, 300] }],
    [1001, 600, { aws: [1001, 600], azure: [500, 300], gcp: [1001, 600] }],
  ];
  it.each(rows.flatMap(([requests, seconds, on]) => clouds.map(cloud => [requests, seconds, cloud, on[cloud]] as const)))(
    "of %i in %i s is counted on %s as it can: %j",
    (requests, perSeconds, cloud, [count, window]) => {
      const known = knownOf(cloud);
      const args = WafArgs.parse({ limits: { all: { requests, perSeconds } } });
      const spec = resolveWaf(args, stands, known);
      expect(spec?.limits.all).toMatchObject({ requests: count, perSeconds: window });
      expect(known.findings.issues).toEqual([]);
      expect(known.findings.notes.some(({ path }) => path === "edge.waf.limits.all")).toBe(window !== perSeconds);
    },
  );

  refuses([
    [
      "has no more requests than the cloud counts",
      "gcp",
      limit(1_500_000, 60),
      `${w}.limits.all.requests`,
      /expected 1 to 1000000 requests in 60 s on gcp, got 1500000 .*use 1000000/,
    ],
    [
      "has no more requests than the cloud counts in its own window",
      "azure",
      limit(1_000_000, 10),
      `${w}.limits.all.requests`,
      /got 6000000 \(1000000 in 10 s\); use 333333/,
    ],
    ["has a least", "all", limit(9, 60), `${w}.limits.all.requests`, /expected 10 to 2000000, got 9; try 10/],
    ["has a window that is offered", "all", limit(100, 45), `${w}.limits.all.perSeconds`, /10|60/],
    ["is of a path", "all", limit(100, 60, "login"), `${w}.limits.all.path`, /beginning of a path/],
    ["is of a path that no expression could be slipped into", "all", limit(100, 60, "/a') || true"), `${w}.limits.all.path`, /path/],
    [
      "is the only one of its path where the second would never be asked",
      "gcp",
      base({ limits: { burst: { requests: 100, perSeconds: 10, path: "/API" }, hour: { requests: 1000, perSeconds: 600, path: "/api" } } }),
      `${w}.limits.hour.path`,
      /not offered on gcp, got "\/api, which is that of burst".*keep one limit of a path/,
    ],
  ]);
  decides([
    [
      "may have a second one of its path elsewhere",
      "aws",
      base({ limits: { burst: { requests: 100, perSeconds: 60 }, hour: { requests: 1000, perSeconds: 600 } } }),
      `${w}.limits.hour.perSeconds`,
      600,
    ],
  ]);
});

describe("what is refused", () => {
  refuses([
    ["bits behind the prefix", "all", list("deny", ["10.0.0.5/8"]), `${w}.lists.office.ranges`, /got "10.0.0.5\/8"; clear the bits/],
    ["everyone let in", "all", list("allow", ["0.0.0.0/0"]), `${w}.lists.office.ranges`, /drop the list: it restricts nothing/],
    ["everyone kept out", "all", list("deny", ["0.0.0.0/0"]), `${w}.lists.office.ranges`, /flow from internet/],
    ["an address without prefix", "all", list("deny", ["10.0.0.5"]), `${w}.lists.office.ranges[0]`, /10.0.0.5\/32/],
    ["a country by its name", "all", base({ countries: { action: "deny", codes: ["France"] } }), `${w}.countries.codes[0]`, /two capital/],
    ["no country", "all", base({ countries: { action: "deny", codes: [] } }), `${w}.countries.codes`, /./],
    ["a level that is none", "all", base({ core: "hihg" }), `${w}.core`, /known: off, low, medium, high/],
    ["the paid tier", "all", base({ ddos: "advanced" }), `${w}.ddos`, /leave it at standard/],
    ["bots where telling them needs keys", "gcp", base({ bots: true }), `${w}.bots`, /limit requests instead/],
    ["a challenge where it needs keys", "gcp", base({ reputation: "challenge" }), `${w}.reputation`, /block or off/],
    [
      "lists of a policy that only counts",
      "azure",
      base({ mode: "count", lists: { office: { action: "allow", ranges: ["203.0.113.0/24"] } } }),
      `${w}.mode`,
      /a policy that only detects stops nobody/,
    ],
    [
      "countries of a policy that only counts",
      "azure",
      base({ mode: "count", countries: { action: "deny", codes: ["KP"] } }),
      `${w}.mode`,
      /try the rules without lists and countries/,
    ],
    ["more ranges than a list holds", "azure", list("deny", ranges(601)), `${w}.lists.office.ranges`, /at most 600 on azure, got 601/],
    [
      "a WAF rule over the cloud's capacity",
      "aws",
      base({ core: "high", limits: many(120, "a", index => ({ requests: 100, path: `/${index}` })) }),
      w,
      /expected at most 5000 capacity units on aws, got 5455 \(core high 1100, .*\); drop 455 units of them: the largest are core high 1100/,
    ],
    [
      "more limits than the cloud has numbers",
      "azure",
      base({ limits: many(50, "a", index => ({ requests: 100, path: `/${index}` })) }),
      `${w}.limits`,
      /at most 49 limits on azure, got 50; drop 1 of them/,
    ],
    [
      "more lists than the cloud has numbers",
      "azure",
      base({ lists: many(26, "a", index => ({ action: "deny", ranges: [`10.${index}.0.0/16`] })) }),
      `${w}.lists`,
      /at most 25 deny lists on azure, got 26/,
    ],
    [
      "more rules than the cloud takes",
      "gcp",
      base({ core: "off", lists: many(3, "a", index => ({ action: "deny", path: "/admin", ranges: ranges(300, String(index + 20)) })) }),
      w,
      /expected at most 200 rules of its own on gcp, got 225 \(lists.a0 75, lists.a1 75, lists.a2 75\); drop 25/,
    ],
  ]);
});

describe("before balancers and a CDN", () => {
  const args = WafArgs.parse({ limits: { all: { requests: 100 } } });
  const judged = (cloud: Cloud, over: Partial<WafStands>) => {
    const known = knownOf(cloud);
    const spec = resolveWaf(args, { ...stands, ...over }, known);
    return { spec, notes: known.findings.notes.map(({ text }) => text).join(), issues: known.findings.issues };
  };

  it.each(["aws", "azure"] as const)("leaves visitors' addresses to the CDN alone where only it reaches the balancer (%s)", cloud => {
    const { spec, issues } = judged(cloud, { global: true, direct: false });
    expect(spec).toMatchObject({ regional: true, global: true, direct: false });
    expect(issues).toEqual([]);
  });

  it.each(["aws", "azure"] as const)("refuses rules by address that would meet the CDN's addresses alone (%s)", cloud => {
    expect(judged(cloud, { direct: false }).issues).toMatchObject([
      { path: "edge.waf", remedy: expect.stringMatching(/edge.cdn.waf: true/) },
    ]);
  });

  it.each(["aws", "azure"] as const)("says that visitors may be counted twice (%s)", cloud => {
    expect(judged(cloud, { global: true }).notes).toMatch(/edge.cdn.closed/);
  });

  it("judges everyone by his own address where the CDN is the balancer", () => {
    const { spec, notes: said, issues } = judged("gcp", { global: true, direct: false });
    expect(spec?.direct).toBe(true);
    expect([said, issues]).toEqual([expect.not.stringMatching(/cdn/), []]);
  });
});

describe("rule numbers", () => {
  const name = fc.stringMatching(/^[a-z]{1,6}$/);
  const path = fc.constantFrom("/", "/a", "/admin", "/admin/users", "/v1");
  const limits = fc.dictionary(name, fc.record({ requests: fc.constant(100), path }), { maxKeys: 12 });
  const lists = fc.dictionary(
    name,
    fc.record({ action: fc.constantFrom("allow", "deny"), ranges: fc.constant(["203.0.113.0/24"]), path }),
    { maxKeys: 12 },
  );
  const numbersOn = (cloud: Cloud, said: object): Readonly<Record<string, number>> => {
    const spec = resolveWaf(WafArgs.parse(said), stands, knownOf(cloud));
    const numbers = Object.entries({ list: spec?.lists ?? {}, limit: spec?.limits ?? {} }).flatMap(([kind, rules]) =>
      Object.entries(rules).map(([key, { priority }]) => [`${kind} ${key}`, priority] as const),
    );
    return Object.fromEntries(numbers);
  };

  it.each(clouds)("are unique within a policy, and within what %s takes", cloud => {
    fc.assert(
      fc.property(limits, lists, (some, others) => {
        const numbers = Object.values(numbersOn(cloud, { limits: some, lists: others }));
        expect(new Set(numbers).size).toBe(numbers.length);
        for (const number of numbers) expect(number).toBeLessThan(cloud === "azure" ? 101 : 2 ** 31);
        for (const number of numbers) expect(number).toBeGreaterThan(0);
      }),
    );
  });

  /** A hundred numbers are too few for that (Azure). */
  it.each(["aws", "gcp"] as const)("are a rule's own, whatever stands beside it, where no two meet (%s)", cloud => {
    fc.assert(
      fc.property(limits, lists, (some, others) => {
        const alone = {
          ...Object.assign({}, ...Object.entries(some).map(([key, rule]) => numbersOn(cloud, { limits: { [key]: rule } }))),
          ...Object.assign({}, ...Object.entries(others).map(([key, rule]) => numbersOn(cloud, { lists: { [key]: rule } }))),
        };
        fc.pre(new Set(Object.values(alone)).size === Object.keys(alone).length);
        expect(numbersOn(cloud, { limits: some, lists: others })).toEqual(alone);
      }),
    );
  });

  it("let the later of two that meet step aside, and one of another length stay", () => {
    const at = (path: string) => ({ requests: 100, path });
    const [aa, ai] = [{ aa: at("/") }, { "login-ai": at("/") }]; // their names come to one number of Google's 400
    const one = numbersOn("gcp", { limits: aa })["limit aa"] ?? 0;
    expect(numbersOn("gcp", { limits: ai })).toEqual({ "limit login-ai": one });
    expect(numbersOn("gcp", { limits: { ...aa, ...ai } })).toEqual({ "limit aa": one, "limit login-ai": one + 1000 });
    expect(numbersOn("gcp", { limits: { aa: at("/admin"), ...ai } })).toMatchObject({ "limit login-ai": one });
  });

  it("put a longer path before every shorter one where the first match is the last", () => {
    fc.assert(
      fc.property(limits, lists, (some, others) => {
        const spec = resolveWaf(WafArgs.parse({ limits: some, lists: others }), stands, knownOf("gcp"));
        const gates = [
          ...Object.values(spec?.limits ?? {}),
          ...Object.values(spec?.lists ?? {}).filter(({ action }) => action === "allow"),
        ];
        for (const one of gates)
          for (const other of gates) if (one.path.length > other.path.length) expect(one.priority).toBeLessThan(other.priority);
      }),
    );
  });
});
