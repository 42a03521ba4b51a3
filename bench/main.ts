/** How fast and how big: ratios within one run, so that they mean the same on any machine. Answers 1 when a limit is missed. */
import Table from "cli-table3";
import { type Cloud, clouds } from "../components/kernel/cloud.ts";
import { median, run } from "./run.ts";

const sdks: Readonly<Record<Cloud, string>> = { aws: "@pulumi/aws", azure: "@pulumi/azure-native", gcp: "@pulumi/gcp" };
const times = 5;

interface Row {
  readonly what: string;
  readonly figure: number;
  readonly limit: number;
  readonly unit: string;
  readonly detail: string;
}

const seconds = (value: number): string => `${value.toFixed(2)} s`;

/** One plan by the command, against a process that only loads what no plan can do without. */
function planOn(cloud: Cloud, system: string): { readonly rows: readonly Row[]; readonly seconds: number } {
  const load = `import * as pulumi from "@pulumi/pulumi"; import * as sdk from ${JSON.stringify(sdks[cloud])};`;
  const rounds = Array.from({ length: times }, () => ({
    plan: run(["cli/main.ts", "plan", "--system", system, "--cloud", cloud]),
    load: run(["--input-type=module", "--eval", load]),
  }));
  const [plan, bare] = [median(rounds.map(round => round.plan.seconds)), median(rounds.map(round => round.load.seconds))];
  const peak = Math.max(...rounds.map(round => round.plan.peakMiB));
  const rows = [
    {
      what: `plan of ${system} on ${cloud}, against loading the SDK`,
      figure: plan / bare,
      limit: 2.5,
      unit: "x",
      detail: `${seconds(plan)} / ${seconds(bare)}`,
    },
    { what: `peak memory of that plan on ${cloud}`, figure: peak, limit: 450, unit: "MiB", detail: "" },
  ];
  return { rows, seconds: plan };
}

function rolesOn(cloud: Cloud): Row {
  const { few, many } = JSON.parse(run(["bench/roles.ts", cloud]).output) as { readonly few: number; readonly many: number };
  const detail = `${(many * 1000).toFixed(2)} ms / ${(few * 1000).toFixed(2)} ms`;
  return { what: `200 roles on ${cloud}, against 20, time per resource`, figure: many / few, limit: 1.5, unit: "x", detail };
}

const cells = run(["bench/cells.ts"]);
const { plans, sizes } = JSON.parse(cells.output) as { readonly plans: number; readonly sizes: Readonly<Record<string, number>> };
const [largest = ""] = Object.entries(sizes).sort(([, one], [, other]) => other - one)[0] ?? [];
const single = clouds.map(cloud => planOn(cloud, largest));
const one = single.reduce((sum, plan) => sum + plan.seconds, 0) / single.length;
const rows: readonly Row[] = [
  ...single.flatMap(plan => plan.rows),
  {
    what: `${plans} plans in one process, against one plan`,
    figure: cells.seconds / one,
    limit: 14,
    unit: "x",
    detail: `${seconds(cells.seconds)} / ${seconds(one)}`,
  },
  ...clouds.map(rolesOn),
];

const table = new Table({ head: ["figure", "measured", "limit", "", ""], style: { head: [], border: [] } });
table.push(
  ...rows.map(({ what, figure, limit, unit, detail }) => [
    what,
    `${figure.toFixed(unit === "x" ? 2 : 0)} ${unit}`,
    `${limit} ${unit}`,
    detail,
    figure < limit ? "ok" : "missed",
  ]),
);
console.log(table.toString());
process.exitCode = rows.every(({ figure, limit }) => figure < limit) ? 0 : 1;
