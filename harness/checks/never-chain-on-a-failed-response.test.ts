// Tests for never-chain-on-a-failed-response.
import { expect, it } from "vitest"
import { neverChainOnAFailedResponse } from "./never-chain-on-a-failed-response.ts"
import { responsesVerdictOf, wire } from "./responses-for-tests.ts"
import type { Row } from "./trace-for-tests.ts"

const judged = (...rows: Row[]) => responsesVerdictOf(neverChainOnAFailedResponse, rows)
const call = wire.itemDone(wire.called("c1"))
const failed = [...wire.asks("a"), wire.created("x"), call, wire.ends("x", "failed")]

it("fails a create that continues from a failed response", () => {
  const { messages } = judged(...failed, "quiet", wire.creates([wire.said("b")], { after: "x" }))
  expect(messages).toEqual([
    "resp_x had failed, so no request may continue from it; the next response.create named it as previous_response_id.",
  ])
})

it("fails one that continues from a response which an error ended", () => {
  const rows = [...wire.asks("a"), wire.created("x"), wire.errs(null), "quiet"] as const
  expect(judged(...rows, wire.creates([wire.said("b")], { after: "x" })).violations).toHaveLength(1)
})

it("fails one that answers a call of a failed response", () => {
  expect(judged(...failed, "quiet", wire.creates([wire.answered("c1"), wire.said("b")])).messages[0]).toContain("c1")
})

it("passes one that starts anew, one with the call itself, and one that crosses the failure", () => {
  expect(judged(...failed, "quiet", wire.creates([wire.said("b")]))).toMatchObject({ fired: 1, violations: [] })
  const whole = wire.creates([wire.called("c1"), wire.answered("c1"), wire.said("b")])
  expect(judged(...failed, "quiet", whole).violations).toEqual([])
  expect(judged(...failed, wire.creates([wire.said("b")], { after: "x" }))).toMatchObject({ fired: 0, violations: [] })
})

it("does not fire where nothing failed", () => {
  expect(judged(...wire.turn("a", "x"), ...wire.asks("b", { after: "x" })).fired).toBe(0)
})
