// What `npx rtspec run` does here. Begin with one scenario; "*" is the whole catalogue.
import { defineConfig } from "rtspec"

export default defineConfig({
  adapter: "./rtspec/client.adapter.ts",
  ledger: "./rtspec/ledger.json",
  scenarios: ["FIRST_SCENARIO"],
  out: "rtspec-report",
})
