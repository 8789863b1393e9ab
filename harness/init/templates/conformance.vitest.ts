// The scenarios as tests: npx vitest run rtspec
import { conformance } from "rtspec/vitest"

conformance(new URL("./client.adapter.ts", import.meta.url), {
  scenarios: ["FIRST_SCENARIO"],
  ledger: new URL("./ledger.json", import.meta.url),
})
