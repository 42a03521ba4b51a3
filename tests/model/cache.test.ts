/** What is decided and refused of a cache. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { CacheArgs } from "../../components/cache/model.ts";
import { resolveCache } from "../../components/cache/resolve.ts";
import { clouds } from "../../components/kernel/cloud.ts";
import { NetworkArgs } from "../../components/network/model.ts";
import { resolveNetwork } from "../../components/network/resolve.ts";
import { decides, notes, refuses } from "../support/rows.ts";
import { knownOf } from "../support/trial.ts";

const tiers = { public: {}, app: {}, data: {} };
const base = (cache: object, more: object = {}) => ({ network: { tiers }, keys: { data: {} }, caches: { cache }, ...more });
const four = { usableGiB: 4 };
const sharded = (shards: number, more: object = {}) => ({ shape: { kind: "sharded", shards, ...more } });
const c = "caches.cache";

describe("a cache", () => {
  decides([
    ["[FA-CACHE-01] has one replica unless told", "all", base(four), `${c}.replicas`, 1],
    ["has the newest version of the cloud", "azure", base(four), `${c}.version`, "7.4"],
    ["answers on the cloud's port", "aws", base(four), `${c}.port`, 6379],
    ["answers on Azure's port", "azure", base(four), `${c}.port`, 10_000],
    ["answers on the port of TLS", "gcp", base(four), `${c}.port`, 6378],
    ["is proved to by a token of ours on AWS", "aws", base(four), `${c}.auth`, "token"],
    ["is proved to by the cloud's key on Azure", "azure", base(four), `${c}.generated`, false],
    ["keeps its token as a secret", "all", base(four), `${c}.secret`, "cache"],
    ["is proved to by identity when sharded on Google Cloud", "gcp", base({ ...sharded(3), usableGiB: 1 }), `${c}.secret`, null],
    ["survives a zone", "all", base(four), `${c}.multiZone`, true],
    ["survives none without a replica", "aws", base({ ...four, shape: { kind: "replicated", replicas: 0 } }), `${c}.multiZone`, false],
    ["leaves eviction to the engine", "all", base(four), `${c}.eviction`, null],
    ["evicts as told, in Redis' own word", "all", base({ ...four, eviction: "allkeys-lru" }), `${c}.eviction`, "allkeys-lru"],
    ["is snapshotted for a week where the cloud does", "aws", base(four), `${c}.snapshots.days`, 7],
    ["is not snapshotted when told", "all", base({ ...four, snapshots: { days: 0 } }), `${c}.snapshots`, null],
    [
      "takes a key of its own",
      "all",
      base({ ...four, encryptionKey: "data" }),
      `${c}.encryptionKey`,
      { purpose: "data", place: "primary" },
    ],
    ["takes parameters as text", "aws", base({ ...four, parameters: { timeout: 300 } }), `${c}.parameters`, { timeout: "300" }],
  ]);
  refuses([
    ["says how large it is", "all", base({}), "caches.cache", /say usableGiB/],
    [
      "is snapshotted apart from its maintenance where the cloud insists",
      "aws",
      base({ ...four, snapshots: { window: "04:30-05:30" } }),
      "caches.cache.snapshots.window",
      /hours apart from the maintenance window 04:00-05:00 on aws/,
    ],
    ["is of a version that can be created", "all", base({ ...four, version: "5.0" }), "caches.cache.version", /use one of/],
    ["needs a data tier", "all", { network: { tiers: { public: {} } }, caches: { cache: four } }, "caches.cache", /add `data: \{\}`/],
    ["spreads over zones of the network", "aws", base({ ...four, zones: ["a", "f"] }), "caches.cache.zones", /got "f"/],
    [
      "has as many replicas as the cloud allows",
      "gcp",
      base({ usableGiB: 1, ...sharded(3, { replicas: 5 }) }),
      "caches.cache.shape.replicas",
      /at most 2 on gcp, got 5/,
    ],
  ]);
});

describe("its memory", () => {
  decides([
    ["is what remains of a node after the reserve", "aws", base({ class: "cache.r6g.large" }), `${c}.usableGiB`, 9.8],
    ["keeps a quarter unless told", "aws", base(four), `${c}.reservedPercent`, 25],
    ["keeps less when told", "aws", base({ ...four, reservedPercent: 10 }), `${c}.reservedPercent`, 10],
    ["keeps what cannot be set", "azure", base(four), `${c}.reservedPercent`, null],
    ["is bought by the GiB on Google Cloud", "gcp", base({ usableGiB: 3.5 }), `${c}.memoryGiB`, 4],
    ["is bought by the literal GiB", "gcp", base({ memoryGiB: 5 }), `${c}.usableGiB`, 5],
    ["is bought by class elsewhere", "aws", base(four), `${c}.memoryGiB`, null],
  ]);
  notes([
    [
      "says that the reserve is the service's own",
      "azure",
      base({ ...four, reservedPercent: 30 }),
      "caches.cache.reservedPercent",
      /about 20 %/,
    ],
  ]);
  refuses([
    [
      "holds what was asked beside a class",
      "aws",
      base({ class: "cache.t3.micro", usableGiB: 4 }),
      "caches.cache",
      /cache\.t3\.micro" of 0\.5 GiB/,
    ],
    ["holds what was asked beside a capacity", "gcp", base({ memoryGiB: 4, usableGiB: 6 }), "caches.cache.memoryGiB", /at least 6/],
    ["is no larger than what is sold", "gcp", base({ usableGiB: 400 }), "caches.cache.usableGiB", /at most 300 GiB on gcp, got 400/],
    ["is no larger than the largest class", "aws", base({ usableGiB: 4000 }), "caches.cache", /no class fits/],
  ]);

  it.each(clouds)("%s: holds what was asked, whatever that is", cloud => {
    const known = knownOf(cloud);
    const network = resolveNetwork(NetworkArgs.parse({ tiers }), "primary", 30, known);
    fc.assert(
      fc.property(
        fc.double({ min: 0.1, max: 100, noNaN: true }),
        fc.boolean(),
        fc.integer({ min: 1, max: 9 }),
        (usableGiB, cut, shards) => {
          const args = CacheArgs.parse({ usableGiB, ...(cut ? sharded(shards) : {}) });
          const decided = resolveCache("cache", args, network, ["a", "b", "c"], 0, known);
          if (decided === null) return;
          const fixed = known.facts.cacheFixedReserve(args.shape.kind);
          const perNode = known.facts.limits.cache.shardCount.is === "native";
          const held = decided.choice.memoryGiB * (1 - (fixed ?? 25) / 100);
          expect(held + 1e-9).toBeGreaterThanOrEqual(usableGiB * (cut && !perNode ? shards : 1));
        },
      ),
      { numRuns: 1000 },
    );
  });
});

describe("a sharded cache", () => {
  const three = base({ usableGiB: 4, ...sharded(3) });
  decides([
    ["has as many shards as asked", "aws", three, `${c}.shards`, 3],
    ["holds all its shards' memory", "gcp", base({ class: "REDIS_HIGHMEM_MEDIUM", ...sharded(3) }), `${c}.usableGiB`, 31.2],
    ["takes a cluster's ports", "gcp", three, `${c}.clientPorts`, [{ from: 11_000, to: 13_047 }]],
    ["takes every shard's port on Azure", "azure", three, `${c}.clientPorts`, [{ from: 8500, to: 8599 }]],
    ["takes a node type of clusters", "gcp", three, `${c}.memoryGiB`, null],
    ["has one replica at most on Azure", "azure", base({ usableGiB: 4, ...sharded(3, { replicas: 2 }) }), `${c}.replicas`, 1],
  ]);
  notes([
    ["says that shards follow from the SKU", "azure", three, "caches.cache.shape.shards", /SKU/],
    [
      "says that one replica is all there is",
      "azure",
      base({ usableGiB: 4, ...sharded(3, { replicas: 2 }) }),
      "caches.cache.shape.replicas",
      /one replica, on or off/,
    ],
    ["says nothing where shards are a number", "aws", three, "caches.cache.shape.shards", null],
  ]);
});

describe("what survives the loss of every node", () => {
  decides([
    ["is nothing unless asked", "all", base(four), `${c}.persistence`, "none"],
    ["is a dump on Azure", "azure", base({ ...four, persistence: "rdb" }), `${c}.persistence`, "rdb-12h"],
    ["is a log on Azure", "azure", base({ ...four, persistence: "aof" }), `${c}.persistence`, "aof-1s"],
    ["is a dump where a log is asked on Google Cloud", "gcp", base({ ...four, persistence: "aof" }), `${c}.persistence`, "rdb-1h"],
    ["is a log on a Google cluster", "gcp", base({ ...four, ...sharded(3), persistence: "aof" }), `${c}.persistence`, "aof-1s"],
    ["is the snapshots on AWS", "aws", base({ ...four, persistence: "aof" }), `${c}.persistence`, "none"],
  ]);
  notes([
    [
      "says that snapshots stand in",
      "aws",
      base({ ...four, persistence: "aof" }),
      "caches.cache.persistence",
      /snapshots and the replicas stand in/,
    ],
    ["says that an hourly dump stands in", "gcp", base({ ...four, persistence: "aof" }), "caches.cache.persistence", /dump every hour/],
    ["says that an instance keeps no snapshots", "gcp", base(four), "caches.cache.snapshots", /no snapshots/],
  ]);
});
