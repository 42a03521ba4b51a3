/** Seconds of one preview of fifty new resources, inline; the argument says whether `with` stack traces or `without`. */
import { sample } from "./sample.ts";
import { sampleStage } from "./sampleStage.ts";

const resources = 50;
const stage = await sampleStage({ traces: process.argv[2] === "with" });
try {
  const { problem, operations, seconds } = await stage.preview({ program: sample(resources) });
  // The stack is one more.
  if (problem !== null || operations.create !== resources + 1) throw new Error(problem ?? `got ${JSON.stringify(operations)}`);
  console.log(JSON.stringify({ seconds }));
} finally {
  await stage.close();
}
