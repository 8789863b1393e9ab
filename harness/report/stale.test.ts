// Tests for stale.ts.
import { expect, it } from "vitest"
import { notCome, whatToRemove } from "./stale.ts"

it("a failure that did not come was promised by the ledger, or by the repro that was kept for it", () => {
  expect(notCome({ scenario: "turn/one" })).toBe(
    "The ledger expects a failure that did not come: remove its line from the ledger",
  )
  expect(notCome({ scenario: "regressions/fake-x" })).toBe(
    "The kept repro expects a failure that did not come: remove the repro, or shrink it again",
  )
  expect(whatToRemove({ scenario: "regressions/fake-x" })).toBe("remove the repro, or shrink it again")
})
