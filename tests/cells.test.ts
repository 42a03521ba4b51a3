/** Every shipped system and example decides in every environment, variant and cloud: in the standard regions and by a neutral name. */
import { readdirSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { planStack } from "../cli/planner/strata.ts";
import { type Cloud, clouds } from "../components/kernel/cloud.ts";
import { issueLine } from "../components/kernel/errors.ts";
import { factsOf } from "../providers/facts.ts";
import { decide } from "../stacks/decide.ts";
import { readSystem, type System } from "../stacks/source.ts";
import { refusals } from "./support/configured.ts";

const shipped = ["stacks/systems", "stacks/examples"].flatMap(folder =>
  readdirSync(new URL(`../${folder}/`, import.meta.url)).map(file => `${folder}/${file}`),
);

function systemOf(path: string): System {
  const { value, issues } = readSystem(path);
  if (value === null) throw new Error(issues.map(issueLine).join("\n"));
  return value;
}

type Cell = readonly [environment: string, variant: string | null, cloud: Cloud];
const cellsOf = ({ environments, variants }: System): readonly Cell[] =>
  Object.keys(environments).flatMap(environment =>
    [null, ...Object.keys(variants)].flatMap(variant => clouds.map((cloud): Cell => [environment, variant, cloud])),
  );

describe.each(shipped)("%s", path => {
  const source = systemOf(path);

  it.each(cellsOf(source))("%s, variant %s, on %s decides without an issue", (environment, variant, cloud) => {
    const rest = { overrides: {}, secrets: {}, unlock: [], account: {}, offline: false, commit: null, secondaryRegion: null };
    for (const region of [null, "us-east"]) {
      const issues = refusals(() => decide({ source, cloud, environment, variant, region, ...rest }, factsOf(cloud)));
      expect(issues.map(issueLine)).toEqual([]);
    }
  });

  it("has a prod and a staging", () => {
    expect(Object.keys(source.environments)).toEqual(expect.arrayContaining(["prod", "staging"]));
  });
});

describe("the minimal platform", () => {
  it.each(clouds.flatMap(cloud => ["prod", "staging"].map(environment => [cloud, environment] as const)))(
    "plans on %s in %s",
    async (cloud, environment) => {
      const values = { "strata:system": "stacks/examples/minimal.yaml", "strata:cloud": cloud, "strata:environment": environment };
      const { resources, outputs, flows } = await planStack({ stack: environment, values, secretKeys: [] });
      const components = resources.filter(({ custom }) => !custom).map(({ name }) => name);
      expect(components).toEqual(expect.arrayContaining(["network", "uploads", "db", "web", "flows"]));
      expect(outputs).toMatchObject({ databases: { db: {} }, groups: { web: {} }, buckets: { uploads: {} } });
      expect(flows.map(({ from, to }) => `${from}-${to}`)).toEqual(expect.arrayContaining(["web-db", "web-store", "web-internet"]));
      for (const { rule, rules } of flows) if (rule !== null) expect(rules, rule).not.toEqual([]);
    },
  );
});
