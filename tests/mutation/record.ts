/** Plans every shipped platform in every environment on every cloud, and writes down what a fault could befall. */
import { planWith } from "../../cli/planner/planner.ts";
import { program } from "../../stacks/program.ts";
import { readSettings } from "../../stacks/settings.ts";
import { configOf, everyCell } from "../support/shipped.ts";
import type { Run } from "./candidates.ts";
import { hook } from "./hook.ts";
import { type Keys, type Seen, seenAs } from "./seen.ts";

export async function recordAll(said: (done: number, all: number) => void): Promise<readonly Run[]> {
  const keys: Keys = new WeakMap();
  let seen: Seen[] = [];
  let outputs: Run["outputs"][number][] = [];
  hook({
    ask: asked => asked,
    made(resource, asked) {
      keys.set(resource, `${asked.type} ${asked.name}`);
      seen.push(seenAs(asked, keys));
    },
    outputs(type, given) {
      outputs.push([type, given]);
      return given;
    },
  });
  const runs: Run[] = [];
  for (const [system, environment, cloud] of everyCell) {
    [seen, outputs] = [[], []];
    let spec: unknown = null;
    await planWith(
      told =>
        program(readSettings(), {
          planning: true,
          seen(decision) {
            spec = decision.spec;
            told(decision);
          },
        }),
      configOf({ system, environment }, cloud),
    );
    runs.push({ seen, spec, outputs });
    said(runs.length, everyCell.length);
  }
  return runs;
}
