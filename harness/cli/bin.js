#!/usr/bin/env node
// The command. In a checkout our sources are TypeScript, which Node 20 reads with the help of tsx; a package has dist/.
import { existsSync } from "node:fs"

// The reader of a pipe may have seen enough: that is no failure.
process.stdout.on("error", (error) => process.exit(error.code === "EPIPE" ? 0 : 3))

const isCheckout = existsSync(new URL("./main.ts", import.meta.url))
if (isCheckout) (await import("tsx/esm/api")).register()
// A scenario that cannot be stops every command, before it begins.
const { main } = await import(isCheckout ? "./main.ts" : "../../dist/harness/cli/main.js").catch((error) => {
  if (error.name !== "ScenarioFault") throw error
  console.error(`rtspec: ${error.message}`)
  process.exit(2)
})
process.exitCode = await main(process.argv.slice(2))
