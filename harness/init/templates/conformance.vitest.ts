// The scenarios as tests: npx vitest run rtspec
import { conformance } from "rtspec/vitest"

// The client runs in a process of its own, where Vitest does not see it. These are what it watches; add where your client lies.
// @ts-expect-error: of Vite, whose types not every project has
import.meta.glob(["./*.ts", "./*.json", "../src/**/*"], { query: "?raw" })

conformance(new URL("./client.adapter.ts", import.meta.url), {
  scenarios: ["FIRST_SCENARIO"],
  ledger: new URL("./ledger.json", import.meta.url),
})
