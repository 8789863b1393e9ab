// Tests stand beside their source. Coverage is of the harness: subjects are judged by scenarios.
import { defineConfig } from "vitest/config"

export default defineConfig({
  test: {
    include: ["harness/**/*.test.ts", "adapters/**/*.test.ts", "scenarios/**/*.test.ts"],
    pool: "forks",
    coverage: {
      provider: "v8",
      include: ["harness/**/*.ts"],
      exclude: ["**/*.test.ts", "harness/bench/**"],
      reporter: ["text-summary"],
    },
  },
})
