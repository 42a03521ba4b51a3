import { basename } from "node:path";
import { defineConfig } from "vitest/config";
import { BaseSequencer, type TestSpecification } from "vitest/node";

/** What takes longest begins first, so that no worker is left alone with it at the end. */
const longest = ["creates", "recovery", "life-cycle", "blast-engine", "protection", "secrets", "blast-aws", "blast-azure", "blast-gcp"];
const rank = ({ moduleId }: TestSpecification): number => {
  const found = longest.indexOf(basename(moduleId, ".test.ts"));
  return found === -1 ? longest.length : found;
};

class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    return files.toSorted((one, other) => rank(one) - rank(other));
  }
}

/** The suite on the real engine: slower, and each file drives deploys of its own. */
export default defineConfig({
  test: {
    include: ["tests/rehearsal/**/*.test.ts"],
    sequence: { sequencer: LongestFirst },
    pool: "forks",
    isolate: false,
    maxWorkers: 2,
    testTimeout: 1_800_000,
    hookTimeout: 1_800_000,
  },
});
