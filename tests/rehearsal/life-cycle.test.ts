/**
 * The life of a stack on the real engine: what preview says is what happens, twice is once, and nothing is left behind.
 * Proves order, diffs, protection and state. Cannot prove what a real cloud accepts, nor how long it takes.
 */
import { expect, it } from "vitest";
import { slow } from "../../rehearsal/faults.ts";
import type { Run } from "../../rehearsal/run.ts";
import type { Stage } from "../../rehearsal/stage.ts";
import type { StateResource } from "../../rehearsal/state.ts";
import { follow, runbook } from "./support/runbooks.ts";
import { configOf, doneIn, living, minimal, onStage, rehearsal, titled } from "./support/stages.ts";

const well = (run: Run): Run => {
  expect(run.problem).toBeNull();
  return run;
};

/** Every operation on every resource, in no order. */
const script = ({ steps }: Run): readonly string[] => steps.map(({ op, urn }) => `${op} ${urn}`).toSorted();

const moved = ({ operations }: Run): readonly string[] => Object.keys(operations).filter(op => op !== "same");

async function unlocked(stage: Stage, fixture: Parameters<typeof configOf>[0]): Promise<void> {
  await stage.configure(await configOf(fixture, { unlock: ["all"] }));
  well(await stage.deploy());
}

rehearsal.each(titled(living))("%s", (_, fixture) => {
  it("does what its preview said, does nothing the second time, sees no drift, and leaves nothing", async () => {
    await onStage(fixture, async stage => {
      const said = well(await stage.preview());
      expect(doneIn(stage)).toEqual([]);
      const done = well(await stage.up());
      expect(script(done)).toEqual(script(said));
      expect(Object.keys(done.operations)).toEqual(["create"]);

      expect(moved(well(await stage.up()))).toEqual([]);
      expect(moved(well(await stage.refresh()))).toEqual([]);

      await stage.restore(await stage.state());
      const before = doneIn(stage).length;
      expect(moved(well(await stage.up()))).toEqual([]);
      expect(doneIn(stage).length).toBe(before);

      if (fixture.environment === "prod") {
        expect((await stage.destroy()).problem).toContain("protected");
        expect(doneIn(stage).filter(call => call.startsWith("delete"))).toEqual([]);
      }

      await unlocked(stage, fixture);
      well(await stage.destroy());
      expect(stage.cloud.objects.all()).toEqual([]);
      expect((await stage.state()).deployment.resources ?? []).toEqual([]);
    });
  });
});

const delegated = { path: ["edge", "dns", "zones", "main", "zone"], value: "create-delegated" };

rehearsal.each(titled(minimal))("%s, where nobody names its zone yet", (_, fixture) => {
  it("makes the zone alone, tells its name servers, and the rest once the parent names them", async () => {
    const [zones, rest] = runbook("a new platform's names and certificates");
    await onStage(fixture, async stage => {
      await follow(stage, zones);
      const owners = stage.cloud.objects.all().map(({ urn }) => urn.split("::").at(-1) ?? "");
      expect(owners).toContain("zones-zone-main");
      expect(owners.filter(name => !/^(foundation|zones)-/.test(name))).toEqual([]);
      const { nameServers } = await stage.outputs();
      expect(Object.keys(nameServers?.value)).toEqual(["main"]);
      expect(nameServers?.value.main.length).toBeGreaterThan(0);

      await stage.configure(await configOf(fixture, { set: [delegated] }));
      await follow(stage, rest);
      const validated = stage.cloud.objects.all().filter(({ urn }) => urn.includes("CertificateValidation"));
      expect(validated.length).toBe(fixture.cloud === "aws" ? 1 : 0);
      expect(moved(well(await stage.up()))).toEqual([]);
    });
  });
});

/** What the program decided: all but the order. */
const stored = ({ urn, inputs, parent, dependencies = [] }: StateResource): unknown => ({
  urn,
  inputs,
  parent,
  dependencies: dependencies.toSorted(),
});

rehearsal.each(titled(minimal))("%s, in any order of answers", (_, fixture) => {
  it("comes to the same resources and inputs in five shuffles of timing", async () => {
    const states: unknown[] = [];
    for (const seed of [1, 2, 3, 4, 5]) {
      states.push(
        await onStage(fixture, async stage => {
          stage.cloud.inject(slow(seed, 40));
          well(await stage.up({ parallel: seed * 4 }));
          const { deployment } = await stage.state();
          return (deployment.resources ?? []).map(stored).toSorted((one, other) => (JSON.stringify(one) < JSON.stringify(other) ? -1 : 1));
        }),
      );
    }
    for (const state of states.slice(1)) expect(state).toEqual(states[0]);
  });
});
