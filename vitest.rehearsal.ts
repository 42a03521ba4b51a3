import { defineConfig } from "vitest/config";

/** The suite on the real engine: slower, and each file drives deploys of its own. */
export default defineConfig({
  test: {
    include: ["tests/rehearsal/**/*.test.ts"],
    pool: "forks",
    isolate: false,
    maxWorkers: 2,
    testTimeout: 1_800_000,
    hookTimeout: 1_800_000,
  },
});
