/** Runs the suites against one fault, the quickest first, until a test sees it. */
import { spawn } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { type Cloud, clouds } from "../../components/kernel/cloud.ts";
import type { Fault } from "./fault.ts";
import { type Failure, failuresOf } from "./verdict.ts";

const root = fileURLToPath(new URL("../../", import.meta.url));

export interface Suite {
  readonly name: string;
  readonly files: readonly string[];
  readonly rehearsal: boolean;
  /** Tests of one cloud alone, by their titles: no other cloud's can see a fault of its resource. */
  readonly of: ((cloud: Cloud) => string) | null;
}

const inventory = { name: "inventory", files: ["tests/inventory.test.ts"], rehearsal: false, of: (cloud: Cloud) => `\\.${cloud}\\.yaml` };
const shipped = { name: "shipped", files: ["tests/shipped.test.ts"], rehearsal: false };
/** A third of the plans: a first look, before every test looks. */
const shippedOnCloud = { ...shipped, name: "shipped, its cloud", of: (cloud: Cloud) => `\\b${cloud}\\b` };

/** In order of what they cost for what they see. */
export function suites(): readonly Suite[] {
  const testsIn = (folder: string): readonly string[] =>
    existsSync(join(root, folder))
      ? readdirSync(join(root, folder), { recursive: true, encoding: "utf8" })
          .filter(file => file.endsWith(".test.ts"))
          .map(file => `${folder}/${file.replaceAll("\\", "/")}`)
          .toSorted()
      : [];
  const rehearsal = testsIn("tests/rehearsal");
  const first = [...inventory.files, ...shipped.files];
  const rest = testsIn("tests").filter(file => !first.includes(file) && !rehearsal.includes(file) && !file.startsWith("tests/mutation/"));
  const all: readonly Suite[] = [
    inventory,
    shippedOnCloud,
    { ...shipped, of: null },
    { name: "rest", files: rest, rehearsal: false, of: null },
    { name: "rehearsal", files: rehearsal, rehearsal: true, of: null },
  ];
  return all.filter(({ files }) => files.length > 0);
}

export interface Limits {
  readonly workers: number;
  readonly seconds: number;
}

export interface Outcome {
  readonly failures: readonly Failure[];
  /** Why there is no report, where there is none. */
  readonly broke: string | null;
}

/** The cloud whose resource a fault befalls; null where it may show on any. */
function cloudOf(fault: Fault | null): Cloud | null {
  if (fault?.at !== "resource") return null;
  const first = fault.type.split(/[-:]/, 1)[0];
  return clouds.find(cloud => cloud === first) ?? null;
}

function titles(suite: Suite, fault: Fault | null): readonly string[] {
  const cloud = cloudOf(fault);
  return suite.of === null || cloud === null ? [] : [`--testNamePattern=${suite.of(cloud)}`];
}

/** One suite, with a fault or without. `bail` ends it at the first failure. */
export async function run(suite: Suite, fault: Fault | null, bail: boolean, { workers, seconds }: Limits): Promise<Outcome> {
  const folder = mkdtempSync(join(tmpdir(), "strata-fault-"));
  const report = join(folder, "report.json");
  const args = ["run", "--config", "vitest.mutation.ts", "--reporter=json", `--outputFile=${report}`, ...(bail ? ["--bail=1"] : [])];
  const env = {
    ...process.env,
    STRATA_FAULT: fault === null ? "" : JSON.stringify(fault),
    STRATA_SUITE: suite.rehearsal ? "rehearsal" : "standard",
    STRATA_WORKERS: String(workers),
  };
  try {
    const inTime = await ended(["node_modules/vitest/vitest.mjs", ...args, ...titles(suite, fault), ...suite.files], env, seconds);
    if (!inTime) return { failures: [], broke: `no end after ${seconds} s` };
    if (!existsSync(report)) return { failures: [], broke: "the run left no report" };
    return { failures: failuresOf(JSON.parse(readFileSync(report, "utf8"))), broke: null };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Whether a process ended by itself; one that does not is ended with all it started. */
function ended(args: readonly string[], env: NodeJS.ProcessEnv, seconds: number): Promise<boolean> {
  const child = spawn(process.execPath, [...args], { cwd: root, env, stdio: "ignore", detached: true });
  const { promise, resolve } = Promise.withResolvers<boolean>();
  const stop = (): void => {
    if (child.pid !== undefined) process.kill(-child.pid, "SIGKILL");
  };
  const interrupted = (): never => {
    stop();
    process.exit(130);
  };
  for (const signal of ["SIGINT", "SIGTERM"]) process.once(signal, interrupted);
  const timer = setTimeout(() => {
    resolve(false);
    stop();
  }, seconds * 1000);
  child.once("close", () => {
    clearTimeout(timer);
    for (const signal of ["SIGINT", "SIGTERM"]) process.off(signal, interrupted);
    resolve(true);
  });
  return promise;
}

export interface Judged {
  /** The suite and the test that saw it; null where nothing did. */
  readonly by: { readonly suite: string; readonly failure: Failure } | null;
  /** What broke on the way without saying what is wrong. */
  readonly crashes: readonly string[];
}

export async function judge(fault: Fault, among: readonly Suite[], limits: Limits): Promise<Judged> {
  const crashes: string[] = [];
  for (const suite of among) {
    if (suite.name === shippedOnCloud.name && cloudOf(fault) === null) continue;
    const quick = await run(suite, fault, true, limits);
    const silent = quick.failures.length > 0 && !quick.failures.some(({ tells }) => tells);
    // What came first only crashed: another test may say what is wrong.
    const { failures, broke } = silent ? await run(suite, fault, false, limits) : quick;
    const failure = failures.find(({ tells }) => tells);
    if (failure !== undefined) return { by: { suite: suite.name, failure }, crashes };
    crashes.push(
      ...failures.map(({ test, said }) => `${suite.name}: ${test}: ${said}`),
      ...(broke === null ? [] : [`${suite.name}: ${broke}`]),
    );
  }
  return { by: null, crashes };
}
