/** Plans on one cloud or on all of them, and prints what came of it. */
import { RunError } from "@pulumi/pulumi";
import { clouds } from "../components/kernel/cloud.ts";
import { ConfigError } from "../components/kernel/errors.ts";
import { type Flags, stackConfig } from "./planner/config.ts";
import { type Plan, PlanFault } from "./planner/model.ts";
import type { PlanOptions, StackConfig } from "./planner/planner.ts";
import { sideBySide } from "./render/counts.ts";
import { paintFor } from "./render/paper.ts";
import { planText } from "./render/text.ts";

export interface PlanFlags extends Flags {
  readonly json?: boolean;
  readonly full?: boolean;
  readonly trace?: boolean;
  /** True: as a page. */
  readonly flows?: true | "mermaid" | "json";
}

/** Where a command writes, so that a test can read it. */
export interface Streams {
  readonly out: Pick<NodeJS.WriteStream, "write" | "isTTY">;
  readonly err: Pick<NodeJS.WriteStream, "write" | "isTTY">;
}

export type Planner = (config: StackConfig, options: PlanOptions) => Promise<Plan>;

export type Outcome = { readonly plan: Plan } | { readonly refused: RunError | PlanFault };

export async function outcomeOf(flags: PlanFlags, planner: Planner): Promise<Outcome> {
  try {
    const config = stackConfig(flags, new URL("../", import.meta.url));
    return { plan: await planner(config, { traces: flags.trace === true }) };
  } catch (error) {
    if (RunError.isInstance(error) || error instanceof PlanFault) return { refused: error };
    throw error;
  }
}

/** Answers the exit code. */
export async function runPlan(flags: PlanFlags, planner: Planner, streams: Streams): Promise<0 | 1> {
  if (flags.cloud === "all") return planEverywhere(flags, planner, streams);
  const outcome = await outcomeOf(flags, planner);
  if (flags.json === true) streams.out.write(json(asData(outcome)));
  else if ("plan" in outcome) streams.out.write(planText(outcome.plan, paintFor(streams.out), flags.full === true));
  else streams.err.write(`${outcome.refused.message}\n`);
  return "plan" in outcome ? 0 : 1;
}

/** The three clouds side by side; a cloud that refuses does not hide the others. */
async function planEverywhere(flags: PlanFlags, planner: Planner, { out, err }: Streams): Promise<0 | 1> {
  const outcomes: [string, Outcome][] = [];
  for (const cloud of clouds) {
    if (err.isTTY) err.write(`\rplanning on ${cloud} …\u001b[K`);
    outcomes.push([cloud, await outcomeOf({ ...flags, cloud }, planner)]);
  }
  if (err.isTTY) err.write("\r\u001b[K");
  const plans = outcomes.flatMap(([, outcome]) => ("plan" in outcome ? [outcome.plan] : []));
  const refusals = outcomes.flatMap(([cloud, outcome]) => ("plan" in outcome ? [] : [`on ${cloud}: ${outcome.refused.message}\n`]));
  if (flags.json === true)
    out.write(json({ format: 1, clouds: Object.fromEntries(outcomes.map(([cloud, outcome]) => [cloud, asData(outcome)])) }));
  else {
    if (plans.length > 0) out.write(`${sideBySide(plans, paintFor(out), flags.full === true).join("\n")}\n`);
    for (const refusal of refusals) err.write(refusal);
  }
  return refusals.length === 0 ? 0 : 1;
}

export function asData(outcome: Outcome): object {
  if ("plan" in outcome) return outcome.plan;
  const { refused } = outcome;
  if (refused instanceof PlanFault) return { format: 1, faults: refused.faults };
  return { format: 1, issues: refused instanceof ConfigError ? refused.issues : [{ path: "", problem: refused.message, remedy: "" }] };
}

export const json = (data: object): string => `${JSON.stringify(data, null, 2)}\n`;
