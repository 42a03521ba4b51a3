/** Names of members are identity: what they may not be, so that no two resources are called alike on any cloud. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { clouds } from "../../components/kernel/cloud.ts";
import { refuses } from "../support/rows.ts";
import { decided, issuesOf, planned } from "../support/trial.ts";

const tiers = { public: {}, app: {}, data: {} };
const size = { vcpu: 2, memoryGiB: 8 };
const on = (members: object) => ({ network: { tiers }, ...members });

describe("a member", () => {
  refuses([
    ["leaves names of the second region alone", "all", on({ roles: { "web-dr": {} } }), "roles.web-dr", /second region/],
    ["does not end in the name of a part", "all", on({ roles: { "web-group": {} } }), "roles.web-group", /part/],
    [
      "shares no name with another concept",
      "all",
      on({ roles: { main: {} }, databases: { main: { size } } }),
      "databases.main",
      /one of roles/,
    ],
    [
      "shares no name with a bucket: both have an endpoint",
      "all",
      on({ databases: { main: { size } }, buckets: { main: {} } }),
      "buckets.main",
      /one of databases/,
    ],
    ["is no component of the program", "all", on({ buckets: { secrets: {} } }), "buckets.secrets", /part of every platform/],
    ["is not all, which unlocks all", "all", on({ databases: { all: { size } } }), "databases.all", /part of every platform/],
    [
      "is not what a replica would be called",
      "all",
      on({ databases: { db: { size, replicas: { reader: {} } } }, buckets: { "db-reader": {} } }),
      "databases.db.replicas.reader",
      /one of buckets/,
    ],
  ]);

  it("may be a bucket called logs, as the systems have it", () => {
    for (const cloud of clouds) expect(issuesOf(cloud, on({ buckets: { logs: {} } }))).toEqual([]);
  });

  // The planner refuses two resources of one type and name, so a plan that ends shows that there are none.
  it.each(clouds)("%s: of any name that is accepted shares no resource's name", async cloud => {
    const word = fc.constantFrom("a", "b", "main", "reader", "west", "logs", "data", "x1");
    const name = fc.array(word, { minLength: 1, maxLength: 2 }).map(words => words.join("-"));
    const members = fc.record({
      roles: fc.dictionary(name, fc.constantFrom({}, { kind: "machine", volumes: { data: { gib: 64 } }, instances: 2 }), { maxKeys: 2 }),
      databases: fc.dictionary(name, fc.constantFrom({ size }, { size, replicas: { reader: {}, west: { place: "secondary" } } }), {
        maxKeys: 2,
      }),
      caches: fc.dictionary(name, fc.constant({ usableGiB: 1 }), { maxKeys: 1 }),
      buckets: fc.dictionary(name, fc.constantFrom({}, { replicate: true }), { maxKeys: 3 }),
    });
    await fc.assert(
      fc.asyncProperty(members, async of => {
        if (issuesOf(cloud, on(of)).length > 0) return;
        await planned(cloud, on(of));
      }),
      { numRuns: 8, seed: 20_261_121 },
    );
  });
});

describe("what is unlocked", () => {
  it("is a part or a member that exists", () => {
    const base = on({ databases: { db: { size } } });
    expect(issuesOf("aws", base, { unlock: ["bd"] }).map(({ path }) => path)).toEqual(["strata:unlock"]);
    expect(decided("aws", base, { unlock: ["db", "network"] }).spec.protection).toEqual({ on: true, unlocked: ["db", "network"] });
  });

  it.each(clouds)("%s: is guarded no more, and everything else is", async cloud => {
    const base = on({ databases: { db: { size } }, buckets: { uploads: {} } });
    const guarded = async (unlock: readonly string[]) =>
      new Set(
        (await planned(cloud, base, { unlock })).resources.filter(({ options }) => options.protect).map(({ name }) => name.split("-")[0]),
      );
    expect([...(await guarded([]))]).toEqual(expect.arrayContaining(["foundation", "network", "db", "uploads"]));
    expect((await guarded(["db"])).has("db")).toBe(false);
    expect((await guarded(["db"])).has("uploads")).toBe(true);
    expect(await guarded(["all"])).toEqual(new Set());
  });
});
