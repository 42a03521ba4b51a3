/**
 * `npm run mutate`: small changes to what decides (Stryker), then 40 faults drawn over all that the shipped platforms plan.
 * Answers 1 when too few faults are seen by a test that says what is wrong.
 */
import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import Table from "cli-table3";
import { Command, InvalidArgumentError } from "commander";
import { z } from "zod";
import { type Candidate, candidatesOf } from "./candidates.ts";
import { draw } from "./draw.ts";
import { faultText } from "./fault.ts";
import { notebook } from "./notebook.ts";
import { recordAll } from "./record.ts";
import { judge, type Limits, run, type Suite, suites } from "./suites.ts";

const root = new URL("../../", import.meta.url);

const whole = (text: string): number => {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 1) throw new InvalidArgumentError("a whole number from 1");
  return value;
};

const command = new Command("mutate")
  .description("Changes the program in small ways, and counts which changes a test sees.")
  .option("--seed <number>", "of the draw", whole, 1)
  .option("--count <number>", "faults to draw", whole, 40)
  .option("--least <number>", "faults that must be seen; 2 fewer than drawn unless said", whole)
  .option("--only <number>", "one fault by its number; Stryker is left out", whole)
  .option("--suites <names>", "of inventory, shipped, rest, rehearsal; all unless said", text => text.split(","))
  .option("--workers <number>", "test files at once", whole, 2)
  .option("--minutes <number>", "for one suite against one fault", whole, 5)
  .option("--no-stryker", "faults alone")
  .option("--no-baseline", "do not first see the suites pass without a fault")
  .option("--list", "say which faults are drawn, and run nothing")
  .option("--again", "forget what earlier runs found")
  .parse();

const Options = z.object({
  seed: z.int(),
  count: z.int(),
  least: z.int().optional(),
  only: z.int().optional(),
  suites: z.array(z.string()).optional(),
  workers: z.int(),
  minutes: z.int(),
  stryker: z.boolean(),
  baseline: z.boolean(),
  list: z.boolean().default(false),
  again: z.boolean().default(false),
});
const options = Options.parse(command.opts());
const limits: Limits = { workers: options.workers, seconds: options.minutes * 60 };

const { found, keep } = notebook(new URL(`reports/faults-${options.seed}.json`, root), options.again);

function smallChanges(): boolean {
  const args = [fileURLToPath(new URL("node_modules/@stryker-mutator/core/bin/stryker.js", root)), "run"];
  return spawnSync(process.execPath, args, { cwd: fileURLToPath(root), stdio: "inherit" }).status === 0;
}

/** Whether the suites pass as they are: otherwise everything would count as seen. */
async function sound(among: readonly Suite[]): Promise<boolean> {
  const once = among.filter((suite, index) => among.findIndex(({ files }) => files === suite.files) === index);
  for (const suite of once) {
    const { failures, broke } = await run(suite, null, true, limits);
    const wrong = broke ?? failures[0]?.test;
    console.log(`without a fault, ${suite.name}: ${wrong === undefined ? "passes" : `fails: ${wrong}`}`);
    if (wrong !== undefined) return false;
  }
  return true;
}

function shown(drawn: readonly (readonly [number, Candidate])[]): void {
  const table = new Table({ head: ["", "fault", "seen by"], colWidths: [5, 74, 74], wordWrap: true });
  for (const [number, { kind, fault }] of drawn) {
    const judged = found(fault);
    const by = judged?.by == null ? ["NOT SEEN", ...(judged?.crashes ?? [])].join("\n") : `${judged.by.suite}: ${judged.by.failure.test}`;
    table.push([number, `${kind}: ${faultText(fault)}`, by]);
  }
  console.log(table.toString());
}

const numbered = async (): Promise<readonly (readonly [number, Candidate])[]> => {
  const runs = await recordAll((done, all) => {
    if (done === all || done % 10 === 0) console.log(`planned ${done} of ${all} platforms`);
  });
  const all = candidatesOf(runs);
  console.log(`${all.length} possible faults, ${options.count} drawn with seed ${options.seed}`);
  return draw(all, options.seed, options.count).map((candidate, index) => [index + 1, candidate] as const);
};

async function faults(): Promise<boolean> {
  const all = await numbered();
  const drawn = all.filter(([number]) => options.only === undefined || options.only === number);
  for (const [number, { kind, fault }] of options.list ? drawn : []) console.log(`${number} ${kind}: ${faultText(fault)}`);
  if (options.list) return true;
  const among = suites().filter(
    ({ name }) => options.suites === undefined || options.suites.some(wanted => name === wanted || name.startsWith(`${wanted},`)),
  );
  if (options.baseline && !(await sound(among))) return false;
  for (const [number, candidate] of drawn) {
    const began = performance.now();
    const known = found(candidate.fault);
    const sure = known?.by != null;
    const judged = sure ? known : await judge(candidate.fault, among, limits);
    keep(candidate.fault, judged);
    const seconds = Math.round((performance.now() - began) / 1000);
    const by = judged.by === null ? "NOT SEEN" : `seen by ${judged.by.suite}`;
    console.log(`${number} of ${all.length}, ${sure ? "kept" : `${seconds} s`}: ${faultText(candidate.fault)}: ${by}`);
  }
  shown(drawn);
  const seen = drawn.filter(([, { fault }]) => found(fault)?.by != null).length;
  const least = options.only === undefined ? (options.least ?? options.count - 2) : 1;
  console.log(`${seen} of ${drawn.length} faults seen, ${least} wanted`);
  return seen >= least;
}

const changesSeen = !options.stryker || options.list || options.only !== undefined || smallChanges();
const faultsSeen = await faults();
process.exitCode = changesSeen && faultsSeen ? 0 : 1;
