/** One stack deployed to the simulated clouds and deployed again without a change: seconds of both, and memory of this process's engine. */
import { existsSync, readFileSync } from "node:fs";
import { findEngine } from "../rehearsal/engine.ts";
import { rehearsed } from "../rehearsal/rehearsed.ts";
import type { Run } from "../rehearsal/run.ts";
import { openStage } from "../rehearsal/stage.ts";

const everyMs = 50;
/** Linux does; elsewhere the figure is left out. */
const tellsMemory = existsSync(`/proc/self/task/${process.pid}/children`);
const [, , system = "", cloud = ""] = process.argv;

/** Peak so far of the processes that this one has started and that still run. */
function childrenPeakMiB(): number {
  const children = readFileSync(`/proc/self/task/${process.pid}/children`, "utf8").trim().split(" ");
  return Math.max(...children.map(peakMiB));
}

/** 0 for one that has just ended. */
function peakMiB(pid: string): number {
  try {
    const [, kib = "0"] = /^VmHWM:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, "utf8")) ?? [];
    return Number(kib) / 1024;
  } catch {
    return 0;
  }
}

function done({ problem, operations, seconds }: Run, expected: string): { readonly seconds: number; readonly resources: number } {
  const { [expected]: resources = 0, ...other } = operations;
  if (problem !== null || Object.keys(other).length > 0)
    throw new Error(problem ?? `expected only ${expected}: ${JSON.stringify(operations)}`);
  return { seconds, resources };
}

const engine = await findEngine();
if ("missing" in engine) throw new Error(engine.missing);
const stage = await openStage(engine, await rehearsed({ system, cloud, environment: "prod" }, new URL("../", import.meta.url)), {
  checkpoints: true,
});
let peak = 0;
const watch = setInterval(() => {
  if (tellsMemory) peak = Math.max(peak, childrenPeakMiB());
}, everyMs);
try {
  const up = done(await stage.up(), "create");
  const again = done(await stage.up(), "same");
  console.log(JSON.stringify({ resources: up.resources, up: up.seconds, again: again.seconds, enginePeakMiB: tellsMemory ? peak : null }));
} finally {
  clearInterval(watch);
  await stage.close();
}
