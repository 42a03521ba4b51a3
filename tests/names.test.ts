/**
 * Physical names of whole plans against the clouds' rules: the longest that may be asked for, and 200 random ones, on three clouds.
 * What it cannot prove: that the rules are what the clouds enforce today (their sources say when they were read), that a name is free
 * where others have theirs too, and what `pulumi:autonaming` would make of names in a stack that sets it.
 */
import { readdirSync, readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Plan } from "../cli/planner/model.ts";
import { planWith } from "../cli/planner/planner.ts";
import { type Cloud, clouds } from "../components/kernel/cloud.ts";
import { ConfigError } from "../components/kernel/errors.ts";
import type { Plain } from "../components/kernel/merge.ts";
import { memberName } from "../components/kernel/schema.ts";
import { names as gcpNames } from "../providers/gcp/facts/names.ts";
import { userName } from "../providers/gcp/sql-login.ts";
import { program } from "../stacks/program.ts";
import { longest, longestPlatform } from "./support/longNames.ts";
import { nameFaults, physicalNames, strangers } from "./support/physicalNames.ts";
import { refuses } from "./support/rows.ts";
import { linesWith, sources } from "./support/sources.ts";
import { type Beside, issuesOf, settingsOf } from "./support/trial.ts";

const seed = 20_261_121;

interface Titles {
  readonly stack: string;
  readonly system: string;
  readonly environment: string;
}

/** Outputs are made up, so that names stand in the plan whole, with the stack's suffix. */
function planned(cloud: Cloud, base: Plain, { stack, system, environment }: Titles, beside: Beside = {}): Promise<Plan> {
  const settings = settingsOf(cloud, base, { ...beside, environment });
  const source = { ...settings.source, name: system, environments: { [environment]: {} } };
  return planWith(
    async seen => program({ ...settings, source }, { planning: true, seen }),
    { stack, values: {}, secretKeys: [] },
    { known: true },
  );
}

const letters = "abcdefghijklmnopqrstuvwxyz";
const digits = "0123456789";
const characters = (unit: string, max: number, min = 1) =>
  fc.string({ unit: fc.constantFrom(...unit), minLength: min, maxLength: max, size: "max" });

/** As the schema has it, and as often at its longest as anywhere else. */
const named = (max: number) =>
  fc
    .tuple(
      fc.constantFrom(...letters),
      fc.oneof(characters(`${letters}${digits}--`, max - 1, 0), characters(`${letters}${digits}--`, max - 1, max - 1)),
    )
    .map(([first, rest]) => `${first}${rest}`.replaceAll(/-+/g, "-").replace(/-$/, "x"))
    .filter(name => memberName.safeParse(name).success);

const titles = fc.record({
  stack: characters(`${letters}${letters.toUpperCase()}${digits}_.-`, 100),
  system: named(24),
  environment: named(24),
});

/** As little as there can be around a member, since six hundred of these are planned. */
const around = (tier: string, concept: string, of: Plain): Plain => ({
  network: { tiers: { [tier]: {} }, zones: 1, nat: "none", flowLogs: false },
  [concept]: of,
});
const small = around("data", "buckets", { up: {} });
const size = { vcpu: 2, memoryGiB: 8 };
const port = (name: string): Plain => ({ ports: { [name]: 80 }, health: { port: name } });
const volumes = (...names: readonly string[]): Plain => Object.fromEntries(names.map(name => [name, { gib: 64 }]));
const members = fc.oneof(
  fc.tuple(named(24), named(24)).map(([role, name]) => around("app", "roles", { [role]: port(name) })),
  fc
    .tuple(named(24), named(16), named(16))
    .map(([role, one, other]) => around("app", "roles", { [role]: { kind: "machine", volumes: volumes(one, other) } })),
  fc
    .tuple(named(24), named(16), named(16))
    .map(([name, one, other]) => around("data", "databases", { [name]: { size, ha: false, replicas: { [one]: {}, [other]: {} } } })),
  named(24).map(name => around("data", "caches", { [name]: { usableGiB: 1 } })),
  fc.tuple(named(24), named(24)).map(([one, other]) => around("data", "buckets", { [one]: {}, [other]: {} })),
);

describe.each(clouds)("%s", cloud => {
  it("takes the longest names that may be asked for, and tells them apart", async () => {
    const title = { stack: "s".repeat(100), system: longest("sys"), environment: longest("env") };
    const plan = await planned(cloud, longestPlatform(cloud), title);
    expect(nameFaults(cloud, plan)).toEqual([]);
    expect(physicalNames(cloud, plan).length).toBeGreaterThan(80);
  });

  it("takes 200 random names of systems, environments, stacks and members", { timeout: 300_000 }, async () => {
    let refused = 0;
    const one = async (base: Plain, title: Titles) => {
      try {
        expect(nameFaults(cloud, await planned(cloud, base, title))).toEqual([]);
      } catch (error) {
        if (!(error instanceof ConfigError)) throw error;
        refused += 1; // a name that is a reserved word, or two that are one
      }
    };
    await fc.assert(fc.asyncProperty(members, titles, one), { numRuns: 200, seed, endOnFailure: true });
    expect(refused).toBeLessThanOrEqual(5);
  });

  it("makes no name of Pulumi's project or stack", async () => {
    const texts = async (stack: string) =>
      physicalNames(cloud, await planned(cloud, small, { stack, system: "trial", environment: "dev" })).map(({ text }) => text);
    expect(await texts("S".repeat(100))).toEqual(await texts("a"));
    const ofProgram = sources.filter(({ path }) => /^(components|providers|stacks)\//.test(path));
    expect(linesWith(ofProgram, /\bget(Project|Stack|Organization)\b/)).toEqual([]);
  });

  it("has a rule for every type that a shipped platform plans, or says that it has no name", () => {
    const folder = new URL("identity/", import.meta.url);
    const files = readdirSync(folder).filter(file => file.includes(`.${cloud}.`));
    const types = new Set(
      files.flatMap(file => readFileSync(new URL(file, folder), "utf8").match(/\b(aws|azure-native|gcp):[\w/]+:\w+/g) ?? []),
    );
    expect(types.size).toBeGreaterThan(30);
    expect(strangers(cloud, [...types])).toEqual([]);
  });
});

describe("a fault among names", () => {
  const title = { stack: "prod", system: "trial", environment: "prod" };
  const seeded = async (change: (plan: Plan) => Plan) => nameFaults("aws", change(await planned("aws", small, title)));
  const bucketIs = (over: object) => (plan: Plan) => ({
    ...plan,
    resources: plan.resources.map(one => (one.name === "up-bucket" ? { ...one, ...over } : one)),
  });

  it.each<[string, (plan: Plan) => Plan, RegExp]>([
    ["too long", bucketIs({ inputs: { bucket: "b".repeat(64) } }), /64 characters, not 3 to 63/],
    ["too long once Pulumi has named it", bucketIs({ name: "b".repeat(56), inputs: {} }), /64 characters, not 3 to 63/],
    ["of characters that the service refuses", bucketIs({ inputs: { bucket: "Up_Loads" } }), /"Up_Loads", against/],
    [
      "given twice",
      plan => ({ ...plan, resources: [...plan.resources, ...plan.resources.filter(({ name }) => name === "up-bucket")] }),
      /both called/,
    ],
    ["of a type nobody thought of", bucketIs({ type: "aws:sqs/queue:Queue" }), /nothing is said of names of aws:sqs/],
  ])("is seen when it is %s", async (_, change, expected) => {
    expect((await seeded(change)).join("\n")).toMatch(expected);
  });

  it("is not seen where there is none", async () => expect(await seeded(plan => plan)).toEqual([]));
});

describe("the longest platform", () => {
  const words = (cloud: Cloud) => [...new Set(JSON.stringify(longestPlatform(cloud)).match(/\b[a-z0-9-]{16,}\b/g))];
  it.each(clouds.flatMap(cloud => words(cloud).map(word => [cloud, word] as const)))(
    "%s: could not be longer by a letter in %s",
    (cloud, word) => {
      const text = JSON.stringify(longestPlatform(cloud));
      expect(issuesOf(cloud, JSON.parse(text))).toEqual([]);
      expect(issuesOf(cloud, JSON.parse(text.replaceAll(word, `${word}z`)))).not.toEqual([]);
    },
  );
});

describe("a name that only a deploy would refuse", () => {
  const net = { network: { tiers: { app: {}, data: {} } } };
  const [long, under] = ["v".repeat(17), "app_tls"];
  refuses([
    ["is no long replica", "all", { ...net, databases: { db: { size, replicas: { [long]: {} } } } }, `databases.db.replicas.${long}`, /16/],
    [
      "is no long volume",
      "all",
      { ...net, roles: { box: { kind: "machine", volumes: { [long]: { gib: 64 } } } } },
      `roles.box.volumes.${long}`,
      /16/,
    ],
    ["is no port with an underscore", "all", { ...net, roles: { web: { ports: { [under]: 443 } } } }, `roles.web.ports.${under}`, /dashes/],
    ["is no peer with an underscore", "all", { ...net, access: { outside: { [under]: {} } } }, `access.outside.${under}`, /dashes/],
    ["is no bucket of Google's", "gcp", { buckets: { "google-maps": {} } }, "buckets.google-maps", /does not take/],
  ]);

  it("is no login of PostgreSQL, however long the project", async () => {
    const title = { stack: "prod", system: longest("sys"), environment: "prod" };
    const accounts = physicalNames("gcp", await planned("gcp", { ...net, roles: { [longest("web")]: {} } }, title)).filter(
      ({ kind }) => kind.rule === "serviceAccount",
    );
    expect(accounts).toHaveLength(1);
    for (const { text } of accounts) {
      const login = userName("postgres", `${text}@${"p".repeat(30)}.iam.gserviceaccount.com`);
      expect(login.length).toBeLessThanOrEqual(gcpNames.sqlUser.max);
      expect(login).toMatch(gcpNames.sqlUser.pattern);
    }
  });
});
