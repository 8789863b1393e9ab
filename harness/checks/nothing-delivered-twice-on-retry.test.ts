// Tests for nothing-delivered-twice-on-retry.
import { describe, expect, it } from "vitest"
import { nothingDeliveredTwiceOnRetry } from "./nothing-delivered-twice-on-retry.ts"
import { responsesVerdictOf, wire } from "./responses-for-tests.ts"
import { type Row, row } from "./trace-for-tests.ts"

const judged = (...rows: Row[]) => responsesVerdictOf(nothingDeliveredTwiceOnRetry, rows)
const second = { connection: 2 }
const again = [
  row.drops(),
  "quiet",
  wire.creates([wire.said("a")], second),
  wire.created("y", second),
  row.hears("y"),
] as const
const started = [...wire.asks("a"), wire.created("x")]

it("fails a retry that delivers after something was delivered", () => {
  const { messages } = judged(...started, wire.delta("x"), row.hears("x"), ...again)
  expect(messages).toEqual([
    '"a" was asked for again after text of resp_x had been delivered; the app then got text of resp_y, too.',
  ])
})

it("fails an event that was sent twice and delivered twice", () => {
  const twice = [wire.delta("x"), row.hears("x"), wire.delta("x"), row.hears("x")]
  expect(judged(...started, ...twice).messages).toEqual([
    "An event of resp_x came twice; the app got piece 1 of its text a second time.",
  ])
})

describe("is fair to", () => {
  it("a retry before the first word", () => {
    expect(judged(...started, ...again)).toMatchObject({ fired: 1, violations: [] })
  })

  it("what follows on a tool's output", () => {
    const called = [row.hears("x"), wire.itemDone(wire.called("c1")), wire.ends("x"), "quiet"] as const
    const follows = [wire.creates([wire.answered("c1")], { after: "x" }), wire.created("y"), row.hears("y")]
    expect(judged(...started, ...called, ...follows)).toMatchObject({ fired: 0, violations: [] })
  })

  it("a repeated event that is delivered once, or told again as a whole", () => {
    const twice = [wire.delta("x"), row.hears("x"), wire.delta("x")]
    expect(judged(...started, ...twice)).toMatchObject({ fired: 1, violations: [] })
    expect(judged(...started, ...twice, row.hears("x", { whole: true })).violations).toEqual([])
  })

  it("an event that comes late under a number that had been before: it is heard for the first time", () => {
    const next = { ...row.hears("x"), pieces: [{ label: "x", from: 2, to: 2 }] }
    const late = [wire.delta("x"), next, wire.delta("x"), row.hears("x")]
    expect(judged(...started, ...late)).toMatchObject({ fired: 1, violations: [] })
    expect(judged(...started, ...late, row.hears("x")).violations).toHaveLength(1)
  })
})
