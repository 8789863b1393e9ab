// The scenarios as tests: node --import tsx --test rtspec/conformance.test.ts
import { conformance } from "rtspec/node-test"

conformance(new URL("./client.adapter.ts", import.meta.url), {
  scenarios: ["FIRST_SCENARIO"],
  ledger: new URL("./ledger.json", import.meta.url),
})
