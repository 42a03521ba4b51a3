/**
 * The life of a stack on the real engine: what preview says is what happens, twice is once, and nothing is left behind.
 * Proves order, diffs, protection and state. Cannot prove what a real cloud accepts, nor how long it takes.
 */
import { expect, it } from "vitest";
import type { Assignment } from "../../cli/planner/config.ts";
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

/** Visitors come by the CDN; before it is closed, by the balancer as well. */
const behindCdn = (closed: boolean): readonly Assignment[] => [
  { path: ["access", "flows", "visitors", "to"], value: closed ? ["cdn"] : ["cdn", "lb"] },
  { path: ["access", "flows", "inward"], value: { from: ["cdn"], to: ["lb"], ports: [443] } },
  { path: ["edge", "dns", "zones", "main", "records"], value: { app: { to: "cdn" }, origin: { to: "lb" } } },
  { path: ["edge", "certificates", "app"], value: { domain: "app.example.com", also: ["origin.example.com"] } },
  { path: ["edge", "waf"], value: {} },
  {
    path: ["edge", "cdn"],
    value: { sites: { app: { names: ["app.example.com"], certificate: "app", origin: "lb", originName: "origin.example.com" } } },
  },
];

const passing = minimal.filter(({ cloud }) => cloud !== "gcp"); // there nothing stands between CDN and pools
rehearsal.each(titled(passing))("%s, with a CDN before its balancer", (_, fixture) => {
  it("tells the CDN its pass before the balancer asks for it", async () => {
    const [cdn, rest] = runbook("closing a balancer that visitors already use");
    await onStage(fixture, async stage => {
      await stage.configure(await configOf(fixture, { set: behindCdn(false) }));
      well(await stage.up());
      await stage.configure(await configOf(fixture, { set: behindCdn(true) }));
      /** Names of what holds the header. */
      const saying = () =>
        stage.cloud.objects
          .all()
          .filter(({ inputs }) => JSON.stringify(inputs).includes("X-Origin-Verify"))
          .map(({ urn }) => urn.split("::").at(-1))
          .toSorted();

      await follow(stage, cdn);
      expect(saying()).toEqual(fixture.cloud === "aws" ? ["cdn-site-app"] : ["cdn-rule-app-rest"]);
      await follow(stage, rest);
      expect(saying()).toEqual(fixture.cloud === "aws" ? ["cdn-site-app", "lb-routes-rest-https"] : ["cdn-rule-app-rest", "waf-policy"]);
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
