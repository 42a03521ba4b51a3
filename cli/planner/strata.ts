/** The planner over the very program that a deploy runs. */
import { program } from "../../stacks/program.ts";
import { readSettings } from "../../stacks/settings.ts";
import type { Plan } from "./model.ts";
import { type PlanOptions, planWith, type StackConfig } from "./planner.ts";

/** Placeholders may stand in for what only a deploy must be given. */
export const planStack = (config: StackConfig, options: PlanOptions = {}): Promise<Plan> =>
  planWith(async seen => program(readSettings(), { planning: true, seen }), config, options);
