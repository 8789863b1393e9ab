// What `import … from "rtspec"` gives: the seam for adapters, and the words that scenarios are written in.
export type { Adapter, Capability, Driver, Future, Heard, Operation, Outcome, Report, Tool, World } from "./adapter.ts"
export { capabilities } from "./adapter.ts"
export { type Config, defineConfig } from "./config/config.ts"
export * from "./script/index.ts"
