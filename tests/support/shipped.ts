/** Every shipped platform in every environment of its file, and its plans; one is planned once, however many tests look at it. */
import { readdirSync } from "node:fs";
import { stackConfig } from "../../cli/planner/config.ts";
import type { Plan } from "../../cli/planner/model.ts";
import type { PlanOptions, StackConfig } from "../../cli/planner/planner.ts";
import { planStack } from "../../cli/planner/strata.ts";
import { type Cloud, clouds } from "../../components/kernel/cloud.ts";
import { readSystem, shippedSystems } from "../../stacks/source.ts";

export const root = new URL("../../", import.meta.url);

/** By name: what `--system` takes. */
const shipped: Readonly<Record<string, string>> = Object.fromEntries([
  ...shippedSystems().map(name => [name, name]),
  ...readdirSync(new URL("stacks/examples/", root))
    .filter(file => file.endsWith(".yaml"))
    .map(file => [file.slice(0, -".yaml".length), `stacks/examples/${file}`]),
]);

export interface Cell {
  readonly system: string;
  readonly environment: string;
}

export const cells: readonly Cell[] = Object.entries(shipped).flatMap(([system, file]) =>
  Object.keys(readSystem(file).value?.environments ?? {}).map(environment => ({ system, environment })),
);

type Form = Cell & { readonly variant?: string | undefined };

export const configOf = ({ system, environment, variant }: Form, cloud: Cloud): StackConfig =>
  stackConfig({ system: shipped[system] ?? system, cloud, environment, ...(variant === undefined ? {} : { variant }) }, root);

const plans = new Map<string, Promise<Plan>>();

export function planOf(form: Form, cloud: Cloud, options: Pick<PlanOptions, "known"> = {}): Promise<Plan> {
  const key = [form.system, form.environment, form.variant, cloud, options.known === true].join(" ");
  const made = plans.get(key) ?? planStack(configOf(form, cloud), options);
  plans.set(key, made);
  return made;
}

/** One plan a cloud. */
export const plansOf = async (cell: Cell): Promise<Readonly<Record<Cloud, Plan>>> => {
  const [aws, azure, gcp] = [await planOf(cell, "aws"), await planOf(cell, "azure"), await planOf(cell, "gcp")];
  return { aws, azure, gcp };
};

export const everyCell: readonly (readonly [string, string, Cloud])[] = cells.flatMap(({ system, environment }) =>
  clouds.map(cloud => [system, environment, cloud] as const),
);
