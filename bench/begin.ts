/**
 * Seconds from the start of a program's process to its first resource, for the platform and for a program that only loads the same SDK;
 * by turns. Both start as under the Node language host: the SDK's own runner, the `nodeargs` of Pulumi.yaml, a preview of a new stack.
 * The first resource, not the first message: the SDK sends none before the program yields, and by then every resource is made.
 */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";
import { parse } from "yaml";
import { clouds } from "../components/kernel/cloud.ts";
import { rehearsed } from "../rehearsal/rehearsed.ts";
import { listen } from "./monitor.ts";
import { sdks } from "./sdks.ts";

const rounds = 5;
const root = new URL("../", import.meta.url);
const runner = createRequire(import.meta.url).resolve("@pulumi/pulumi/cmd/run");
const [, , system = "", name = ""] = process.argv;
const cloud = clouds.find(known => known === name) ?? "aws";
const { stack, values, secretKeys } = await rehearsed({ system, cloud, environment: "prod" }, root);
const { nodeargs }: { readonly nodeargs: string } = parse(readFileSync(new URL("Pulumi.yaml", root), "utf8")).runtime.options;
const monitor = await listen();

async function secondsTo(args: readonly string[]): Promise<number> {
  const settings = {
    monitor: monitor.address,
    engine: monitor.address,
    project: "strata",
    stack,
    pwd: fileURLToPath(root),
    parallel: "16",
  };
  const words = [...Object.entries(settings).flatMap(([key, value]) => [`--${key}`, value]), "--dry-run", "bench/started.ts", ...args];
  const env = {
    ...process.env,
    PULUMI_CONFIG: JSON.stringify(values),
    PULUMI_CONFIG_SECRET_KEYS: JSON.stringify(secretKeys),
    PULUMI_NODEJS_TYPESCRIPT: "false",
  };
  const start = performance.now();
  const child = spawn(process.execPath, [...nodeargs.split(" "), runner, ...words], {
    env,
    stdio: ["ignore", "ignore", "inherit", "pipe"],
  });
  const ended = once(child, "exit");
  const said = child.stdio[3];
  if (said === null || said === undefined) throw new Error("the program has no channel 3");
  // Null when it ended without a word.
  const first = await Promise.race([once(said, "data"), ended.then(() => null)]);
  const seconds = (performance.now() - start) / 1000;
  child.kill("SIGKILL");
  await ended;
  if (first === null) throw new Error(`the program made no resource: ${monitor.complaints.join("\n")}`);
  return seconds;
}

const times: { readonly own: number; readonly empty: number }[] = [];
try {
  for (let round = 0; round < rounds; round += 1) times.push({ own: await secondsTo([]), empty: await secondsTo([sdks[cloud]]) });
  console.log(JSON.stringify(times));
} finally {
  monitor.close();
}
