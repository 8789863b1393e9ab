// Known failures are passed over ever more often, and never hide one that says something else.
import { expect, test } from "vitest"
import { createPatience, saidIn } from "./patience.ts"
import type { Said } from "./wording.ts"

const late: Said = { invariant: "no-late-output", wording: "… came late" }
const lateToo: Said = { invariant: "no-late-output", wording: "… was played after its end" }

/** How many cases that fail by `kind` are passed over before the next is looked into. */
function passedOver(patience: ReturnType<typeof createPatience>, said: Said): number {
  let count = 0
  while (patience.isSpent(said)) count += 1
  return count
}

test("passes over 2, 4, 8 … and at most 256 of a kind that turns out to be known each time", () => {
  const patience = createPatience()
  const passed = Array.from({ length: 10 }, () => {
    patience.note(late, false)
    return passedOver(patience, late)
  })
  expect(passed).toEqual([2, 4, 8, 16, 32, 64, 128, 256, 256, 256])
})

test("a new shape sets that back, for the first three of a kind", () => {
  const patience = createPatience()
  const passed = [true, false, true, true, true].map((isNew) => {
    patience.note(late, isNew)
    return passedOver(patience, late)
  })
  expect(passed).toEqual([0, 2, 0, 0, 2])
})

test("what says something else of the same invariant is looked into at once", () => {
  const patience = createPatience()
  for (let count = 0; count < 5; count++) patience.note(late, false)
  expect(passedOver(patience, lateToo)).toBe(0)
})

test("a kind is an invariant and its words, without names", () => {
  const violation = (invariant: string, message: string) => ({ invariant, message, cause: 0, offence: 0 })
  const violations = [
    violation("no-late-output", 'Of "first" 10 ms came late'),
    violation("no-late-output", 'Of "second" 20 ms came late'),
    violation("no-crash", 'Of "second" 20 ms came late'),
  ]
  const wording = "Of … 0 ms came late"
  expect(saidIn({ verdict: "fail", because: "", violations })).toEqual([
    { invariant: "no-late-output", wording },
    { invariant: "no-crash", wording },
  ])
  expect(saidIn({ verdict: "broken", because: "it ended", violations })).toEqual([
    { invariant: "broken: it ended", wording: "" },
  ])
})
