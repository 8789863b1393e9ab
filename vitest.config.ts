// Tests stand beside their source. Coverage is of the harness: subjects are judged by scenarios.
import { defineConfig } from "vitest/config"

export default defineConfig({
  test: {
    include: ["harness/**/*.test.ts", "adapters/**/*.test.ts", "scenarios/**/*.test.ts"],
    pool: "forks",
    // No test waits on the wall clock; these are for machines that are slow or busy.
    testTimeout: 120_000,
    hookTimeout: 120_000,
    coverage: {
      provider: "v8",
      include: ["harness/**/*.ts"],
      exclude: ["**/*.test.ts", "harness/bench/**"],
      reporter: ["text-summary"],
    },
  },
})
