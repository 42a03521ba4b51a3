import { defineConfig } from "vitest/config";

/** The suite on the real engine: slower, and each file drives deploys of its own. */
export default defineConfig({
  test: {
    include: ["tests/rehearsal/**/*.test.ts"],
    pool: "forks",
    isolate: false,
    maxWorkers: 2,
    testTimeout: 300_000,
    hookTimeout: 300_000,
  },
});
