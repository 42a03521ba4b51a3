import { defineConfig, mergeConfig, type Plugin } from "vitest/config";
import standard from "./vitest.config.ts";
import rehearsal from "./vitest.rehearsal.ts";

const head = "export function decide(";

/** Puts the fault of a run behind every decision; the file itself stays as it is. */
const decisions: Plugin = {
  name: "faulty-decisions",
  enforce: "pre",
  transform(code, id) {
    if (!id.endsWith("/stacks/decide.ts")) return null;
    if (!code.includes(head)) throw new Error(`stacks/decide.ts no longer says "${head}": no fault can be put behind it`);
    const wrapper = [
      `import { faulty } from "../tests/mutation/decision.ts";`,
      `export const decide = (settings: Settings, facts: CloudFacts): Decision => faulty(decideWell(settings, facts));`,
    ];
    return { code: [code.replace(head, "function decideWell("), ...wrapper].join("\n"), map: null };
  },
};

/** A suite of tests with the fault that `STRATA_FAULT` describes; without one it is the suite itself. */
export default mergeConfig(
  process.env.STRATA_SUITE === "rehearsal" ? rehearsal : standard,
  defineConfig({
    plugins: [decisions],
    test: { setupFiles: ["tests/mutation/setup.ts"], maxWorkers: Number(process.env.STRATA_WORKERS ?? 2) },
  }),
);
