import { defineConfig } from "vitest/config";

/** The tests of what decides: no cloud's SDK is loaded, so that a thousand small changes can be tried in minutes. */
export default defineConfig({
  test: {
    include: ["tests/model/**/*.test.ts", "tests/{bad-input,bad-platform,explain,layers,settings,source,schema,rules,difference}.test.ts"],
    exclude: ["tests/model/names.test.ts"],
    setupFiles: ["tests/mutation/few-trials.ts"],
    isolate: false,
    maxWorkers: 1,
    testTimeout: 60_000,
  },
});
