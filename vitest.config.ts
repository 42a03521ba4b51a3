import { defineConfig } from "vitest/config";

/** Files share one module graph per worker: a cloud's SDK takes seconds to load, and every plan sets its own engine. */
export default defineConfig({
  test: {
    include: ["tests/**/*.test.ts"],
    exclude: ["tests/rehearsal/**"],
    setupFiles: ["tests/support/draws.ts"],
    pool: "forks",
    isolate: false,
    maxWorkers: 2,
    testTimeout: 60_000,
    hookTimeout: 120_000,
  },
});
