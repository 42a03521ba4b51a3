/** Seconds per resource of a generated platform with few and with many compute roles, on the cloud named as argument. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { stringify } from "yaml";
import { stackConfig } from "../cli/planner/config.ts";
import { planStack } from "../cli/planner/strata.ts";
import { median } from "./run.ts";

const cloud = process.argv[2] ?? "aws";
const rounds = 5;
const folder = mkdtempSync(join(tmpdir(), "strata-bench-"));

function platform(count: number): string {
  const names = Array.from({ length: count }, (_, index) => `role-${index + 1}`);
  const file = join(folder, `${count}.yaml`);
  const base = {
    network: { range: "10.20.0.0/16", tiers: { public: {}, app: {}, data: {} } },
    roles: Object.fromEntries(names.map(name => [name, { ports: { app: 8080 }, count: { min: 1, max: 1 } }])),
    databases: { db: { engine: "postgres", size: { vcpu: 2, memoryGiB: 8 } } },
    access: { flows: Object.fromEntries(names.map(name => [name, { from: [name], to: ["db"] }])) },
  };
  writeFileSync(file, stringify({ name: "bench", description: "Generated.", base, environments: { prod: {} } }));
  return file;
}

async function secondsPerResource(file: string): Promise<number> {
  const config = stackConfig({ system: file, cloud, environment: "prod" }, new URL("../", import.meta.url));
  const start = performance.now();
  const { resources } = await planStack(config);
  return (performance.now() - start) / 1000 / resources.length;
}

try {
  const [small, large] = [platform(20), platform(200)];
  await secondsPerResource(small); // the SDK's modules load at first use
  const figures: { readonly few: number; readonly many: number }[] = [];
  // By turns, so that whatever else the machine does meets both.
  for (let round = 0; round < rounds; round += 1) {
    const few = [await secondsPerResource(small), await secondsPerResource(small), await secondsPerResource(small)];
    figures.push({ few: median(few), many: await secondsPerResource(large) });
  }
  console.log(JSON.stringify({ few: median(figures.map(({ few }) => few)), many: median(figures.map(({ many }) => many)) }));
} finally {
  rmSync(folder, { recursive: true });
}
