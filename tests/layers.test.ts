/** Layers: JSON Merge Patch, values that merge as one whole, the order, and what un-said members take along. */
import { isDeepStrictEqual } from "node:util";
import fc from "fast-check";
import { afterAll, describe, expect, it } from "vitest";
import type { Cloud } from "../components/kernel/cloud.ts";
import { issueLine } from "../components/kernel/errors.ts";
import { isMap, mergePatch, type Plain } from "../components/kernel/merge.ts";
import { whole } from "../stacks/layering.ts";
import { platformOf } from "../stacks/layers.ts";
import { readSystem, type System } from "../stacks/source.ts";
import { discard, written } from "./support/configured.ts";

afterAll(discard);

const key = fc.constantFrom("a", "b", "c", "size", "__proto__", "constructor");
const leaf = fc.oneof(fc.integer(), fc.string(), fc.boolean(), fc.array(fc.integer(), { maxLength: 2 }));
/** Maps of a few keys, so that patches meet; with nulls for patches, without for targets. */
const maps = (value: fc.Arbitrary<unknown>): fc.Arbitrary<Plain> =>
  fc.letrec<{ map: Plain }>(tie => ({
    map: fc
      .array(fc.tuple(key, fc.oneof({ depthSize: "small" }, value, tie("map"))), { maxLength: 4 })
      .map(entries => Object.fromEntries(entries)),
  })).map;
const target = maps(leaf);
const patch = maps(fc.oneof(leaf, fc.constant(null)));

const nulls = (value: unknown): boolean => value === null || (isMap(value) && Object.values(value).some(nulls));
/** The patch that turns one map into another. */
const difference = (from: Plain, to: Plain): Plain =>
  Object.fromEntries([
    ...Object.keys(from).flatMap(name => (Object.hasOwn(to, name) ? [] : [[name, null] as const])),
    ...Object.entries(to).flatMap(([name, value]) => {
      const before = Object.hasOwn(from, name) ? from[name] : undefined;
      return [[name, isMap(before) && isMap(value) ? difference(before, value) : value] as const];
    }),
  ]);

describe("JSON Merge Patch", () => {
  it.each([
    [{ a: "b" }, { a: "c" }, { a: "c" }],
    [{ a: "b" }, { b: "c" }, { a: "b", b: "c" }],
    [{ a: "b" }, { a: null }, {}],
    [{ a: "b", b: "c" }, { a: null }, { b: "c" }],
    [{ a: ["b"] }, { a: "c" }, { a: "c" }],
    [{ a: "c" }, { a: ["b"] }, { a: ["b"] }],
    [{ a: { b: "c" } }, { a: { b: "d", c: null } }, { a: { b: "d" } }],
    [{ a: [{ b: "c" }] }, { a: [1] }, { a: [1] }],
    [
      ["a", "b"],
      ["c", "d"],
      ["c", "d"],
    ],
    [{ a: "b" }, ["c"], ["c"]],
    [{ a: "foo" }, null, null],
    [{ a: "foo" }, "bar", "bar"],
    [{ e: null }, { a: 1 }, { e: null, a: 1 }],
    [[1, 2], { a: "b", c: null }, { a: "b" }],
    [{}, { a: { bb: { ccc: null } } }, { a: { bb: {} } }],
  ])("RFC 7396: %j with %j is %j", (before, change, after) => expect(mergePatch(before, change)).toEqual(after));

  it("an empty patch changes nothing", () => {
    fc.assert(fc.property(target, before => isDeepStrictEqual(mergePatch(before, {}), before)));
  });
  it("the same patch twice is the patch once", () => {
    fc.assert(
      fc.property(target, patch, (before, change) => {
        const once = mergePatch(before, change);
        expect(mergePatch(once, change)).toEqual(once);
      }),
    );
  });
  it("leaves no null behind", () => {
    fc.assert(fc.property(target, patch, (before, change) => !nulls(mergePatch(before, change))));
  });
  it("any map can be made of any other", () => {
    fc.assert(fc.property(target, target, (from, to) => isDeepStrictEqual(mergePatch(from, difference(from, to)), to)));
  });
  it("changes neither of its arguments and pollutes no prototype", () => {
    fc.assert(
      fc.property(target, patch, (before, change) => {
        const [copy, same] = [structuredClone(before), structuredClone(change)];
        const after = mergePatch(before, change);
        expect([before, change]).toEqual([copy, same]);
        expect(Object.getPrototypeOf(after)).toBe(Object.prototype);
      }),
    );
  });
});

describe("values that are replaced as a whole", () => {
  it.each([
    ["roles.api.size", true],
    ["databases.db.size", true],
    ["databases.db.replicas.dr.size", true],
    ["caches.cache.shape", true],
    ["roles.size", false],
    ["roles.size.count", false],
    ["databases.db.storage", false],
    ["caches.shape", false],
    ["buckets.uploads.size", false],
  ])("%s: %s", (path, answer) => expect(whole(path.split("."))).toBe(answer));

  it("are the patch's own, whatever stood there", () => {
    const at = (value: unknown): Plain => ({ databases: { db: { size: value } }, roles: { size: { tier: "app", size: value } } });
    fc.assert(
      fc.property(target, patch, (before, change) => {
        const alone = mergePatch({}, change);
        expect(mergePatch(at(before), at(change), whole)).toEqual(at(alone));
      }),
    );
  });
  it("keep their neighbours", () => {
    const before = { roles: { size: { tier: "app", size: { vcpu: 2 } } } };
    expect(mergePatch(before, { roles: { size: { size: { class: "m6i.large" } } } }, whole)).toEqual({
      roles: { size: { tier: "app", size: { class: "m6i.large" } } },
    });
  });
});

const system = (text: string): System => {
  const { value, issues } = readSystem(written(`name: trial\ndescription: trial\n${text}`));
  if (value === null) throw new Error(issues.map(issueLine).join("\n"));
  return value;
};
const choice = (source: System, over: { cloud?: Cloud; environment?: string; variant?: string; overrides?: Plain } = {}) => {
  const { cloud = "aws", environment = "prod", variant = null, overrides = {} } = over;
  return { source, cloud, environment, variant, overrides };
};

describe("the order of layers", () => {
  const source = system(`
base: { network: { zones: 1, range: 10.1.0.0/16 }, clouds: { aws: { network: { zones: 2 } }, gcp: { network: { zones: 6 } } } }
environments:
  prod: { network: { zones: 3 }, clouds: { aws: { network: { zones: 4 } } } }
  staging: {}
variants:
  table: { network: { zones: 5 }, clouds: { azure: { network: { zones: 6 } } } }
  empty:
`);
  it.each([
    ["base", { cloud: "azure", environment: "staging" }, 1],
    ["base's cloud", { cloud: "aws", environment: "staging" }, 2],
    ["environment", { cloud: "gcp" }, 3],
    ["environment's cloud", { cloud: "aws" }, 4],
    ["variant", { cloud: "aws", variant: "table" }, 5],
    ["variant's cloud", { cloud: "azure", variant: "table" }, 6],
    ["an empty variant", { cloud: "aws", variant: "empty" }, 4],
    ["overrides", { cloud: "azure", variant: "table", overrides: { network: { zones: 2 } } }, 2],
    ["overrides' cloud", { cloud: "azure", overrides: { network: { zones: 2 }, clouds: { azure: { network: { zones: 1 } } } } }, 1],
  ] as const)("%s wins over what is before it", (_, picked, zones) => {
    const { args, issues } = platformOf(choice(source, picked));
    expect(issues).toEqual([]);
    expect(args?.network.zones).toBe(zones);
    expect(args?.network.range).toBe("10.1.0.0/16");
  });

  it("names what ties the platform to a cloud, as far as it still counts", () => {
    expect(platformOf(choice(source, { environment: "staging" })).ties).toEqual(["base.clouds.aws.network.zones"]);
    expect(platformOf(choice(source)).ties).toEqual(["environments.prod.clouds.aws.network.zones"]);
    expect(platformOf(choice(source, { variant: "table" })).ties).toEqual([]);
  });

  it("remembers which layer said a value last", () => {
    const at = (picked: Parameters<typeof choice>[1], path: string) =>
      platformOf(choice(source, picked))
        .where(path)
        ?.replace(/^.*system/, "system");
    expect(at({ environment: "staging", cloud: "azure" }, "network.zones")).toBe("system.yaml:4:20");
    expect(at({ environment: "staging" }, "network.zones")).toBe("system.yaml:4:80");
    expect(at({}, "network.zones")).toBe("system.yaml:6:62");
    expect(at({}, "network.range")).toBe("system.yaml:4:30");
    expect(at({ overrides: { network: { zones: 2 } } }, "network.zones")).toBe("strata:overrides");
    expect(at({}, "roles.api")).toBeUndefined();
  });
});

describe("what was replaced as a whole", () => {
  it("is told by the layer that replaced it", () => {
    const source = system(`
base: { databases: { db: { size: { vcpu: 2, memoryGiB: 8 } } } }
environments:
  prod: { databases: { db: { size: { class: 7 } } } }
`);
    const { issues, where } = platformOf(choice(source));
    expect(issues.map(issueLine)).toEqual([
      expect.stringMatching(/system\.yaml:6:38 databases\.db\.size\.class: expected text, got 7; write "7" in quotes$/),
    ]);
    expect(where("databases.db.size.vcpu")).toMatch(/system\.yaml:6:30$/);
  });
});

describe("members that an override adds", () => {
  const source = system("base: { roles: { api: {} }, buckets: { files: {} } }\nenvironments: { prod: {} }\nvariants: {}");
  const added = (overrides: Plain) =>
    platformOf(choice(source, { overrides }))
      .notes.filter(({ text }) => text.startsWith("adds a member"))
      .map(({ path, text }) => `${path}: ${text}`);
  it.each([
    [{}, []],
    [{ roles: { api: { count: { min: 2 } } } }, []],
    [
      { roles: { apo: { count: { min: 2 } } } },
      ['strata:overrides.roles.apo: adds a member that the file does not have; was "api" meant?'],
    ],
    [{ buckets: { mail: {} } }, ["strata:overrides.buckets.mail: adds a member that the file does not have"]],
    [
      { roles: { api: {} }, clouds: { aws: { roles: { worker: {} } } } },
      ["strata:overrides.roles.worker: adds a member that the file does not have"],
    ],
    [{ clouds: { gcp: { roles: { worker: {} } } } }, []],
  ])("are said out loud: %j", (overrides, notes) => {
    expect(added(overrides)).toEqual(notes);
  });
});

describe("members that a layer un-said", () => {
  const source = system(`
base:
  roles: { web: {}, api: {}, worker: {} }
  databases: { db: { size: { vcpu: 2 } } }
  buckets: { uploads: {} }
  access:
    flows:
      front: { from: [lb], to: [web], ports: [80] }
      calls: { from: [web, worker], to: [api], ports: [8080] }
      jobs: { from: [worker], to: [db] }
      strange: { from: [nobody], to: [api], ports: [1] }
  grants:
    web-uploads: { to: web, can: read, on: "bucket:uploads" }
    worker-uploads: { to: worker, can: write, on: "bucket:uploads" }
    web-db: { to: web, can: read, on: "secret:db" }
environments:
  prod: { roles: { worker: null } }
  staging: { buckets: null, databases: { db: null } }
  dev: { roles: { worker: null }, clouds: { gcp: { roles: { worker: {} } } } }
`);
  it("take their flows and grants along, with one note for each member", () => {
    const { args, notes } = platformOf(choice(source));
    expect(Object.keys(args?.access.flows ?? {})).toEqual(["front", "calls", "strange"]);
    expect(args?.access.flows.calls?.from).toEqual(["web"]);
    expect(Object.keys(args?.grants ?? {})).toEqual(["web-uploads", "web-db"]);
    expect(notes).toEqual([
      {
        path: "roles.worker",
        text: "un-said by a layer; flows that go on without it: calls; flows that fall away: jobs; grants that fall away: worker-uploads",
      },
    ]);
  });
  it("take along the grants on what is gone, and leave unknown peers to be refused", () => {
    const { args, notes } = platformOf(choice(source, { environment: "staging" }));
    expect(Object.keys(args?.grants ?? {})).toEqual([]);
    expect(Object.keys(args?.access.flows ?? {})).toEqual(["front", "calls", "strange"]);
    expect(notes).toEqual([
      { path: "databases.db", text: "un-said by a layer; flows that fall away: jobs; grants that fall away: web-db" },
      { path: "buckets.uploads", text: "un-said by a layer; grants that fall away: web-uploads, worker-uploads" },
    ]);
  });
  it("may come back in a later layer", () => {
    const { args, notes } = platformOf(choice(source, { environment: "dev", cloud: "gcp" }));
    expect(Object.keys(args?.access.flows ?? {})).toEqual(["front", "calls", "jobs", "strange"]);
    expect(notes).toEqual([]);
  });
  it("are noted when nobody ever said them: the word for that is off", () => {
    const idle = system("base: { roles: { web: { health: null, scaling: { cpu: off } } } }\nenvironments: { prod: {} }\n");
    const { args, notes } = platformOf(choice(idle));
    expect(notes.map(({ path }) => path)).toEqual(["roles.web.health"]);
    expect(args?.roles.web).toMatchObject({ health: { path: "/health" }, scaling: { cpu: null } });
  });
});
