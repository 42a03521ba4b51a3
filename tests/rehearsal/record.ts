/** Records the state that the present program leaves behind, for later programs to be tried on: `npm run record`, once for each release; or those that are named, such as `reference.gcp`. */
import { findEngine } from "../../rehearsal/engine.ts";
import { rehearsed } from "../../rehearsal/rehearsed.ts";
import { openStage } from "../../rehearsal/stage.ts";
import { root } from "../support/shipped.ts";
import { record, recordable } from "./support/states.ts";

const engine = await findEngine();
if ("missing" in engine) throw new Error(engine.missing);
const asked = process.argv.slice(2);
for (const fixture of recordable.filter(({ system, cloud }) => asked.length === 0 || asked.includes(`${system}.${cloud}`))) {
  const stage = await openStage(engine, await rehearsed(fixture, root));
  const { problem } = await stage.up();
  if (problem === null) record(fixture, await stage.state());
  await stage.close();
  console.log(`${fixture.system} on ${fixture.cloud}: ${problem ?? "recorded"}`);
}
process.exit();
