/** Seconds that a preview takes in which nothing changes, by the number of resources; the faster of two, since noise only adds. */
import { perBlock, sample } from "./sample.ts";
import { repeated, sampleStage } from "./sampleStage.ts";

const sizes = [250, 500, 1000, 2000];

const stage = await sampleStage();

/** One preview; throws unless it finds everything as it should be. */
async function still(resources: number): Promise<number> {
  const { problem, operations, seconds } = await stage.preview({ program: sample(resources) });
  const { same = 0, ...other } = operations;
  if (problem !== null || same < resources || Object.keys(other).length > 0)
    throw new Error(problem ?? `expected ${resources} to stay, got ${JSON.stringify(operations)}`);
  return seconds;
}

try {
  const { problem } = await stage.up();
  if (problem !== null) throw new Error(problem);
  const one = await stage.state();
  const times: (readonly [number, number])[] = [];
  for (const resources of sizes) {
    await stage.restore(repeated(one, resources / perBlock));
    times.push([resources, Math.min(await still(resources), await still(resources))]);
  }
  console.log(JSON.stringify(times));
} finally {
  await stage.close();
}
