/** The faults themselves: what is drawn, what each does to a program of a few resources, and when a run has seen one. */
import { afterEach, describe, expect, it } from "vitest";
import { PlanFault, type PlannedResource } from "../../cli/planner/model.ts";
import { planWith } from "../../cli/planner/planner.ts";
import { fakeProgram } from "../support/fakeProgram.ts";
import { type Candidate, candidatesOf } from "./candidates.ts";
import { draw } from "./draw.ts";
import { altered, type Change, changedAt, type Fault, faultIn, faultText, type Way } from "./fault.ts";
import { hook } from "./hook.ts";
import { injection, openings } from "./inject.ts";
import { reference, type Seen } from "./seen.ts";
import { failuresOf } from "./verdict.ts";

describe("a value", () => {
  it.each<[Way, unknown, unknown]>([
    ["flip", true, false],
    ["flip", 3, 3],
    ["halve", 35, 17],
    ["halve", "604800s", "302400s"],
    ["bump", "POSTGRES_15", "POSTGRES_16"],
    ["bump", "TLS1_2", "TLS1_3"],
    ["bump", 1, 2],
    ["more", "data", "datax"],
    ["more", 5432, 5433],
    ["more", false, true],
    ["more", null, null],
  ])("%s: %j becomes %j", (way, before, after) => {
    expect(altered(before, way)).toBe(after);
  });

  it("is changed or lost where a path leads, and nowhere else", () => {
    const value = { a: { list: [1, 2, 3], b: true }, c: 1 };
    expect(changedAt(value, ["a", "b"], () => false)).toEqual({ a: { list: [1, 2, 3], b: false }, c: 1 });
    expect(changedAt(value, ["a", "list", 1], () => undefined)).toEqual({ a: { list: [1, 3], b: true }, c: 1 });
    expect(changedAt(value, ["a"], () => undefined)).toEqual({ c: 1 });
    for (const path of [["x"], ["a", "list", 3], ["c", "d"], ["a", "toString"]]) expect(changedAt(value, path, () => "new")).toEqual(value);
  });
});

const seen = (type: string, name: string, more: Partial<Seen> = {}): Seen => ({
  key: `${type} ${name}`,
  type,
  name,
  custom: true,
  parent: "strata:index:Thing thing",
  inputs: {},
  waitsFor: [],
  protect: false,
  ignores: false,
  timeouts: false,
  ...more,
});
const output = (of: string, property: string): unknown => reference({ of, property, uses: [of] });
const textsOf = (all: readonly Candidate[]): readonly string[] => all.map(({ kind, fault }) => `${kind} | ${faultText(fault)}`);

describe("a plan offers", () => {
  const offered = (...resources: readonly Seen[]): readonly string[] => textsOf(candidatesOf([{ seen: resources, spec: {}, outputs: [] }]));

  it("faults of inputs and options, each where there is something to lose", () => {
    const texts = offered(
      seen("aws:a:A", "one", {
        inputs: {
          flag: true,
          off: false,
          tags: { role: "app" },
          zones: ["a", "b"],
          single: ["a"],
          retentionDays: 30,
          engineVersion: "15.4",
        },
        protect: true,
        ignores: true,
        timeouts: true,
      }),
    );
    expect(texts.toSorted()).toEqual([
      "a dropped customTimeouts | aws:a:A one: no customTimeouts",
      "a dropped flag | aws:a:A one: flag is lost",
      "a dropped flag | aws:a:A one: flag is turned over",
      "a dropped ignoreChanges | aws:a:A one: no ignoreChanges",
      "a dropped protect | aws:a:A one: no protect",
      "a lost list item | aws:a:A one: zones[1] is lost",
      "a lost resource | aws:a:A one: is not made",
      "a lost tag | aws:a:A one: tags.role is lost",
      "a renamed child | aws:a:A one: has another name",
      "a retention halved | aws:a:A one: retentionDays is halved",
      "a version drift | aws:a:A one: engineVersion is one version on",
    ]);
  });

  it("another reference only to a sibling that was made before", () => {
    const subnets = ["a", "b"].map(name => seen("aws:ec2:Subnet", name));
    const host = seen("aws:ec2:Host", "host", { inputs: { subnetId: output("aws:ec2:Subnet a", "id") } });
    expect(offered(...subnets, host)).toContain("another reference | aws:ec2:Host host: subnetId names b");
    expect(offered(...subnets.slice(0, 1), host).filter(text => text.startsWith("another reference"))).toEqual([]);
  });

  it("a missing dependsOn only where the order would change", () => {
    const [key, right] = [seen("aws:a:Key", "key"), seen("aws:a:Right", "right", { inputs: { key: output("aws:a:Key key", "id") } })];
    const waits = (inputs: unknown, ...waitsFor: readonly string[]): boolean =>
      offered(key, right, seen("aws:a:Disk", "disk", { inputs, waitsFor })).includes("a missing dependsOn | aws:a:Disk disk: no dependsOn");
    expect(waits({}, "aws:a:Key key")).toBe(true);
    expect(waits({ key: output("aws:a:Key key", "id") }, "aws:a:Key key")).toBe(false);
    expect(waits({ right: output("aws:a:Right right", "id") }, "aws:a:Key key")).toBe(false);
    expect(waits({ key: output("aws:a:Key key", "id") }, "aws:a:Right right")).toBe(true);
  });

  it("no loss of what another needs", () => {
    const key = seen("aws:a:Key", "key");
    const texts = offered(key, seen("aws:a:Disk", "disk", { inputs: { key: output("aws:a:Key key", "id") } }));
    expect(texts.filter(text => text.startsWith("a lost resource"))).toEqual(["a lost resource | aws:a:Disk disk: is not made"]);
  });

  it("faults of the decided platform: another value of each field, a member lost, an output renamed", () => {
    const spec = { replicas: { "db-one": { port: 5432, zones: ["a", "b"], key: null } } };
    const texts = textsOf(candidatesOf([{ seen: [], spec, outputs: [["strata:index:Cache", { host: "h" }]] }]));
    expect(texts).toEqual([
      "a lost member | spec: replicas.db-one is lost",
      "another spec value | spec: replicas.db-one.port is another",
      "a lost member | spec: replicas.db-one.zones[1] is lost",
      "an output renamed | strata:index:Cache: output host has another name",
    ]);
  });
});

describe("a draw", () => {
  const candidate = (kind: string, group: string, name: string): Candidate => ({
    kind,
    group,
    fault: { at: "resource", type: group, name, change: { do: "rename" } },
  });
  const rules = Array.from({ length: 100 }, (_, index) => candidate("rename", "rule", String(index)));
  const all = [...rules, candidate("rename", "bucket", "b"), candidate("protect", "bucket", "b"), candidate("protect", "key", "k")];

  it("is even over kinds, then over types: a hundred rules count as one", () => {
    const drawn = draw(all, 1, 4);
    expect(drawn.map(({ kind }) => kind).toSorted()).toEqual(["protect", "protect", "rename", "rename"]);
    expect(drawn.map(({ group }) => group).toSorted()).toEqual(["bucket", "bucket", "key", "rule"]);
  });

  it("is the same under a seed, whatever the order, and another under another", () => {
    expect(draw(all.toReversed(), 1, 10)).toEqual(draw(all, 1, 10));
    expect(draw(all, 2, 10)).not.toEqual(draw(all, 1, 10));
  });

  it("hardly moves when the program grows", () => {
    const grown = [...all, candidate("rename", "disk", "d")];
    const before = draw(all, 1, 40);
    expect(draw(grown, 1, 41).filter(drawn => before.includes(drawn)).length).toBeGreaterThanOrEqual(39);
  });
});

describe("a fault", () => {
  let unhook = (): void => {};
  afterEach(() => unhook());

  const pet = "random:index/randomPet:RandomPet";
  const plan = (fault: Fault | null) => {
    unhook = hook(fault === null ? { ask: asked => asked, made: () => {}, outputs: (_, given) => given } : injection(fault));
    return planWith(fakeProgram, { stack: "prod", values: {}, secretKeys: [] });
  };
  const on = (name: string, change: Change, type = pet): Fault => ({ at: "resource", type, name, change });
  const resource = async (name: string, fault: Fault | null): Promise<PlannedResource | undefined> =>
    (await plan(fault)).resources.find(planned => planned.name === name);

  it("that is none changes nothing", async () => {
    const plain = await planWith(fakeProgram, { stack: "prod", values: {}, secretKeys: [] });
    expect(await plan(null)).toEqual(plain);
    expect(await plan(on("nobody", { do: "drop" }))).toEqual(plain);
  });

  it.each<[string, Change, (server: PlannedResource | undefined) => unknown, unknown]>([
    ["loses an input", { do: "remove", path: ["keepers", "zone"] }, server => Object.keys(server?.inputs.keepers ?? {}), ["password"]],
    ["loses protection", { do: "forget", option: "protect" }, server => server?.options.protect, false],
    ["loses ignoreChanges", { do: "forget", option: "ignoreChanges" }, server => server?.options.ignoreChanges, []],
    ["loses customTimeouts", { do: "forget", option: "customTimeouts" }, server => server?.options.customTimeouts, {}],
    [
      "moves to another parent",
      { do: "move", to: "strata:index:Network network" },
      server => server?.parent?.split("::").at(-1),
      "network",
    ],
  ])("%s", async (_, change, is, expected) => {
    expect(is(await resource("db-server", on("db-server", change)))).toEqual(expected);
    expect(is(await resource("db-server", null))).not.toEqual(expected);
  });

  it("waits for nobody", () => {
    const asked = { type: pet, name: "db-server", custom: true, props: {}, opts: { dependsOn: [], protect: true } };
    expect(injection(on("db-server", { do: "forget", option: "dependsOn" })).ask(asked)?.opts).toEqual({ protect: true });
  });

  it("names another resource of the same type", async () => {
    const refer: Change = { do: "refer", path: ["keepers", "zone"], type: pet, name: "network-subnet-b", property: "id" };
    const server = await resource("db-server", on("db-server", refer));
    expect(JSON.stringify(server?.inputs.keepers)).toContain("network-subnet-b");
  });

  it("renames a resource, or leaves it out, and the plan still holds together", async () => {
    expect(await resource("network-subnet-a-2", on("network-subnet-a", { do: "rename" }))).toBeDefined();
    const rule = "flows-in-web-db-tcp-5432";
    expect(await resource(rule, null)).toBeDefined();
    expect(await resource(rule, on(rule, { do: "drop" }))).toBeUndefined();
  });

  it("renames an output of the stack", async () => {
    const { outputs } = await plan({ at: "output", type: "pulumi:pulumi:Stack", path: ["host"] });
    expect(Object.keys(outputs).toSorted()).toEqual(["hosts", "name", "password"]);
  });

  it("travels as text and comes back the same; other text is refused", () => {
    const fault = on("a", { do: "alter", path: ["b", 0], way: "halve" });
    expect(faultIn(JSON.stringify(fault))).toEqual(fault);
    expect(faultIn("")).toBeNull();
    expect(() => faultIn('{"at":"moon"}')).toThrow();
  });

  it.each(Object.keys(openings))("opens %s to everybody", type => {
    const { ask } = injection(on("rule", { do: "widen" }, type));
    const asked = { type, name: "rule", custom: true, props: { port: 5432, referencedSecurityGroupId: "sg", sourceTags: ["t"] }, opts: {} };
    expect(JSON.stringify(ask(asked)?.props)).toMatch(/0\.0\.0\.0\/0|"\*"/);
    expect(ask(asked)?.props).toMatchObject({ port: 5432 });
  });
});

describe("a run has seen a fault", () => {
  const test = (message: string) => ({ status: "failed", fullName: "a test", failureMessages: [message] });
  const report = (...tests: readonly unknown[]) => ({ testResults: [{ name: "file", status: "failed", assertionResults: tests }] });

  it.each<[string, string, boolean]>([
    ["by an assertion", "AssertionError: expected 1 to be 2\n    at file.ts:1", true],
    ["by what a test says itself", "Error: tests/identity/x.txt\n- a line", true],
    ["by the plan", `${new PlanFault(["no provider"]).name}: the program is at fault`, true],
    ["not by a crash", "TypeError: Cannot read properties of undefined", false],
    ["not by a run out of time", "Error: Test timed out in 60000ms.", false],
  ])("%s", (_, message, tells) => {
    expect(failuresOf(report(test(message))).map(failure => failure.tells)).toEqual([tells]);
  });

  it("not by a file that does not load", () => {
    expect(failuresOf(report()).map(({ tells }) => tells)).toEqual([false]);
  });

  it("by the one test that tells, among others that crash", () => {
    const failures = failuresOf(report(test("TypeError: no"), test("AssertionError: expected")));
    expect(failures.map(({ tells }) => tells)).toEqual([true, false]);
  });
});
