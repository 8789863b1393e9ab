// Tests for incremental-context-is-complete.
import { expect, it } from "vitest"
import { incrementalContextIsComplete } from "./incremental-context-is-complete.ts"
import { responsesVerdictOf, wire } from "./responses-for-tests.ts"
import type { Row } from "./trace-for-tests.ts"

const judged = (...rows: Row[]) => responsesVerdictOf(incrementalContextIsComplete, rows)
const calls = [wire.itemDone(wire.called("c1")), wire.itemDone(wire.called("c2"))]
const called = [...wire.asks("a"), wire.created("x"), ...calls, wire.ends("x"), "quiet"] as const

it("fails a continuation that leaves a call open", () => {
  expect(judged(...called, wire.creates([wire.answered("c1")], { after: "x" })).messages).toEqual([
    "A request must answer every call of resp_x; there was no output for c2 in its input.",
  ])
  expect(judged(...called, wire.creates([wire.said("b")], { after: "x" })).violations).toHaveLength(1)
})

it("fails a whole context with an open call", () => {
  expect(judged(...wire.asks("a"), wire.creates([wire.called("c1"), wire.said("b")])).messages[0]).toContain(
    "its own input",
  )
})

it("passes one that answers all, or continues from nothing", () => {
  const both = wire.creates([wire.answered("c1"), wire.answered("c2")], { after: "x" })
  expect(judged(...called, both)).toMatchObject({ fired: 1, violations: [] })
  expect(judged(...called, wire.creates([wire.said("b")]))).toMatchObject({ fired: 0, violations: [] })
})

it("is owed nothing for a call that was cut off", () => {
  const cut = [...wire.asks("a"), wire.created("x"), wire.itemDone(wire.called("c1", "incomplete")), wire.ends("x")]
  expect(judged(...cut, wire.creates([wire.said("b")], { after: "x" }))).toMatchObject({ fired: 0, violations: [] })
})
