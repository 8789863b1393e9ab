#!/usr/bin/env node
// The command. Our sources are TypeScript, which Node 20 reads with the help of tsx.
import { register } from "tsx/esm/api"

// The reader of a pipe may have seen enough: that is no failure.
process.stdout.on("error", (error) => process.exit(error.code === "EPIPE" ? 0 : 3))

register()
// A scenario that cannot be stops every command, before it begins.
const { main } = await import("./main.ts").catch((error) => {
  if (error.name !== "ScenarioFault") throw error
  console.error(`rtspec: ${error.message}`)
  process.exit(2)
})
process.exitCode = await main(process.argv.slice(2))
