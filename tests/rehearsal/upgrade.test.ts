/**
 * The present program takes over what an earlier one deployed: nothing is replaced, and nothing that holds data is deleted.
 * A change that breaks this gives its resources an alias, or says BREAKING in the changelog and records the states anew.
 */
import { expect, it } from "vitest";
import { isStateful } from "../../cli/planner/stateful.ts";
import { adoptAll } from "../../rehearsal/exported.ts";
import type { Run } from "../../rehearsal/run.ts";
import type { Deployment } from "../../rehearsal/state.ts";
import { type Fixture, onStage, rehearsal, titled } from "./support/stages.ts";
import { readRecorded, recordable, recorded } from "./support/states.ts";

const upgraded = (fixture: Fixture, state: Deployment): Promise<Run> =>
  onStage(fixture, async stage => {
    await stage.restore(state);
    adoptAll(stage.cloud.objects, await stage.state());
    return stage.preview();
  });

const lost = ({ steps }: Run): readonly string[] =>
  steps
    .filter(({ op, type }) => op.includes("replace") || (op === "delete" && isStateful({ type })))
    .map(({ op, name, type, because }) => `${op} ${name} (${type}) ${because.join(", ")}`);

rehearsal("the recorded states", () => {
  it("are there for every system on every cloud, and no others", () => {
    expect(recorded().toSorted()).toEqual(recordable.map(({ system, cloud }) => `${system}.${cloud}.json.gz`).toSorted());
  });

  it.each(titled(recordable))("%s is taken over", async (_, fixture) => {
    const run = await upgraded(fixture, readRecorded(fixture));
    expect(run.problem).toBeNull();
    expect(lost(run)).toEqual([]);
  });

  it("would not be, had a child been renamed", async () => {
    const [fixture] = recordable;
    if (fixture === undefined) throw new Error("no state is recorded");
    const earlier: Deployment = JSON.parse(JSON.stringify(readRecorded(fixture)).replaceAll(/::(\w+)-instance"/g, '::$1-server"'));
    const run = await upgraded(fixture, earlier);
    expect(run.problem).toMatch(/-server" cannot be deleted\n?.*because it is protected/s);
  });
});
