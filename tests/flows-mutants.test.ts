/**
 * Whether the reading of a plan would notice: five hundred mistakes, drawn from a seed over the three clouds and the four systems.
 * Where nothing would change they are not drawn; why stands beside each kind.
 * Not drawn, and not noticed either: the loss of one zone's way out, of one family of addresses, or of a part of the internet.
 */
import { describe, expect, it } from "vitest";
import type { PlannedResource } from "../cli/planner/model.ts";
import { type Cloud, clouds } from "../components/kernel/cloud.ts";
import { reachabilityOf } from "../reach/index.ts";
import { seed } from "./support/draws.ts";
import { everyCell, lines } from "./support/flows.ts";
import { awsOperators } from "./support/mutants/aws.ts";
import { azureOperators } from "./support/mutants/azure.ts";
import { gcpOperators } from "./support/mutants/gcp.ts";
import { drawn, numbers, type Operators } from "./support/mutants/mutant.ts";
import { planOf } from "./support/shipped.ts";

const operators = { aws: awsOperators, azure: azureOperators, gcp: gcpOperators } satisfies Record<Cloud, Operators>;
const total = 500;
const noticedAtLeast = 0.95;

/** Who reaches whom and what is exposed; not by which rules, which any change of a rule would change. */
function seen(cloud: Cloud, resources: readonly PlannedResource[]): string {
  const { reaches, exposures } = reachabilityOf({ cloud, resources });
  return JSON.stringify([lines(reaches), exposures.map(({ resource, what }) => `${resource}: ${what}`).toSorted()]);
}

/** The total over 24 plans, the first ones with one more. */
const share = (index: number): number => Math.floor(total / everyCell.length) + (index < total % everyCell.length ? 1 : 0);

interface Outcome {
  readonly made: number;
  readonly kinds: ReadonlySet<string>;
  readonly unnoticed: readonly string[];
}

async function outcomeOf(cloud: Cloud): Promise<Outcome> {
  const next = numbers(seed);
  const kinds = new Set<string>();
  const unnoticed: string[] = [];
  let made = 0;
  for (const [index, [system, environment, own]] of everyCell.entries()) {
    if (own !== cloud) continue;
    const plan = await planOf({ system, environment }, cloud);
    const before = seen(cloud, plan.resources);
    for (const mutant of drawn(operators[cloud], plan, share(index), next)) {
      made += 1;
      kinds.add(mutant.what.split(":")[0] ?? "");
      if (seen(cloud, mutant.resources()) === before) unnoticed.push(`${system} ${environment}: ${mutant.what}`);
    }
  }
  return { made, kinds, unnoticed };
}

describe(`mistakes drawn from seed ${seed}`, () => {
  it("are five hundred", () => {
    expect(everyCell.map((_, index) => share(index)).reduce((sum, count) => sum + count, 0)).toBe(total);
  });

  it.each(clouds)("are noticed on %s", async cloud => {
    const { made, kinds, unnoticed } = await outcomeOf(cloud);
    expect(made).toBe(everyCell.map(([, , own], index) => (own === cloud ? share(index) : 0)).reduce((sum, count) => sum + count, 0));
    expect(kinds.size).toBeGreaterThan(12);
    expect(1 - unnoticed.length / made, unnoticed.join("\n")).toBeGreaterThanOrEqual(noticedAtLeast);
  });

  it.each(clouds)("are the same for the same seed on %s, and change the plan they are drawn from in nothing", async cloud => {
    const plan = await planOf({ system: "reference", environment: "prod" }, cloud);
    const [before, once, again, other] = [
      JSON.stringify(plan),
      ...[seed, seed, seed + 1].map(from => drawn(operators[cloud], plan, 20, numbers(from)).map(({ what }) => what)),
    ];
    for (const mutant of drawn(operators[cloud], plan, 20, numbers(seed))) mutant.resources();
    expect(again).toEqual(once);
    expect(other).not.toEqual(once);
    expect(JSON.stringify(plan)).toBe(before);
  });
});
