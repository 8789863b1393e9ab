// `import { conformance } from "rtspec/vitest"`: scenarios as Vitest's tests.
import { afterAll, describe, it } from "vitest"
import { makeConformance } from "./conformance.ts"

export type { ConformanceOptions, FuzzWish } from "./conformance.ts"

/** One test a scenario: `conformance(new URL("./my-client.adapter.ts", import.meta.url), { scenarios: "turn/*" })`. What the
 * client cannot do, or the ledger expects, is skipped with its reason. `fuzz: 500` adds one test an invariant, over so many
 * generated stories. Throws UsageFault for an adapter that cannot be used. */
export const conformance = makeConformance({
  describe: (name, body) => describe(name, body),
  it: (name, body, withinMs) => it(name, { timeout: withinMs }, (context) => body((because) => context.skip(because))),
  afterAll,
})
