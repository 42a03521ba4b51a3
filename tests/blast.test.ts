/** The laws of the blast radius see what they are for, and its page is read back as it was written. The figures are in tests/rehearsal. */
import { describe, expect, it } from "vitest";
import type { Change } from "../cli/planner/difference.ts";
import { clouds } from "../components/kernel/cloud.ts";
import { fixtures } from "../rehearsal/blast/fixtures.ts";
import { platformKeys } from "../rehearsal/blast/keys.ts";
import { disturbed, neverListed, refusedByCloud, unguarded, unlisted, unneeded } from "../rehearsal/blast/laws.ts";
import { mayLose } from "../rehearsal/blast/mayLose.ts";
import { removal } from "../rehearsal/blast/members.ts";
import { blastPage, cellsOf, columnIn } from "../rehearsal/blast/page.ts";
import { trialsOn } from "../rehearsal/blast/trials.ts";
import { type Outcome, samples } from "../rehearsal/blast.ts";

const fixture = { name: "minimal", system: "minimal", cloud: "aws", environment: "prod" } as const;
const change = (op: Change["op"], more: Partial<Change> = {}): Change => ({
  urn: "urn::db",
  type: "aws:rds/instance:Instance",
  name: "db-instance",
  op,
  changed: [],
  because: [],
  uncertain: [],
  refused: [],
  stateful: true,
  protectionLost: false,
  protectionGained: false,
  ...more,
});
const outcome = (key: string, changes: readonly Change[], more: Partial<Outcome> = {}): Outcome => ({
  key,
  set: [],
  outcome: "accepted",
  reason: "",
  fixture,
  changes,
  unprotected: [],
  ...more,
});

describe("the laws", () => {
  it.each(["replace", "delete"] as const)("see a size that would %s a database", op => {
    expect(unlisted([outcome("databases.*.size.vcpu", [change(op)])])).toHaveLength(1);
    expect(unlisted([outcome("databases.*.size.vcpu", [change("update"), change(op, { stateful: false })])])).toEqual([]);
  });

  it("let the keys on the list through, on the clouds the list names", () => {
    expect(unlisted([outcome("databases.*.engine", [change("replace")])])).toEqual([]);
    const elsewhere = Object.entries(mayLose).find(([, { on }]) => !on.includes("gcp"));
    expect(unlisted([outcome(elsewhere?.[0] ?? "", [change("replace")], { fixture: { ...fixture, cloud: "gcp" } })])).toHaveLength(1);
  });

  it("see a line of the list that nothing needs", () => {
    const all = Object.entries(mayLose).filter(([, { on }]) => on.includes("aws"));
    const needed = all.map(([key]) => outcome(key, [change("replace")]));
    expect(unneeded(needed)).toEqual([]);
    expect(unneeded(needed.slice(1))).toEqual([all[0]?.[0]]);
    expect(unneeded(needed.filter(({ key }) => key !== "network.zones raised"))).toEqual(["network.zones raised", "network.zones raised"]);
  });

  it.each(["network.tiers.* added", "roles.* added", "buckets.* added", "databases.*.replicas.* added"])("see what %s moves", key => {
    expect(disturbed([outcome(key, [change("update")])])).toHaveLength(1);
    expect(disturbed([outcome(key, [change("create"), change("update", { stateful: false })])])).toEqual([]);
  });

  it("see what nothing protects, and what a cloud refuses", () => {
    expect(unguarded([outcome("databases.*.engine", [change("replace")], { unprotected: ["db-instance"] })])).toHaveLength(1);
    expect(refusedByCloud([outcome("x", [change("update", { refused: ["location"] })])])).toHaveLength(1);
    expect(refusedByCloud([outcome("x", [change("update")])])).toEqual([]);
  });

  it("keep sizes, counts, retention, tags and scaling off the list", () => {
    expect(Object.keys(mayLose).filter(key => neverListed.test(key))).toEqual([]);
    expect(["databases.*.size.vcpu", "roles.*.count.max", "logs.retentionDays", "tags.*"].filter(key => !neverListed.test(key))).toEqual(
      [],
    );
  });
});

describe("the page", () => {
  const outcomes = [
    outcome("a.b", [
      change("replace", { because: ["settings[0].zone"], uncertain: ["settings[0].zone"] }),
      change("create", { stateful: false }),
    ]),
    outcome("a.c", []),
    outcome("a.d", [], { outcome: "refused" }),
    outcome("a.b", [change("update", { type: "azure-native:network:Subnet", stateful: false })]),
  ];

  it("says in a line what a key does", () => {
    expect(cellsOf(outcomes)).toEqual({
      "a.b": "**replaces** rds.Instance\\* (settings.zone?); updates network.Subnet; adds rds.Instance",
      "a.c": "nothing",
      "a.d": "refused",
    });
  });

  it.each(clouds)("is read back as it was written, for %s", cloud => {
    const columns = { aws: cellsOf(outcomes), azure: { "a.c": "adds x | y" }, gcp: {} };
    expect(columnIn(blastPage(columns), cloud)).toEqual(columns[cloud]);
  });
});

describe("the changes that are tried", () => {
  it("come from every key of the schema", () => {
    const paths = platformKeys.map(({ path }) => path.join("."));
    expect(paths.length).toBeGreaterThan(180);
    expect(paths).toEqual(
      expect.arrayContaining(["protection", "roles.*.size.vcpu", "databases.*.replicas", "network.acl.*.inbound.*.ports"]),
    );
    const tried = new Set(
      fixtures
        .filter(({ name, cloud }) => name === "everything" && cloud === "aws")
        .flatMap(trialsOn)
        .map(({ key }) => key.split(" ")[0]?.replace(/\.\*$/, "")),
    );
    expect(paths.filter(path => !tried.has(path.replace(/\.\*$/, "")))).toEqual([]);
  });

  it("take a member away together with all that names it", () => {
    const platform = {
      access: { flows: { a: { from: ["web", "api"], to: ["db"] }, b: { from: ["web"], to: ["db"] }, c: { from: ["api"], to: ["db"] } } },
      grants: { x: { to: "web", on: "logs" }, y: { to: "api", on: "secret:web" }, z: { to: "api", on: "logs" } },
    };
    expect(removal(platform, ["roles", "web"])).toEqual([
      { path: ["roles", "web"], value: null },
      { path: ["access", "flows", "a", "from"], value: ["api"] },
      { path: ["access", "flows", "b"], value: null },
      { path: ["grants", "x"], value: null },
      { path: ["grants", "y"], value: null },
    ]);
    expect(removal(platform, ["roles", "web", "ports", "app"])).toEqual([{ path: ["roles", "web", "ports", "app"], value: null }]);
  });

  it("are drawn the same for the same seed, and none twice", async () => {
    const [one, again, other] = [await samples(7, 2), await samples(7, 2), await samples(8, 2)];
    expect(one).toEqual(again);
    expect(other.map(({ set }) => set)).not.toEqual(one.map(({ set }) => set));
    expect(one).toHaveLength(2);
    expect(new Set(one.map(({ fixture: { cloud }, set }) => cloud + JSON.stringify(set))).size).toBe(2);
  }, 120_000);
});
