/** Seconds per resource of a generated platform with few and with many compute roles, on the cloud named as argument. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { stringify } from "yaml";
import { stackConfig } from "../cli/planner/config.ts";
import { planStack } from "../cli/planner/strata.ts";
import { median } from "./run.ts";

const cloud = process.argv[2] ?? "aws";
const folder = mkdtempSync(join(tmpdir(), "strata-bench-"));

function platform(count: number): string {
  const names = Array.from({ length: count }, (_, index) => `role-${index + 1}`);
  const file = join(folder, `${count}.yaml`);
  const base = {
    roles: Object.fromEntries(names.map(name => [name, { ports: { app: 8080 } }])),
    databases: { db: {} },
    access: { flows: Object.fromEntries(names.map(name => [name, { from: [name], to: ["db"] }])) },
  };
  writeFileSync(file, stringify({ name: "bench", description: "Generated.", base, environments: { prod: {} } }));
  return file;
}

async function secondsPerResource(count: number, times: number): Promise<number> {
  const config = stackConfig({ system: platform(count), cloud, environment: "prod" }, new URL("../", import.meta.url));
  const figures: number[] = [];
  for (let time = 0; time < times; time += 1) {
    const start = performance.now();
    const { resources } = await planStack(config);
    figures.push((performance.now() - start) / 1000 / resources.length);
  }
  return median(figures);
}

try {
  await secondsPerResource(20, 2); // the SDK's modules load at first use
  console.log(JSON.stringify({ few: await secondsPerResource(20, 5), many: await secondsPerResource(200, 3) }));
} finally {
  rmSync(folder, { recursive: true });
}
