/**
 * Seconds of stock `pulumi preview` of fifty new resources in a project folder: with the `nodeargs` of this project, and without any
 * but what Node's own warning needs. By turns; needs the Node language host.
 */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parse, stringify } from "yaml";
import type { Stage } from "../rehearsal/stage.ts";
import { project, sampleStage } from "./sampleStage.ts";

const rounds = 5;
const resources = 50;
const root = new URL("../", import.meta.url);
const { nodeargs }: { readonly nodeargs: string } = parse(readFileSync(new URL("Pulumi.yaml", root), "utf8")).runtime.options;
const withTraces = nodeargs
  .split(" ")
  .filter(word => !word.startsWith("--stack-trace-limit"))
  .join(" ");

function projectFolder(parent: string, name: string, args: string): string {
  const folder = join(parent, name);
  mkdirSync(folder);
  const runtime = { name: "nodejs", options: { typescript: false, nodeargs: args } };
  writeFileSync(join(folder, "Pulumi.yaml"), stringify({ name: project, main: "index.ts", runtime }));
  writeFileSync(join(folder, "package.json"), JSON.stringify({ type: "module" }));
  const program = JSON.stringify(new URL("bench/sample.ts", root).href);
  writeFileSync(join(folder, "index.ts"), `import { sample } from ${program};\nexport default sample(${resources});\n`);
  symlinkSync(fileURLToPath(new URL("node_modules", root)), join(folder, "node_modules"));
  return folder;
}

async function secondsIn(stage: Stage, folder: string): Promise<number> {
  const start = performance.now();
  const { ok, out, err } = await stage.cli(["preview", "-C", folder, "--stack", stage.name]);
  if (!ok || !out.includes(`${resources + 1} to create`)) throw new Error(`${out}\n${err}`);
  return (performance.now() - start) / 1000;
}

const folder = mkdtempSync(join(tmpdir(), "strata-bench-"));
const stage = await sampleStage();
try {
  const [own, traced] = [projectFolder(folder, "own", nodeargs), projectFolder(folder, "traced", withTraces)];
  const times: { readonly with: number; readonly without: number }[] = [];
  for (let round = 0; round < rounds; round += 1)
    times.push({ with: await secondsIn(stage, traced), without: await secondsIn(stage, own) });
  console.log(JSON.stringify(times));
} finally {
  await stage.close();
  rmSync(folder, { recursive: true });
}
