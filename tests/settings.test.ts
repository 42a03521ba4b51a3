/** Settings: the stack's configuration as Pulumi hands it over, decoded and judged. */
import { readFileSync } from "node:fs";
import * as pulumi from "@pulumi/pulumi";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { parse } from "yaml";
import { ConfigError, issueLine } from "../components/kernel/errors.ts";
import { isMap, type Plain } from "../components/kernel/merge.ts";
import { readSettings } from "../stacks/settings.ts";
import { around, configure, discard, refusals, written } from "./support/configured.ts";

afterAll(discard);

let file = "";
beforeAll(() => {
  file = written(around("network: { zones: 2 }"));
});

const given = (values: Plain = {}, secretKeys: readonly string[] = []): void =>
  configure({ system: file, cloud: "aws", environment: "prod", ...values }, secretKeys);

describe("settings", () => {
  it("need a system, a cloud and an environment, and leave the rest open", () => {
    given();
    const { source, ...settings } = readSettings();
    expect(source.name).toBe("trial");
    expect(settings).toEqual({
      cloud: "aws",
      environment: "prod",
      region: null,
      secondaryRegion: null,
      variant: null,
      overrides: {},
      secrets: {},
      unlock: [],
      account: {},
      offline: false,
      commit: null,
    });
  });

  it("take every key", () => {
    const account = {
      awsAccountId: "012345678901",
      azureSubscriptionId: "11111111-2222-4333-8444-555555555555",
      azureTenantId: "11111111-2222-4333-8444-555555555555",
      azureSshPublicKey: `ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAI${"a".repeat(43)} me@home`,
      gcpProject: "my-project-1",
      gcpProjectNumber: "123456789012",
    };
    given({
      cloud: "gcp",
      environment: "staging",
      region: "us-east1",
      secondaryRegion: "us-west1",
      variant: "table",
      overrides: { network: { zones: 3 } },
      unlock: ["db", "keys"],
      account,
      offline: true,
      commit: "0a1b2c3",
    });
    expect(readSettings()).toMatchObject({
      cloud: "gcp",
      environment: "staging",
      region: "us-east1",
      secondaryRegion: "us-west1",
      variant: "table",
      overrides: { network: { zones: 3 } },
      unlock: ["db", "keys"],
      account,
      offline: true,
      commit: "0a1b2c3",
    });
  });

  it.each([
    ["all", ["all"]],
    ["db, keys", ["db", "keys"]],
    ['["all"]', ["all"]],
    ["[]", []],
  ])("unlock %s is %j", (text, unlock) => {
    given({ unlock: text });
    expect(readSettings().unlock).toEqual(unlock);
  });

  it("count an empty text as unset, as the project's defaults are", () => {
    given({
      region: "",
      secondaryRegion: "",
      variant: "",
      commit: "",
      overrides: {},
      secrets: {},
      account: {},
      unlock: [],
      offline: false,
    });
    expect(readSettings()).toMatchObject({ region: null, variant: null, secrets: {}, commit: null });
  });

  it("take account numbers that a command line made numbers of", () => {
    given({ account: { awsAccountId: 123456789012, gcpProjectNumber: 123456789012 } });
    expect(readSettings().account).toEqual({ awsAccountId: "123456789012", gcpProjectNumber: "123456789012" });
  });

  it("hand on secrets as secrets: only their names are plain", async () => {
    given({ secrets: { "telegram-token": "hunter2", "chat-id": 42 } }, ["secrets"]);
    const settings = readSettings();
    expect(Object.keys(settings.secrets)).toEqual(["telegram-token", "chat-id"]);
    const token = settings.secrets["telegram-token"];
    expect(token === undefined ? false : await pulumi.isSecret(token)).toBe(true);
    expect(JSON.stringify({ ...settings, secrets: Object.keys(settings.secrets) })).not.toContain("hunter2");
  });

  it("leave other namespaces alone", () => {
    pulumi.runtime.setAllConfig({
      "strata:system": file,
      "strata:cloud": "aws",
      "strata:environment": "prod",
      "aws:region": "us-east-1",
      "pulumi:disable-default-providers": '["*"]',
    });
    expect(readSettings().cloud).toBe("aws");
  });
});

describe("what is refused", () => {
  it("is said all in one go, by an error that the host prints without a stack", () => {
    configure({
      system: file,
      sytem: "x",
      cloud: "aws-china",
      environment: "prd",
      variant: "tabel",
      overrides: "text",
      account: { awsAccountId: "12" },
      offline: "perhaps",
      unlock: '[""]',
    });
    const error = caught();
    expect(error).toBeInstanceOf(pulumi.RunError);
    expect(error.issues.map(({ path }) => path)).toEqual([
      "strata:sytem",
      "strata:cloud",
      "strata:overrides",
      "strata:unlock[0]",
      "strata:account.awsAccountId",
      "strata:offline",
      "strata:environment",
      "strata:variant",
    ]);
    expect(error.message).toMatch(/^8 issues in the configuration; nothing was registered\n/);
  });

  it("includes the platform's own issues, where the settings tell which platform", () => {
    const broken = written(around("network: { zones: many }"), "broken.yaml");
    configure({ system: broken, cloud: "aws", environment: "prod", regoin: "us-east-1", overrides: { databse: {} } });
    expect(caught().issues.map(issueLine)).toEqual([
      'strata:regoin: unknown key "regoin"; did you mean "region"?',
      expect.stringMatching(/broken\.yaml:4:14 network\.zones: expected 1 to 6, got "many"; /),
      'strata:overrides databse: unknown key "databse"; did you mean "databases"?',
    ]);
  });

  it("includes what the layers say, where only the head of their file is refused", () => {
    configure({
      system: written("name: a\nbase: { network: { zones: many } }\nenvironments: { prod: {} }\n", "headless.yaml"),
      cloud: "aws",
      environment: "prd",
    });
    expect(caught().issues.map(issueLine)).toEqual([
      expect.stringMatching(/headless\.yaml:1:1 description: expected text of at least 1 character, got nothing; /),
      expect.stringMatching(/^strata:environment: expected one of prod /),
    ]);
    configure({
      system: written("name: a\nbase: { network: { zones: many } }\nenvironments: { prod: {} }\n", "headless.yaml"),
      cloud: "aws",
      environment: "prod",
    });
    expect(caught().issues.map(({ path }) => path)).toEqual([
      expect.stringMatching(/ description$/),
      expect.stringMatching(/:2:20 network\.zones$/),
    ]);
  });

  it("never shows a secret", () => {
    const values = {
      secrets: { a: { deep: "hunter2" }, b: ["hunter3"], c: "" },
      account: { awsAccountId: "hunter4" },
      overrides: { roles: { x: "hunter5" } },
    };
    configure({ system: file, cloud: "aws", environment: "prod", ...values }, ["secrets", "account", "overrides"]);
    const { message, issues } = caught();
    expect(issues.length).toBeGreaterThanOrEqual(5);
    expect(message).not.toContain("hunter");
  });
});

function caught(): ConfigError {
  try {
    readSettings();
  } catch (error) {
    if (error instanceof ConfigError) return error;
    throw error;
  }
  throw new Error("nothing was refused");
}

describe("the project's own files", () => {
  const read = (name: string): Plain => {
    const content: unknown = parse(readFileSync(new URL(`../${name}`, import.meta.url), "utf8"));
    return isMap(content) && isMap(content.config) ? content.config : {};
  };
  const declared = read("Pulumi.yaml");

  it("declare exactly the keys that are read", () => {
    const unknown = Object.fromEntries(Object.keys(declared).map(key => [key, "?"]));
    configure({ ...unknown, another: "x" });
    const issues = refusals(readSettings).filter(({ problem }) => problem.startsWith("unknown key"));
    expect(issues.map(({ path, remedy }) => ({ path, remedy }))).toEqual([
      { path: "strata:another", remedy: `known: ${Object.keys(declared).join(", ")}` },
    ]);
  });

  it.each(["Pulumi.prod.yaml", "Pulumi.staging.yaml"])("%s is a stack that the program takes", name => {
    const stack = read(name);
    expect(stack["pulumi:disable-default-providers"]).toEqual(["*"]);
    const own = Object.entries(stack).flatMap(([key, value]) =>
      key.startsWith("strata:") ? [[key.slice("strata:".length), value] as const] : [],
    );
    const defaults = Object.entries(declared).flatMap(([key, row]) =>
      isMap(row) && "default" in row ? [[key, row.default] as const] : [],
    );
    configure(Object.fromEntries([...defaults, ...own]));
    expect(readSettings().source.name).toBe("freeagentics");
  });
});
