/** Reads two sides of recorded plans, compares what has the same name, and prints what came of it. */
import { basename } from "node:path";
import type { Change } from "./planner/difference.ts";
import type { Plan } from "./planner/model.ts";
import { isFile, type Recorded, readPlans } from "./readPlans.ts";
import { type Compared, countsOf, danger, differenceText, isLoss } from "./render/difference.ts";
import type { Streams } from "./runPlan.ts";

export interface CompareFlags {
  readonly base: string;
  readonly head: string;
  readonly json?: boolean;
  readonly failOnLoss?: boolean;
}

export type Differ = (before: Plan, after: Plan) => readonly Change[];

const resourcesOf = (recorded: Recorded): number =>
  "plan" in recorded ? recorded.plan.resources.filter(({ custom }) => custom).length : 0;

function comparedOf(name: string, before: Recorded | undefined, after: Recorded | undefined, differ: Differ): Compared {
  if (after !== undefined && "refused" in after) return { name, state: "refused", side: "head", issues: after.refused };
  if (before !== undefined && "refused" in before) return { name, state: "refused", side: "base", issues: before.refused };
  if (after === undefined) return { name, state: "removed", resources: before === undefined ? 0 : resourcesOf(before) };
  if (before === undefined) return { name, state: "added", resources: resourcesOf(after) };
  return { name, state: "compared", changes: differ(before.plan, after.plan) };
}

/** One line, whatever a stranger's file is called or holds: a line of its own could be an order to the machine that runs this. */
const line = (text: string): string => `${text.replace(/\p{C}/gu, "?")}\n`;

/** Answers the exit code. */
export function runCompare({ base, head, json, failOnLoss }: CompareFlags, differ: Differ, { out, err }: Streams): 0 | 1 {
  // Two files are one plan before and after, whatever they are called.
  const name = isFile(base) && isFile(head) ? basename(head).replace(/\.json$/, "") : undefined;
  const [before, after] = [readPlans(base, name), readPlans(head, name)];
  if ("unreadable" in before || "unreadable" in after) {
    for (const side of [before, after]) for (const problem of "unreadable" in side ? side.unreadable : []) err.write(line(problem));
    return 1;
  }
  const names = [...new Set([...before.records.keys(), ...after.records.keys()])].toSorted();
  const all = names.map(each => comparedOf(each, before.records.get(each), after.records.get(each), differ));
  out.write(json === true ? `${JSON.stringify(asData(all), null, 2)}\n` : differenceText(all));
  const losses = all.flatMap(one => (one.state === "compared" ? one.changes.filter(isLoss) : []));
  if (failOnLoss !== true || losses.length === 0) return 0;
  err.write(line(`${danger(losses.length)} ${losses.map(({ name: lost }) => lost).join(", ")}`));
  return 1;
}

const asData = (all: readonly Compared[]): object => ({
  format: 1,
  plans: all.map(one => (one.state === "compared" ? { ...one, counts: countsOf(one.changes) } : one)),
});
