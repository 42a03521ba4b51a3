/** The program as a deploy runs it, up to the first resource. What a deploy then does is for a real engine to show. */
import * as pulumi from "@pulumi/pulumi";
import { describe, expect, it } from "vitest";
import { planWith } from "../cli/planner/planner.ts";
import { clouds } from "../components/kernel/cloud.ts";
import { ConfigError } from "../components/kernel/errors.ts";
import { program } from "../stacks/program.ts";
import { readSettings } from "../stacks/settings.ts";
import { configure } from "./support/configured.ts";

type Values = Readonly<Record<string, string>>;

const registered: string[] = [];
const newResource = ({ name, inputs }: pulumi.runtime.MockResourceArgs) => {
  registered.push(name);
  return { id: name, state: inputs };
};

/** Runs the program as `pulumi up` would, and answers what it was refused for. */
async function refusedUp(values: Values): Promise<readonly string[]> {
  registered.length = 0;
  await pulumi.runtime.setMocks({ newResource, call: () => ({}) }, "strata", "prod", false);
  configure({ system: "reference", environment: "prod", ...values });
  const error = await program(readSettings()).catch((reason: unknown) => reason);
  if (!(error instanceof ConfigError)) throw error;
  return error.issues.map(issue => `${issue.path}: ${issue.remedy}`);
}

const config = (values: Values) => ({
  stack: "prod",
  values: Object.fromEntries(
    Object.entries({ system: "reference", environment: "prod", ...values }).map(([key, value]) => [`strata:${key}`, value]),
  ),
  secretKeys: [],
});

describe("a deploy", () => {
  it.each(clouds)("refuses placeholders on %s before anything is registered, and says how to set each", async cloud => {
    const issues = await refusedUp({ cloud });
    expect(issues).toContainEqual(expect.stringMatching(/^strata:account\.\w+: pulumi config set --path strata:account\./));
    expect(issues).toContain("strata:secrets.haproxy-pem: pulumi config set --secret --path strata:secrets.haproxy-pem");
    expect(registered).toEqual([]);
  });

  it("refuses an offline provider before anything is registered", async () => {
    expect(await refusedUp({ cloud: "aws", offline: "true" })).toContainEqual(expect.stringMatching(/^strata:offline: /));
    expect(registered).toEqual([]);
  });
});

describe("a preview", () => {
  it("may be had without an account when the provider is offline", async () => {
    const plan = await planWith(seen => program(readSettings(), { seen }), config({ cloud: "aws", offline: "true" }));
    expect(plan.resources.find(({ type }) => type === "pulumi:providers:aws")?.inputs).toMatchObject({ skipCredentialsValidation: "true" });
  });

  it("refuses placeholders with a provider that means it", async () => {
    await expect(planWith(seen => program(readSettings(), { seen }), config({ cloud: "aws" }))).rejects.toBeInstanceOf(ConfigError);
  });
});
