// Tests for attribution.
import { describe, expect, it } from "vitest"
import { attribution } from "./attribution.ts"
import { responsesVerdictOf, wire } from "./responses-for-tests.ts"
import { type Row, row } from "./trace-for-tests.ts"

const judged = (...rows: Row[]) => responsesVerdictOf(attribution, rows)
const waiting = [...wire.turn("a", "x"), ...wire.asks("b")]

describe("fails", () => {
  it("a request that settles by the repeated end of another", () => {
    const { messages, violations } = judged(...waiting, wire.ends("x"), row.resolves("b"))
    expect(messages).toEqual([
      'response.completed ended resp_x; it must not settle the stream future of "b", which was resolved before it was answered.',
    ])
    expect(violations).toMatchObject([{ cause: 9, offence: 10 }])
  })

  it("a request that settles by the response.failed behind another's error", () => {
    const rows = [...wire.asks("a"), wire.errs("invalid_prompt"), row.rejects("a"), ...wire.asks("b")]
    expect(judged(...rows, wire.ends("refused", "failed"), row.rejects("b")).violations).toHaveLength(1)
  })

  it("a running request that is cut short by a late end", () => {
    const { messages } = judged(...waiting, wire.created("y"), "quiet", wire.ends("x"), row.resolves("b"))
    expect(messages[0]).toContain("while its own response resp_y was under way")
  })
})

describe("is fair to", () => {
  it("what settles by its own end", () => {
    const rows = [...waiting, wire.ends("x"), "quiet", wire.created("y"), wire.ends("y"), row.resolves("b")] as const
    expect(judged(...rows)).toMatchObject({ fired: 3, violations: [] })
  })

  it("what the app takes back, or its connection loses, in that round", () => {
    const cancel = row.performs({ do: "cancel", request: "b" })
    expect(judged(...waiting, wire.ends("x"), cancel, row.resolves("b")).violations).toEqual([])
    expect(judged(...waiting, wire.ends("x"), row.drops(), row.rejects("b")).violations).toEqual([])
  })

  it("an end that nobody can tell whose it is", () => {
    expect(judged(...waiting, wire.ends("strange"), row.resolves("b")).violations).toEqual([])
    const doubted = [...wire.asks("a"), ...wire.asks("b"), "quiet", wire.ends("strange")] as const
    const next = ["quiet", wire.created("y"), "quiet", wire.ends("y"), row.resolves("a")] as const
    expect(judged(...doubted, ...next).violations).toEqual([])
    expect(judged(...doubted, wire.creates([wire.said("a")]), ...next).violations).toHaveLength(1)
  })

  it("an error behind one, which may be of what waits", () => {
    const running = [...wire.asks("a"), wire.created("x"), ...wire.asks("b"), "quiet"] as const
    const fails = ["quiet", wire.errs("server_error"), row.rejects("b")] as const
    expect(judged(...running, wire.ends("strange", "failed"), ...fails).violations).toEqual([])
    expect(judged(...running, ...fails).violations).toHaveLength(1)
  })

  it("the connection's limit, which ends all that is on it", () => {
    const limit = wire.errs("websocket_connection_limit_reached")
    expect(judged(...waiting, ...wire.asks("c", { lane: "left" }), limit, row.rejects("c")).violations).toEqual([])
  })

  it("a successor that does not come, since the steering was given back in that round", () => {
    const steered = [
      ...wire.turn("a", "x"),
      row.opens("next", "reply", "a"),
      ...wire.asks("b", { lane: "left" }),
    ] as const
    const failed = row.delivers({ type: "response.steer.failed", steer: { previous_response_id: "resp_x" } })
    const end = wire.errs("invalid_prompt", { lane: "left" })
    expect(judged(...steered, failed, end, row.rejects("next"), row.rejects("b")).violations).toEqual([])
    expect(judged(...steered, end, row.rejects("next"), row.rejects("b")).violations).toHaveLength(1)
    const limit = wire.errs("websocket_connection_limit_reached", { lane: "left" })
    expect(judged(...steered, limit, row.rejects("next"), row.rejects("b")).violations).toEqual([])
    expect(judged(...steered, failed, "quiet", end, row.rejects("next"), row.rejects("b")).violations).toHaveLength(1)
  })
})
