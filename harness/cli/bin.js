#!/usr/bin/env node
// The command. Our sources are TypeScript, which Node 20 reads with the help of tsx.
import { register } from "tsx/esm/api"

register()
const { main } = await import("./main.ts")
process.exitCode = await main(process.argv.slice(2))
