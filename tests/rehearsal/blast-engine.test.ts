/** The engine confirms a sample of what the two plans and the replace rules say of a change. */
import * as pulumi from "@pulumi/pulumi";
import { expect, it } from "vitest";
import { type Sample, samples } from "../../rehearsal/blast.ts";
import type { Run } from "../../rehearsal/run.ts";
import { program } from "../../stacks/program.ts";
import { readSettings } from "../../stacks/settings.ts";
import { configOf, onStage, rehearsal } from "./support/stages.ts";

/** Without Pulumi's protection, so that a preview says what it would replace instead of refusing it. */
async function open(): Promise<pulumi.Inputs> {
  pulumi.runtime.registerStackTransformation(({ props, opts }) => ({ props, opts: { ...opts, protect: false } }));
  return program(readSettings());
}

const kinds: Readonly<Record<string, string>> = {
  create: "create",
  update: "update",
  delete: "delete",
  replace: "replace",
  "create-replacement": "replace",
  "delete-replaced": "replace",
};

/** Components and providers are left out: they exist in the state alone. */
const seen = ({ steps }: Run): Readonly<Record<string, string>> =>
  Object.fromEntries(
    steps
      .filter(({ op, custom, type }) => custom && !type.startsWith("pulumi:") && kinds[op] !== undefined)
      .map(({ op, urn }) => [urn, kinds[op] ?? op]),
  );

const drawn = await samples(20_261_121, 30);
const byFixture = [...Map.groupBy(drawn, ({ fixture }) => fixture)].map(
  ([fixture, several]) => [`${fixture.name} on ${fixture.cloud}`, fixture, several] as const,
);

rehearsal.each(byFixture)("%s", (_, fixture, several) => {
  it(`does what was worked out for ${several.length} changes`, async () => {
    await onStage(
      fixture,
      async stage => {
        expect((await stage.up()).problem).toBeNull();
        const wrong: unknown[] = [];
        for (const { key, set, expected } of several satisfies readonly Sample[]) {
          await stage.configure(await configOf(fixture, { set }));
          const run = await stage.preview();
          const got = seen(run);
          if (run.problem !== null || JSON.stringify(sorted(got)) !== JSON.stringify(sorted(expected)))
            wrong.push({ key, set, problem: run.problem, ...apart(expected, got) });
        }
        expect(wrong).toEqual([]);
      },
      { program: open },
    );
  });
});

const sorted = (ops: Readonly<Record<string, string>>): readonly (readonly [string, string])[] =>
  Object.entries(ops).toSorted(([one], [other]) => (one < other ? -1 : 1));

/** Only what differs, for who has to look. */
function apart(expected: Readonly<Record<string, string>>, got: Readonly<Record<string, string>>) {
  const differing = [...new Set([...Object.keys(expected), ...Object.keys(got)])].filter(urn => expected[urn] !== got[urn]);
  return {
    differing: differing.map(
      urn => `${urn.split("::").slice(2).join(" ")}: expected ${expected[urn] ?? "same"}, got ${got[urn] ?? "same"}`,
    ),
  };
}
