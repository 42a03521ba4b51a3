/** Plans, reads who reaches whom, and prints it against what was decided. */
import { clouds } from "../components/kernel/cloud.ts";
import { type FlowReport, flowReport, isAsDecided } from "./flowReport.ts";
import { flowsMermaid, flowsText } from "./render/flows.ts";
import { paintFor } from "./render/paper.ts";
import { asData, json, type Outcome, outcomeOf, type PlanFlags, type Planner, type Streams } from "./runPlan.ts";

type Read = { readonly report: FlowReport } | Exclude<Outcome, { readonly plan: unknown }>;

const readOf = (outcome: Outcome): Read => ("plan" in outcome ? { report: flowReport(outcome.plan) } : outcome);
const dataOf = (read: Read): object => ("report" in read ? read.report : asData(read));

/** Answers the exit code: 1 also where something is open or closed that was decided otherwise. */
export async function runFlows(flags: PlanFlags, planner: Planner, { out, err }: Streams): Promise<0 | 1> {
  const chosen = flags.cloud === "all" ? clouds : [flags.cloud];
  const reads: [string, Read][] = [];
  for (const cloud of chosen)
    reads.push([cloud ?? "", readOf(await outcomeOf({ ...flags, ...(cloud === undefined ? {} : { cloud }) }, planner))]);
  const data = flags.flows === "json" || flags.json === true;
  if (data && flags.cloud === "all")
    out.write(json({ format: 1, clouds: Object.fromEntries(reads.map(([cloud, read]) => [cloud, dataOf(read)])) }));
  else
    for (const [, read] of reads) {
      if (data) out.write(json(dataOf(read)));
      else if (!("report" in read)) err.write(`${read.refused.message}\n`);
      else out.write(flags.flows === "mermaid" ? flowsMermaid(read.report) : flowsText(read.report, paintFor(out)));
    }
  return reads.every(([, read]) => "report" in read && isAsDecided(read.report)) ? 0 : 1;
}
