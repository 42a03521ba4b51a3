/** Flows to rules: who, to whom, on which ports, and what is refused. What a cloud makes of a rule is shown by inventories. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { reservedPeers } from "../../components/access/model.ts";
import { slots } from "../../components/access/slots.ts";
import { type Cloud, clouds } from "../../components/kernel/cloud.ts";
import { decides, refuses } from "../support/rows.ts";
import { decided, issuesOf } from "../support/trial.ts";

const size = { vcpu: 2, memoryGiB: 8 };
const base = (flows: object, outside: object = {}, more: object = {}) => ({
  network: { tiers: { public: {}, app: {}, data: {} } },
  roles: { web: { ports: { app: 8080 } }, api: {} },
  databases: { db: { size } },
  caches: { cache: { usableGiB: 1 } },
  access: { flows, outside },
  ...more,
});
/** Keys of the rules that were written, without what every host needs of its cloud. */
const rulesOf = (cloud: Cloud, platform: object): readonly string[] =>
  Object.entries(decided(cloud, { ...platform }).spec.sites.primary.flows.rules)
    .filter(([, { from, to }]) => to.kind !== "store" && to.kind !== "endpoints" && from.name !== "health" && from.name !== "session")
    .map(([key]) => key)
    .toSorted();
const flow = (from: readonly string[], to: readonly string[], more: object = {}) => base({ one: { from, to, ...more } });

describe("a flow", () => {
  it.each<[string, object, readonly string[]]>([
    ["is one rule a pair", flow(["web", "api"], ["db"]), ["api-db-tcp-5432", "web-db-tcp-5432"]],
    ["is one rule a pair and port", flow(["web"], ["api"], { ports: [80, "9090-9092"] }), ["web-api-tcp-80", "web-api-tcp-9090-9092"]],
    ["takes a database's port from its spec", flow(["api"], ["db"]), ["api-db-tcp-5432"]],
    ["takes other ports when told", flow(["api"], ["db"], { ports: [9187] }), ["api-db-tcp-9187"]],
    ["may lead to oneself", flow(["api"], ["api"], { ports: [9300] }), ["api-api-tcp-9300"]],
    ["may be another protocol", flow(["web"], ["api"], { ports: [514], protocol: "udp" }), ["web-api-udp-514"]],
    ["has no ports where the protocol has none", flow(["api"], ["api"], { protocol: "vrrp" }), ["api-api-vrrp"]],
    [
      "is one rule however often it is written",
      base({ one: { from: ["api"], to: ["db"] }, two: { from: ["api"], to: ["db"] } }),
      ["api-db-tcp-5432"],
    ],
    ["comes from everybody when it says so", flow(["internet"], ["web"], { ports: [443] }), ["internet-web-tcp-443"]],
    ["needs no rule to the cloud's own resolver and clock", flow(["web"], ["resolver", "clock"], { ports: [53] }), []],
  ])("%s", (_, platform, keys) => {
    for (const cloud of clouds) expect(rulesOf(cloud, platform)).toEqual(keys);
  });

  it.each<[Cloud, readonly string[]]>([
    ["aws", ["api-cache-tcp-6379"]],
    ["azure", ["api-cache-tcp-10000"]],
    ["gcp", ["api-cache-tcp-6378"]],
  ])("%s: takes the cache's port from the cloud", (cloud, keys) => {
    expect(rulesOf(cloud, flow(["api"], ["cache"]))).toEqual(keys);
  });

  it("takes a pooler's port beside the engine's; a pooler that stands beside the engine asks it", () => {
    const pooled = { databases: { db: { size, pooler: true } } };
    expect(rulesOf("azure", { ...flow(["api"], ["db"]), ...pooled })).toEqual(["api-db-tcp-5432", "api-db-tcp-6432"]);
    expect(rulesOf("aws", { ...flow(["api"], ["db"]), ...pooled })).toEqual(["api-db-tcp-5432", "db-db-tcp-5432"]);
  });

  it("comes from outside ranges as they are written", () => {
    const { spec } = decided("aws", base({ one: { from: ["site"], to: ["web"], ports: [443] } }, { site: { ranges: ["192.168.1.0/24"] } }));
    expect(spec.sites.primary.flows.rules["site-web-tcp-443"]?.from).toEqual({ kind: "ranges", name: "site", ranges: ["192.168.1.0/24"] });
  });
});

describe("what every host needs", () => {
  const plain = base({});
  const rule = "sites.primary.flows.rules.";
  decides([
    [
      "leads from a database to its exchange bucket, where the engine calls it from the network",
      "aws",
      { ...plain, databases: { db: { size, exchange: "media" } }, buckets: { media: {} } },
      `${rule}db-store-tcp-443.to.kind`,
      "store",
    ],
    [
      "leads to object storage",
      "all",
      { ...plain, buckets: { files: {} } },
      `${rule}web-store-tcp-443.to`,
      { kind: "store", name: "store" },
    ],
    ["leads to private endpoints where the cloud has them", "azure", plain, `${rule}web-endpoints-tcp-443.to.kind`, "endpoints"],
    [
      "leads to them on AWS when asked for",
      "aws",
      { ...plain, network: { tiers: { public: {}, app: {}, data: {} }, endpoints: "private" } },
      `${rule}api-endpoints-tcp-443.toPort`,
      443,
    ],
    ["leads to none otherwise", "aws", plain, `${rule}web-endpoints-tcp-443`, undefined],
    ["lets probes in by a rule on Google Cloud", "gcp", plain, `${rule}health-web-tcp-8080.from.kind`, "ranges"],
    ["lets no probe in where there is nothing to ask", "gcp", plain, `${rule}health-api-tcp-8080`, undefined],
    ["lets probes in without a rule elsewhere", "aws", plain, `${rule}health-web-tcp-8080`, undefined],
  ]);
});

describe("a flow that waits", () => {
  const waiting = (cloud: Cloud, platform: object) =>
    decided(cloud, { ...platform }).waiting.map(({ from, to, ports, waitsFor }) => [from, to, ports, waitsFor]);
  it.each<[string, object, readonly (readonly string[])[]]>([
    ["waits for a later concept", flow(["lb"], ["web"], { ports: [8080] }), [["lb", "web", "8080", "lb"]]],
    ["waits for both sides", flow(["cdn"], ["lb"], { ports: [443] }), [["cdn", "lb", "443", "cdn, lb"]]],
    [
      "waits for ranges that are not given",
      base({ one: { from: ["adminCidrs"], to: ["web"], ports: [22] } }, { adminCidrs: {} }),
      [["adminCidrs", "web", "22", "access.outside.adminCidrs.ranges"]],
    ],
  ])("%s, and is no rule", (_, platform, lines) => {
    for (const cloud of clouds) {
      expect(waiting(cloud, platform)).toEqual(lines);
      expect(rulesOf(cloud, platform)).toEqual([]);
    }
  });

  it.each<[string, object, object, readonly (readonly string[])[]]>([
    ["waits for NAT on its way out", { nat: "none" }, {}, [["web", "internet", "443", "network.nat"]]],
    [
      "waits for another tier, where hosts have no address to go out with",
      {},
      { tier: "public" },
      [["web", "internet", "443", "a tier other than public"]],
    ],
    ["needs none on its way to a private range", { nat: "none" }, {}, []],
    ["waits for nothing where there is NAT", {}, {}, []],
  ])("%s", (title, network, web, lines) => {
    const to = title.includes("private range") ? "site" : "internet";
    const platform = base(
      { one: { from: ["web"], to: [to], ports: [443] } },
      { site: { ranges: ["192.168.1.0/24"] } },
      { network: { tiers: { public: {}, app: {}, data: {} }, ...network }, roles: { web: { ports: { app: 8080 }, ...web }, api: {} } },
    );
    for (const cloud of clouds) {
      expect(waiting(cloud, platform)).toEqual(lines);
      expect(rulesOf(cloud, platform)).toHaveLength(lines.length === 0 ? 1 : 0);
    }
  });

  it.each<[Cloud, object, readonly (readonly string[])[]]>([
    ["azure", {}, [["web", "store", "443", "buckets"]]],
    ["azure", { buckets: { files: {} } }, []],
    ["aws", {}, []],
    ["gcp", {}, []],
  ])("%s: waits for a bucket where each is a way of its own", (cloud, more, lines) => {
    const platform = { ...flow(["web"], ["store"], { ports: [443] }), ...more };
    expect(waiting(cloud, platform)).toEqual(lines);
    const keys = Object.keys(decided(cloud, { ...platform }).spec.sites.primary.flows.rules);
    expect(keys.filter(key => key.includes("store")).length > 0).toBe(lines.length === 0);
  });
});

describe("a refused flow", () => {
  refuses([
    [
      "is open to the internet at a database",
      "all",
      flow(["internet"], ["db"]),
      "access.flows.one",
      /internet to (a database, got internet to )?db/,
    ],
    ["is open to the internet at a cache", "all", flow(["internet"], ["cache"]), "access.flows.one", /internet to cache/],
    ["opens SSH to the internet", "all", flow(["internet"], ["web"], { ports: [22] }), "access.flows.one", /administration port/],
    ["opens a range with SSH in it", "all", flow(["internet"], ["web"], { ports: ["20-30"] }), "access.flows.one", /administration port/],
    [
      "opens every port to the internet",
      "all",
      flow(["internet"], ["web"], { protocol: "all" }),
      "access.flows.one",
      /administration port/,
    ],
    [
      "hides everybody behind another name",
      "all",
      base({ one: { from: ["all"], to: ["db"] } }, { all: { ranges: ["0.0.0.0/0"] } }),
      "access.outside.all.ranges",
      /name the peer internet/,
    ],
    ["hides half of everybody", "all", base({}, { half: { ranges: ["128.0.0.0/1"] } }), "access.outside.half.ranges", /\/8 or narrower/],
    ["comes from nobody", "all", flow(["wbe"], ["db"]), "access.flows.one.from[0]", /no peer is called "wbe"/],
    ["leads to nobody, and says who may be meant", "all", flow(["web"], ["cahce"]), "access.flows.one.to[0]", /did you mean "cache"/],
    ["says no port where nobody knows one", "all", flow(["web"], ["api"]), "access.flows.one.ports", /such as \[443\]/],
    ["counts its ports backwards", "all", flow(["web"], ["api"], { ports: ["90-80"] }), "access.flows.one.ports", /write "80-90"/],
    [
      "counts beyond the last port",
      "all",
      flow(["web"], ["api"], { ports: ["60000-70000"] }),
      "access.flows.one.ports",
      /write "60000-65535"/,
    ],
  ]);

  it("would share its name with another", () => {
    const platform = {
      network: { tiers: { public: {}, app: {}, data: {} } },
      roles: { web: {}, "web-api": {} },
      databases: { db: { size }, "api-db": { size } },
      access: { flows: { one: { from: ["web"], to: ["api-db"] }, two: { from: ["web-api"], to: ["db"] } } },
    };
    for (const cloud of clouds)
      expect(issuesOf(cloud, platform)[0]).toMatchObject({ path: "access.flows", problem: /would share the name web-api-db-tcp-5432/ });
  });

  it.each(reservedPeers.filter(name => !["lb", "lb-int", "bastion"].includes(name)))("is nobody's own: no role may be called %s", name => {
    const platform = { network: { tiers: { app: {}, public: {} } }, roles: { [name]: {} } };
    expect(issuesOf("aws", platform).map(({ path }) => path)).toContain(`roles.${name}`);
  });
});

describe("rule numbers", () => {
  const keys = fc.uniqueArray(fc.stringMatching(/^[a-z]{1,8}-[a-z]{1,8}-(tcp|udp)-\d{2,5}$/), { minLength: 1, maxLength: 300 });

  it("are unique, and within what Azure leaves", () => {
    fc.assert(
      fc.property(keys, all => {
        const numbers = Object.values(slots(all));
        expect(new Set(numbers).size).toBe(all.length);
        expect(numbers.every(number => number >= 200 && number <= 3900)).toBe(true);
      }),
      { numRuns: 1000 },
    );
  });

  it("depend on nothing but the names, whatever their order", () => {
    fc.assert(
      fc.property(keys, all => {
        expect(slots(all.toReversed())).toEqual(slots(all));
      }),
      { numRuns: 1000 },
    );
  });

  it("stay when a rule is added, except where two names share a number of their own", () => {
    fc.assert(
      fc.property(keys, fc.stringMatching(/^new-[a-z]{1,8}-tcp-\d{2,5}$/), (all, added) => {
        const before = slots(all);
        const after = slots([...all, added]);
        const own = new Map(all.map(key => [key, slots([key])[key]]));
        const contested = new Set([...own.values()].filter((number, index, list) => list.indexOf(number) !== index));
        contested.add(slots([added])[added]);
        const moved = all.filter(key => before[key] !== after[key]);
        // Whoever moves was pushed on by a chain that begins at a contested number.
        const taken = new Set(Object.values(after));
        const chained = (number: number | undefined): boolean => {
          let at = number ?? 0;
          while (taken.has(at) && !contested.has(at)) at -= 1;
          return contested.has(at);
        };
        expect(moved.filter(key => !chained(own.get(key)))).toEqual([]);
        expect(moved.length).toBeLessThanOrEqual(2);
      }),
      { numRuns: 1000, seed: 20_261_121 },
    );
  });
});
