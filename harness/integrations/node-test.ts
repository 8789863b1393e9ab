// `import { conformance } from "rtspec/node-test"`: scenarios as tests of Node's own test runner.
import { after, describe, it } from "node:test"
import { makeConformance } from "./conformance.ts"

export type { ConformanceOptions, FuzzWish } from "./conformance.ts"

/** As `rtspec/vitest` has it. */
export const conformance = makeConformance({
  describe: (name, body) => describe(name, body),
  it: (name, body, timeout) => it(name, { timeout }, (context) => body((because) => context.skip(because))),
  afterAll: after,
})
