// Tests for judge, and for what all invariants promise together.
import { expect, it } from "vitest"
import { invariants } from "./all.ts"
import { invariant } from "./invariant.ts"
import { judge } from "./judge.ts"
import { row, traceOf } from "./trace-for-tests.ts"

const about = { title: "t", cites: ["x"], why: "w", protocols: ["realtime"] } as const

it("counts triggers and collects violations under the invariant's id", () => {
  const both = invariant(
    { id: "both", ...about },
    () => [{ index: 0 }, { index: 1 }],
    ({ index }) => (index ? [{ message: "m", cause: 0, offence: 1 }] : []),
  )
  const { triggered, violations, thrown } = judge(traceOf([]), [both])
  expect({ triggered, violations, thrown }).toEqual({
    triggered: { both: 2 },
    violations: [{ invariant: "both", message: "m", cause: 0, offence: 1 }],
    thrown: [],
  })
})

it("reports a checker that throws, and goes on with the others", () => {
  const throws = invariant(
    { id: "throws", ...about },
    () => [{ index: 0 }],
    () => {
      throw new Error("our bug")
    },
  )
  const fine = invariant(
    { id: "fine", ...about },
    () => [{ index: 0 }],
    () => [],
  )
  const { triggered, thrown, violations } = judge(traceOf([]), [throws, fine])
  expect(thrown).toEqual([{ invariant: "throws", error: new Error("our bug") }])
  expect(triggered).toEqual({ throws: 1, fine: 1 })
  expect(violations).toEqual([])
})

it("leaves out invariants of another protocol", () => {
  const other = invariant(
    { id: "other", ...about, protocols: ["responses"] },
    () => [{ index: 0 }],
    () => [],
  )
  expect(judge(traceOf([]), [other]).triggered).toEqual({})
})

it("has 21 invariants with ids of their own", () => {
  expect(new Set(invariants.map(({ id }) => id)).size).toBe(21)
})

it("throws at no trace, however odd", () => {
  const odd = [
    row.delivers({ type: "response.created" }),
    row.delivers({ type: "response.done", response: null }),
    row.delivers({ type: "response.done", response: { id: "resp_x", output: [null, 5, { type: "function_call" }] } }),
    row.delivers({ type: "error" }),
    row.delivers({ type: "error", error: "what" }),
    row.delivers({ type: "response.output_item.done", item: 7 }),
    row.sends({ type: "response.create", response: "x" }),
    row.sends({ type: "conversation.item.create" }),
    row.sends({ type: "conversation.item.create", item: { role: "user", content: [null, {}] } }),
    row.resolves("ghost"),
    row.leftBehind(0, 0, 0),
  ]
  expect(judge(traceOf([]), invariants).thrown).toEqual([])
  expect(judge(traceOf(odd), invariants).thrown).toEqual([])
})

it("finds nothing wrong with an ordinary conversation", () => {
  const trace = traceOf(
    [
      row.performs({ do: "connect" }),
      row.opens("c", "connect"),
      row.connects(),
      "quiet",
      row.session(),
      row.resolves("c"),
      "quiet",
      row.says("a"),
      row.opens("f", "reply", "a"),
      row.saysText("text of a"),
      row.creates("e1"),
      "quiet",
      row.created("r", "e1"),
      row.resolves("f", "resp_r"),
      row.opens("s", "stream", "a", "resp_r"),
      row.textDelta("r"),
      row.hears("r", { future: "s" }),
      "quiet",
      row.done("r"),
      row.resolves("s"),
      100,
      row.phase("healed"),
      row.phase("fresh-turn"),
      row.says("b"),
      row.opens("g", "reply", "b"),
      row.saysText("text of b"),
      row.creates("e2"),
      "quiet",
      row.created("t", "e2"),
      row.resolves("g", "resp_t"),
      row.textDelta("t"),
      row.hears("t"),
      row.done("t"),
      "quiet",
      row.phase("closing"),
      row.performs({ do: "close" }),
      row.leaves(),
      "quiet",
      row.phase("ended"),
      row.leftBehind(0, 0, 0),
    ],
    ["reply-future", "reply-stream", "text-output", "error-event"],
  )
  expect(judge(trace, invariants).violations).toEqual([])
})
