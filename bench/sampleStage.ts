/** The sample program on the real engine, and a state in which as much of it exists as one likes. */
import { findEngine } from "../rehearsal/engine.ts";
import { openStage, type Stage } from "../rehearsal/stage.ts";
import type { Deployment } from "../rehearsal/state.ts";
import { perBlock, sample } from "./sample.ts";

const landlord = { awsAccountId: "123456789012", subscriptionId: "", project: "", projectNumber: "", region: "us-east-1" };

export const project = "bench";

/** A stage whose program is one block, unless a run says otherwise. */
export async function sampleStage({ traces = false } = {}): Promise<Stage> {
  const engine = await findEngine();
  if ("missing" in engine) throw new Error(engine.missing);
  return openStage(
    engine,
    { stack: "bench", values: {}, secretKeys: [], landlord },
    { project, program: sample(perBlock), checkpoints: true, traces },
  );
}

/** Of a state with one block: the same with many. The engine compares what the program says with the state alone, no object is looked up. */
export function repeated({ deployment, ...rest }: Deployment, blocks: number): Deployment {
  const resources = deployment.resources ?? [];
  const inBlock = resources.filter(({ urn }) => urn.includes("::block-0-"));
  const copy = (index: number): typeof inBlock => JSON.parse(JSON.stringify(inBlock).replaceAll("block-0-", `block-${index}-`));
  const copies = Array.from({ length: blocks }, (_, index) => copy(index)).flat();
  return { ...rest, deployment: { ...deployment, resources: [...resources.filter(one => !inBlock.includes(one)), ...copies] } };
}
