/** The planner and its command over a small program. What the real systems plan is shown elsewhere. */
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { stripVTControlCharacters } from "node:util";
import * as pulumi from "@pulumi/pulumi";
import * as random from "@pulumi/random";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { stackConfig } from "../cli/planner/config.ts";
import type { Plan } from "../cli/planner/model.ts";
import { type PlanOptions, type Program, planWith, type StackConfig } from "../cli/planner/planner.ts";
import { planStack } from "../cli/planner/strata.ts";
import { paintFor } from "../cli/render/paper.ts";
import { planText } from "../cli/render/text.ts";
import { runPlan } from "../cli/runPlan.ts";
import { clouds } from "../components/kernel/cloud.ts";
import { ConfigError } from "../components/kernel/errors.ts";
import { fakeDecision, fakeProgram, Part } from "./support/fakeProgram.ts";

const secretValue = "s3cr3t-that-nobody-may-see";
const config: StackConfig = { stack: "prod", values: { "strata:token": secretValue }, secretKeys: ["strata:token"] };
const plan = (options: PlanOptions = {}, program: Program = fakeProgram): Promise<Plan> => planWith(program, config, options);
const named = (of: Plan, name: string) => of.resources.find(resource => resource.name === name);
const identities = (of: Plan) => of.resources.map(({ urn, type, parent }) => ({ urn, type, parent }));

describe("plan as data", () => {
  it("holds the whole graph of a resource", async () => {
    const found = named(await plan(), "db-server");
    const urn = (type: string, name: string) => `urn:pulumi:prod::strata::strata:index:${type}::${name}`;
    expect(found).toEqual({
      urn: urn("Database$random:index/randomPet:RandomPet", "db-server"),
      type: "random:index/randomPet:RandomPet",
      name: "db-server",
      parent: urn("Database", "db"),
      provider: urn("Foundation$pulumi:providers:random", "foundation-random"),
      custom: true,
      inputs: {
        keepers: {
          password: { secret: true },
          zone: {
            unknown: true,
            from: [
              urn("Network$random:index/randomPet:RandomPet", "network-subnet-a"),
              urn("Secrets$random:index/randomPassword:RandomPassword", "secrets-db"),
            ],
          },
        },
        prefix: {
          unknown: true,
          from: [
            urn("Foundation$random:index/randomId:RandomId", "foundation-anchor"),
            urn("Network$random:index/randomPet:RandomPet", "network-subnet-b"),
          ],
        },
      },
      dependencies: [
        urn("Foundation$random:index/randomId:RandomId", "foundation-anchor"),
        urn("Network$random:index/randomPet:RandomPet", "network-subnet-a"),
        urn("Network$random:index/randomPet:RandomPet", "network-subnet-b"),
        urn("Secrets$random:index/randomPassword:RandomPassword", "secrets-db"),
      ],
      options: {
        protect: true,
        retainOnDelete: false,
        deletedWith: urn("Network$random:index/randomPet:RandomPet", "network-subnet-b"),
        ignoreChanges: ["keepers"],
        replaceOnChanges: [],
        aliases: [{ name: "db-old", parent: urn("Database", "db") }],
        customTimeouts: { create: "1h" },
      },
    });
  });

  it("keeps what was decided, and each flow with its rules", async () => {
    const { resources, flows, outputs, ...rest } = await plan();
    const { sizes, waiting, notes, ties, placeholders, preflight, suppliedSecrets } = fakeDecision;
    const about = { format: 1, system: "fake", environment: "prod", cloud: "aws", region: "us-east-1", secondaryRegion: null };
    expect(rest).toEqual({ ...about, sizes, waiting, notes, ties, placeholders, preflight, suppliedSecrets });
    expect(outputs).toEqual({ name: "fake", host: { unknown: true, from: [] }, password: { secret: true } });
    expect(flows.map(({ rule, rules }) => [rule, rules.map(urn => urn.split("::").at(-1))])).toEqual([
      ["internet-web-tcp-443", ["flows-in-internet-web-tcp-443"]],
      ["web-db-tcp-5432", ["flows-in-web-db-tcp-5432"]],
    ]);
  });

  it("lists components in the order of making, each with its own by name", async () => {
    const { resources } = await plan();
    expect(resources.map(({ name }) => name)).toEqual([
      ...["foundation", "foundation-anchor", "foundation-random"],
      ...["network", "network-subnet-a", "network-subnet-b"],
      ...["secrets", "secrets-db", "db", "db-server"],
      ...["flows", "flows-in-internet-web-tcp-443", "flows-in-web-db-tcp-5432"],
    ]);
  });

  it("gives the same bytes for the same input, in whatever order outputs resolve", async () => {
    const first = JSON.stringify(await plan());
    for (let seed = 1; seed <= 5; seed += 1) {
      const settle = (name: string) => new Promise<void>(resolve => setTimeout(resolve, (name.length * 7 * seed) % 11));
      expect(JSON.stringify(await plan({ settle }))).toBe(first);
    }
  });

  it("plans the same resources with unknown and with known outputs", async () => {
    const [unknowns, knowns] = [await plan(), await plan({ known: true })];
    expect(identities(knowns)).toEqual(identities(unknowns));
    expect(named(knowns, "db-server")?.inputs.prefix).toBe("network-subnet-b-id/0f1e2d3c");
  });

  it("plans one after the other in one process, even when asked at once, and after a refusal", async () => {
    const refusing: Program = async () => {
      throw new ConfigError([{ path: "strata:cloud", problem: "none", remedy: "say one" }]);
    };
    const [one, refused, two] = await Promise.allSettled([plan(), plan({}, refusing), plan()]);
    expect(refused).toMatchObject({ status: "rejected", reason: { issues: [{ path: "strata:cloud" }] } });
    expect(two).toEqual(one);
    expect(Error.stackTraceLimit).toBeGreaterThan(0);
  });
});

describe("plan of a shipped system", () => {
  const root = new URL("../", import.meta.url);

  it.each(clouds)("finds the rules of every flow on %s, whichever way they are named", async cloud => {
    const { flows, resources } = await planStack(stackConfig({ system: "reference", cloud }, root));
    expect(flows.filter(({ rule, rules }) => rule !== null && rules.length === 0).map(({ rule }) => rule)).toEqual([]);
    const urns = new Set(resources.map(({ urn }) => urn));
    expect(flows.flatMap(({ rules }) => rules).filter(urn => !urns.has(urn))).toEqual([]);
  });

  it.each(clouds)("fits 100 columns on %s", async cloud => {
    const planned = await planStack(stackConfig({ system: "freeagentics", cloud }, root));
    for (const full of [false, true]) {
      const lines = planText(planned, paintFor({ isTTY: false }), full).split("\n");
      expect(lines.filter(line => line.length > 100)).toEqual([]);
    }
  });
});

describe("faults that mocks would let pass", () => {
  const faulty = (make: (provider: random.Provider, part: Part) => unknown): Program => {
    return async seen => {
      seen(fakeDecision);
      const foundation = new Part("Foundation", "foundation", {}, []);
      const provider = new random.Provider("foundation-random", {}, { parent: foundation });
      make(provider, new Part("Network", "network", {}, [provider]));
      return {};
    };
  };

  it.each<[string, RegExp, Program]>([
    [
      "the same type and name under two parents",
      /network-a \(random:index\/randomPet:RandomPet\) is registered 2 times/,
      faulty((provider, part) => {
        new random.RandomPet("network-a", {}, { parent: part });
        new random.RandomPet("network-a", {}, { parent: new Part("Other", "other", {}, [provider]) });
      }),
    ],
    [
      "no explicit provider",
      /network-a .* has no explicit provider/,
      faulty(() => new random.RandomPet("network-a", {}, { parent: new Part("Other", "other", {}, []) })),
    ],
    ["no component", /loose .* belongs to no component/, faulty(provider => new random.RandomPet("loose", {}, { provider }))],
    [
      "a look-up",
      /aws:index\/getZones:getZones is looked up/,
      faulty(() => pulumi.runtime.invoke("aws:index/getZones:getZones", {}, {}).catch(() => undefined)),
    ],
    ["no decision", /never said what it decided/, async () => ({})],
    [
      "an error of its own",
      /no member "web"/,
      async () => {
        throw new Error('no member "web"');
      },
    ],
  ])("refuses %s", async (_, message, program) => {
    await expect(plan({}, program)).rejects.toThrow(message);
  });

  it("shows as a difference what is made inside an apply", async () => {
    const program = faulty((_, part) => {
      const pet = new random.RandomPet("network-a", {}, { parent: part });
      pet.id.apply(id => new random.RandomPet("network-b", { prefix: id }, { parent: part }));
    });
    expect(named(await plan({}, program), "network-b")).toBeUndefined();
    expect(named(await plan({ known: true }, program), "network-b")).toBeDefined();
  });

  it("ends with a message when a resource waits for itself, or an apply throws", () => {
    const planner = new URL("../cli/planner/planner.ts", import.meta.url).href;
    const fake = new URL("./support/fakeProgram.ts", import.meta.url).href;
    const run = (body: string) => {
      const text = `import { planWith } from ${JSON.stringify(planner)};
        import { Part, fakeDecision } from ${JSON.stringify(fake)};
        import * as random from ${JSON.stringify(import.meta.resolve("@pulumi/random"))};
        const program = async seen => {
          seen(fakeDecision);
          const part = new Part("Foundation", "foundation", {}, []);
          const provider = new random.Provider("foundation-random", {}, { parent: part });
          const options = { parent: part, provider };
          ${body}
          return {};
        };
        await planWith(program, { stack: "prod", values: {}, secretKeys: [] }).catch(error => console.log(error.message));`;
      return spawnSync(process.execPath, ["--input-type=module", "-e", text], { encoding: "utf8" });
    };
    const stuck = run(`new random.RandomPet("a", { prefix: new Promise(() => undefined) }, options);`);
    expect(stuck.stdout).toContain("the plan cannot end");
    expect(stuck.stdout).toContain("- a (random:index/randomPet:RandomPet) was made but never registered");
    const thrown = run(`new random.RandomPet("a", { prefix: provider.urn.apply(() => { throw new Error("thrown inside") }) }, options);`);
    expect(thrown.stdout).toContain("thrown inside");
    expect(thrown.stdout).toContain("- a (random:index/randomPet:RandomPet) was made but never registered");
    expect(thrown.stderr).toBe("");
  });
});

describe("plan as text", () => {
  const written = () => {
    const texts = { out: "", err: "" };
    const stream = (key: "out" | "err", isTTY: boolean) => ({
      isTTY,
      write: (text: string | Uint8Array) => {
        texts[key] += String(text);
        return true;
      },
    });
    return { texts, streams: (isTTY: boolean) => ({ out: stream("out", isTTY), err: stream("err", isTTY) }) };
  };
  const fake = (_: StackConfig, options: PlanOptions) => planWith(fakeProgram, config, options);

  it.each([false, true])("stays within 100 columns, without colour when piped (full: %s)", async full => {
    const text = planText(await plan(), paintFor({ isTTY: false }), full);
    expect(text.split("\n").filter(line => line.length > 100)).toEqual([]);
    expect(stripVTControlCharacters(text)).toBe(text);
    expect(text).toContain("fake · prod · aws · us-east-1\n8 resources in 5 components: Foundation 2, Network 2,");
  });

  it("keeps within 100 columns whatever a name or a note holds", async () => {
    const planned = await plan();
    const long = "a-very-long-name-".repeat(12);
    const [size] = planned.sizes;
    const stretched = {
      ...planned,
      resources: planned.resources.map(resource => ({ ...resource, name: resource.name + long, inputs: { size: "large", text: long } })),
      notes: [{ path: long, text: long }],
      flows: planned.flows.map(flow => ({ ...flow, from: long, to: long, ports: "1-65535, ".repeat(30) })),
      sizes: size === undefined ? [] : [{ ...size, path: long, asked: long }],
    };
    for (const full of [false, true]) {
      const lines = planText(stretched, paintFor({ isTTY: false }), full).split("\n");
      expect(lines.filter(line => line.length > 100)).toEqual([]);
    }
  });

  it("answers 0 and the plan, and puts three clouds side by side", async () => {
    const { texts, streams } = written();
    expect(await runPlan({ system: "fake", cloud: "all" }, fake, streams(false))).toBe(0);
    expect(texts.out).toMatch(/concept +aws +aws +aws\n +Foundation +2 +2 +2/);
    expect(texts.err).toBe("");
  });

  it("answers 1, with the issues on stderr, or as data on stdout", async () => {
    const issue = { path: "strata:cloud", problem: 'expected aws, azure or gcp, got "aws2"', remedy: 'did you mean "aws"?' };
    const refusing = () => Promise.reject(new ConfigError([issue]));
    const [text, data] = [written(), written()];
    expect(await runPlan({ system: "fake" }, refusing, text.streams(false))).toBe(1);
    expect(text.texts).toEqual({ out: "", err: `${new ConfigError([issue]).message}\n` });
    expect(await runPlan({ system: "fake", json: true }, refusing, data.streams(false))).toBe(1);
    expect(JSON.parse(data.texts.out)).toEqual({ format: 1, issues: [issue] });
  });

  it("shows no secret value", async () => {
    for (const flags of [{ json: true }, { full: true }, { cloud: "all", json: true }]) {
      const { texts, streams } = written();
      const known = (of: StackConfig, options: PlanOptions) => fake(of, { ...options, known: true });
      await runPlan({ system: "fake", ...flags }, known, streams(false));
      expect(texts.out.length).toBeGreaterThan(100);
      expect(texts.out).not.toContain(secretValue);
      expect(texts.out).not.toContain("made-up-Password");
    }
  });
});

describe("configuration of a plan", () => {
  let folder = "";
  const from = (flags: Parameters<typeof stackConfig>[0]) => stackConfig(flags, pathToFileURL(`${folder}/`));

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), "strata-plan-"));
    writeFileSync(
      join(folder, "Pulumi.yaml"),
      "name: strata\nconfig:\n  variant: { type: string, default: small }\n  system: { type: string }\n",
    );
    const lines = [
      ...["config:", "  strata:system: reference", "  strata:cloud: aws", "  strata:environment: prod", "  strata:region: us-east-1"],
      ...["  strata:overrides: { roles: { web: { count: { min: 2 } } } }", "  strata:secrets: { token: { secure: v1:abc } }"],
    ];
    writeFileSync(join(folder, "Pulumi.prod.yaml"), lines.join("\n"));
    writeFileSync(join(folder, "Pulumi.broken.yaml"), "config:\n  strata:system: [a\n");
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  it("is the prod stack when nothing is said, without what only Pulumi can decrypt", () => {
    expect(from({})).toEqual({
      stack: "prod",
      values: {
        "strata:variant": "small",
        "strata:system": "reference",
        "strata:cloud": "aws",
        "strata:environment": "prod",
        "strata:region": "us-east-1",
        "strata:overrides": '{"roles":{"web":{"count":{"min":2}}}}',
        "strata:secrets": "{}",
      },
      secretKeys: ["strata:secrets"],
    });
  });

  it("takes a system alone as prod on aws, and lets flags win", () => {
    expect(from({ system: "bettafish" }).values).toEqual({
      "strata:variant": "small",
      "strata:system": "bettafish",
      "strata:cloud": "aws",
      "strata:environment": "prod",
    });
    const { stack, values } = from({ system: "x", environment: "staging", region: "eu-west-1", unlock: ["db", "keys"] });
    expect([stack, values["strata:region"], values["strata:unlock"]]).toEqual(["staging", "eu-west-1", '["db","keys"]']);
  });

  it("takes a region to another cloud by its neutral name, and never across a border", () => {
    const region = (flags: Parameters<typeof stackConfig>[0]) => from(flags).values["strata:region"];
    expect(region({ cloud: "azure" })).toBe("us-east");
    expect(region({ cloud: "aws" })).toBe("us-east-1");
    expect(region({ cloud: "gcp", region: "europe-west1" })).toBe("europe-west1");
  });

  it("lays trial values over the overrides", () => {
    const set = [
      { path: ["roles", "web", "count", "max"], value: 5 },
      { path: ["databases", "db", "version"], value: "16" },
    ];
    expect(JSON.parse(from({ set }).values["strata:overrides"] ?? "")).toEqual({
      roles: { web: { count: { min: 2, max: 5 } } },
      databases: { db: { version: "16" } },
    });
  });

  it("says which stacks there are, and where a file is wrong", () => {
    expect(() => from({ stack: "prd" })).toThrow('--stack: no file Pulumi.prd.yaml; did you mean "prod"?');
    expect(() => from({ stack: "broken" })).toThrow(/Pulumi\.broken\.yaml:\d+:\d+/);
  });
});

describe("exit codes of the command", () => {
  const strata = (...words: string[]) =>
    spawnSync(process.execPath, ["cli/main.ts", ...words], { encoding: "utf8", cwd: new URL("..", import.meta.url) });

  it.each([
    ["an unknown option", ["plan", "--colour"]],
    ["a value that is no assignment", ["plan", "--set", "roles.web"]],
    ["an unknown command", ["plans"]],
  ])("answers 2 to %s", (_, words) => {
    const { status, stderr, stdout } = strata(...words);
    expect([status, stdout]).toEqual([2, ""]);
    expect(stderr).toMatch(/^error: /);
  });

  it("answers 1 to what the program refuses, without a stack trace", () => {
    const { status, stderr, stdout } = strata("plan", "--system", "no-such-system");
    expect([status, stdout]).toEqual([1, ""]);
    expect(stderr).toMatch(/^1 issue in the configuration; nothing was registered\nstrata:system: /);
    expect(stderr).not.toMatch(/^\s+at /m);
  });
});
