/**
 * Three hundred platforms that nobody wrote: what is open is what was decided, nothing is exposed, and the internet reaches entries alone.
 * The flows asked for are drawn too, so that a rule too few or too many has nowhere to hide.
 */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type FlowReport, flowReport } from "../cli/flowReport.ts";
import { type Cloud, clouds } from "../components/kernel/cloud.ts";
import type { Plain } from "../components/kernel/merge.ts";
import { planned } from "./support/trial.ts";

const runs = 100;

const roles = ["api", "web", "worker", "watch"];
const size = { vcpu: 2, memoryGiB: 8 };
const port = fc.integer({ min: 1024, max: 9999 });

const flow = fc
  .record({
    from: fc.constantFrom(...roles, "site"),
    to: fc.constantFrom(...roles, "db", "cache", "store", "internet"),
    low: port,
    more: fc.constantFrom(0, 0, 1, 50),
    protocol: fc.constantFrom("tcp", "tcp", "udp"),
  })
  .filter(({ from, to }) => from !== to && (from !== "site" || roles.includes(to)));

/** What stands before `api`, with whom it lets in; `web` and the site see a balancer that hands on, and the role behind it. */
const fronts: Readonly<Record<string, { readonly edge: Plain; readonly flows: Plain }>> = {
  application: {
    edge: {
      dns: { zones: { main: { domain: "example.com", records: { app: { to: "lb" } } } } },
      certificates: { app: { domain: "app.example.com" } },
      balancers: { lb: { certificates: ["app"], pools: { api: {} } } },
    },
    flows: { visitors: { from: ["internet"], to: ["lb"], ports: [443, 80] }, behind: { from: ["lb"], to: ["api"], ports: [8443] } },
  },
  narrow: {
    edge: {
      dns: { zones: { main: { domain: "example.com", records: { app: { to: "lb" } } } } },
      certificates: { app: { domain: "app.example.com" } },
      balancers: { lb: { certificates: ["app"], pools: { api: {} } } },
    },
    flows: {
      strangers: { from: ["internet"], to: ["lb"], ports: [80] },
      visitors: { from: ["partner"], to: ["lb"], ports: [443] },
      behind: { from: ["lb"], to: ["api"], ports: [8443] },
    },
  },
  closed: {
    edge: {
      dns: { zones: { main: { domain: "example.com", records: { app: { to: "cdn" }, origin: { to: "lb" } } } } },
      certificates: { all: { domain: "*.example.com" } },
      waf: {},
      balancers: { lb: { certificates: ["all"], pools: { api: {} } } },
      cdn: { sites: { app: { names: ["app.example.com"], certificate: "all", origin: "lb", originName: "origin.example.com" } } },
    },
    flows: {
      visitors: { from: ["internet"], to: ["cdn"], ports: [443, 80] },
      inward: { from: ["cdn"], to: ["lb"], ports: [443] },
      behind: { from: ["lb"], to: ["api"], ports: [8443] },
    },
  },
  inner: {
    edge: {
      dns: { zones: { main: { domain: "example.com" } } },
      certificates: { app: { domain: "app.example.com" } },
      balancers: { lb: { scheme: "internal", certificates: ["app"], pools: { api: {} } } },
    },
    flows: {
      visitors: { from: ["web", "site"], to: ["lb"], ports: [443, 80] },
      behind: { from: ["lb"], to: ["api"], ports: [8443] },
      people: { from: ["site"], to: ["watch"], ports: [9100] }, // on Google a range is known by the rules that name it
    },
  },
  network: {
    edge: { balancers: { lb: { form: "network", listeners: { app: { port: 8443, protocol: "tcp" } }, pools: { api: {} } } } },
    flows: { visitors: { from: ["internet"], to: ["lb"], ports: [8443] }, behind: { from: ["lb"], to: ["api"], ports: [8443] } },
  },
  internal: {
    edge: {
      balancers: {
        lb: { form: "network", scheme: "internal", listeners: { app: { port: 8443, protocol: "tcp" } }, pools: { api: {} } },
      },
    },
    flows: {
      visitors: { from: ["web", "site"], to: ["lb"], ports: [8443] },
      behind: { from: ["lb", "web", "site"], to: ["api"], ports: [8443] },
    },
  },
};

/** Where a balancer reads requests, and on Azure has its subnet for itself. */
const reading = ["application", "narrow", "closed", "inner"];

const platform = fc
  .record({
    zones: fc.integer({ min: 1, max: 3 }),
    nat: fc.constantFrom("zone", "single", "none"),
    ipv6: fc.boolean(),
    endpoints: fc.constantFrom("private", "gateway"),
    tiers: fc.record(Object.fromEntries(roles.map(name => [name, fc.constantFrom("app", "management", "public")]))),
    kinds: fc.record(Object.fromEntries(roles.map(name => [name, fc.constantFrom("group", "machine")]))),
    count: fc.integer({ min: 1, max: 3 }),
    replicas: fc.boolean(),
    sharded: fc.boolean(),
    front: fc.constantFrom("none", ...Object.keys(fronts)),
    bucket: fc.boolean(),
    tunnel: fc.boolean(),
    flows: fc.uniqueArray(flow, { minLength: 1, maxLength: 10, selector: ({ from, to, low }) => `${from} ${to} ${low}` }),
  })
  .map(
    ({ zones, nat, ipv6, endpoints, tiers, kinds, count, replicas, sharded, front, bucket, tunnel, flows }): Plain => ({
      network: {
        zones: reading.includes(front) ? Math.max(zones, 2) : zones,
        nat: front === "network" && nat === "none" ? "single" : nat, // on Azure answers leave by the role's own tier
        ipv6,
        endpoints,
        tiers: { public: {}, app: {}, data: {}, management: {} },
      },
      access: {
        outside: { site: { ranges: ["192.168.1.0/24"] }, partner: { ranges: ["198.51.100.0/24"] } },
        flows: {
          ...fronts[front]?.flows,
          ...Object.fromEntries(
            flows.map(({ from, to, low, more, protocol }, index) => [
              `flow-${index}`,
              to === "db" || to === "cache" // these bring their ports
                ? { from: [from], to: [to] }
                : {
                    from: [from],
                    to: [to],
                    protocol: to === "store" ? "tcp" : protocol,
                    ports: [to === "store" ? 443 : more === 0 ? low : `${low}-${low + more}`],
                  },
            ]),
          ),
        },
      },
      edge: fronts[front]?.edge ?? {},
      roles: Object.fromEntries(
        roles.map(name => {
          const drawn = tiers[name] ?? "app";
          const base = { tier: drawn === "public" && reading.includes(front) ? "management" : drawn, size };
          if (name === "api" && front !== "none") return [name, { kind: "group", ...base, ports: { app: 8443 } }];
          return [name, kinds[name] === "group" ? { kind: "group", ...base } : { kind: "machine", ...base, instances: count }];
        }),
      ),
      databases: { db: { size, storage: { gib: 50 }, ...(replicas ? { replicas: { one: {} } } : {}) } },
      caches: { cache: { usableGiB: 4, ...(sharded ? { shape: { kind: "sharded", shards: 3 } } : {}) } },
      buckets: bucket ? { files: {} } : {},
      ...(tunnel
        ? {
            secrets: { values: { psk: { from: "config" } } },
            entry: { sites: { site: { peer: "192.0.2.10", ranges: ["192.168.1.0/24"], secret: "psk" } } },
          }
        : {}),
    }),
  );

const entries = ["lb", "cdn", "session", "vpn"];

/** What a reader must not find. */
const wrong = ({ missing, extra, exposures, reaches }: FlowReport): readonly unknown[] => [
  ...missing.map(way => ({ missing: way })),
  ...extra.map(way => ({ extra: way })),
  ...exposures,
  ...reaches.filter(({ from, to }) => from === "internet" && !entries.includes(to)),
];

describe("platforms drawn from a seed", () => {
  it.each(clouds)(
    "are open as decided and nowhere else on %s",
    async (cloud: Cloud) => {
      let ways = 0;
      await fc.assert(
        fc.asyncProperty(platform, async base => {
          const report = flowReport(await planned(cloud, base));
          ways += report.reaches.length;
          expect(wrong(report)).toEqual([]);
        }),
        { numRuns: runs, endOnFailure: true },
      );
      expect(ways).toBeGreaterThan(runs * 5);
    },
    240_000,
  );
});
