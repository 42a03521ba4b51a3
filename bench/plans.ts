/** Plans: ratios within one run, so that they mean the same on any machine. */
import { type Cloud, clouds } from "../components/kernel/cloud.ts";
import { type Figures, type Row, seconds } from "./rows.ts";
import { median, run } from "./run.ts";
import { sdks } from "./sdks.ts";

const times = 5;

/** One plan by the command, against a process that only loads what no plan can do without. */
function planOn(cloud: Cloud, system: string): { readonly rows: readonly Row[]; readonly seconds: number } {
  const load = `import * as pulumi from "@pulumi/pulumi"; import * as sdk from ${JSON.stringify(sdks[cloud])};`;
  const rounds = Array.from({ length: times }, () => ({
    plan: run(["cli/main.ts", "plan", "--system", system, "--cloud", cloud]),
    load: run(["--input-type=module", "--eval", load]),
  }));
  const [plan, bare] = [median(rounds.map(round => round.plan.seconds)), median(rounds.map(round => round.load.seconds))];
  const peak = Math.max(...rounds.map(round => round.plan.peakMiB));
  const rows: readonly Row[] = [
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

function widthOn(cloud: Cloud, kind: "roles" | "names"): Row {
  const { few, many } = JSON.parse(run(["bench/wide.ts", cloud, kind]).output) as { readonly few: number; readonly many: number };
  const detail = `${(many * 1000).toFixed(2)} ms / ${(few * 1000).toFixed(2)} ms`;
  return { what: `200 ${kind} on ${cloud}, against 20, time per resource`, figure: many / few, limit: 1.5, unit: "x", detail };
}

/** The middle of five processes, so that no reading is warm. */
function reachOn(cloud: Cloud, system: string): Row {
  const readings = Array.from({ length: times }, () => {
    const { output } = run(["bench/reach.ts", system, cloud]);
    return JSON.parse(output) as { readonly resources: number; readonly reaches: number; readonly ms: number };
  });
  const detail = `${readings[0]?.resources} resources, ${readings[0]?.reaches} ways`;
  return {
    what: `who reaches whom in ${system} on ${cloud}`,
    figure: median(readings.map(({ ms }) => ms)),
    limit: 300,
    unit: "ms",
    detail,
  };
}

export function planFigures(): Figures {
  const cells = run(["bench/cells.ts"]);
  const { plans, sizes } = JSON.parse(cells.output) as { readonly plans: number; readonly sizes: Readonly<Record<string, number>> };
  const [largest = ""] = Object.entries(sizes).sort(([, one], [, other]) => other - one)[0] ?? [];
  const single = clouds.map(cloud => planOn(cloud, largest));
  const one = single.reduce((sum, plan) => sum + plan.seconds, 0) / single.length;
  const all: Row = {
    what: `${plans} plans in one process, against one plan`,
    figure: cells.seconds / one,
    limit: 14,
    unit: "x",
    detail: `${seconds(cells.seconds)} / ${seconds(one)}`,
  };
  return {
    rows: [
      ...single.flatMap(plan => plan.rows),
      all,
      ...(["roles", "names"] as const).flatMap(kind => clouds.map(cloud => widthOn(cloud, kind))),
      ...clouds.map(cloud => reachOn(cloud, largest)),
    ],
    unmeasured: [],
  };
}
