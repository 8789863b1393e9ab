// Each goal of Responses over WebSocket is reached by the smallest trace that shows it, and by no quiet one.
import { describe, expect, it } from "vitest"
import { goalsOf, goalsReached } from "./goals.ts"
import { wire } from "./responses-for-tests.ts"
import { type Row, row, traceOf } from "./trace-for-tests.ts"

type Rows = readonly Row[]

const open: Rows = [row.connects(), row.accepts(), "quiet"]
const again: Rows = [row.connects(2), row.accepts(2), "quiet"]
const asked: Rows = [...open, ...wire.asks("a")]
const active: Rows = [...asked, wire.created("r"), "quiet"]
const sooner = { lane: "sooner" }
const later = { lane: "later" }

const reached: Readonly<Record<string, Rows>> = {
  "create-queued-behind-another": [...active, ...wire.asks("b")],
  "lanes-interleaved": [
    ...open,
    ...wire.asks("a", sooner),
    ...wire.asks("b", later),
    wire.created("r", sooner),
    wire.created("s", later),
    wire.delta("r", 1, sooner),
    wire.delta("s", 1, later),
    wire.delta("r", 2, sooner),
  ],
  "asked-after-a-failure": [...active, wire.ends("r", "failed"), ...wire.asks("b")],
  "context-forgotten": [...open, ...wire.asks("b", { after: "r" }), wire.errs("previous_response_not_found")],
  "asked-again": [
    ...open,
    ...wire.asks("b", { after: "r" }),
    wire.errs("previous_response_not_found"),
    wire.creates([wire.said("a"), wire.said("b")]),
  ],
  "limit-mid-response": [...active, wire.errs("websocket_connection_limit_reached")],
  "lost-before-the-first-word": [...asked, row.drops()],
  "lost-mid-stream": [...active, wire.delta("r"), row.drops()],
  "error-and-failed": [...active, wire.errs("invalid_prompt", { number: 4 }), wire.ends("r", "failed")],
  "error-without-a-code": [...asked, wire.errs(null)],
  "ended-incomplete": [...active, wire.ends("r", "incomplete")],
  "terminal-repeated": [...active, wire.ends("r"), wire.ends("r")],
  "abandoned-and-asked-anew": [...active, row.performs({ do: "cancel" }), row.says("b")],
  "call-answered": [
    ...active,
    wire.itemDone(wire.called("c")),
    wire.ends("r"),
    wire.creates([wire.answered("c")], { after: "r" }),
  ],
  steered: [...active, wire.steers("r")],
  "steering-given-back": [...active, row.delivers({ type: "response.steer.failed", error: { code: "x" } })],
  "warmed-up": [...open, row.sends({ type: "response.create", generate: false, input: [] })],
  "malformed-mid-answer": [...active, { lane: "server", kind: "text", connection: 1, text: "{" }],
}

const goalsOfRows = (...rows: Rows) => goalsReached(traceOf(rows, [], "responses"))

describe("goals of Responses", () => {
  it.each(goalsOf.responses.map(({ id }) => id))("%s is reached", (id) => {
    expect(goalsOfRows(...(reached[id] ?? []))).toContain(id)
  })

  it("has an example of each, and no other", () => {
    expect(Object.keys(reached).sort()).toEqual(goalsOf.responses.map(({ id }) => id).sort())
  })

  it("shares no id with Realtime", () => {
    const ids = [...goalsOf.realtime, ...goalsOf.responses].map(({ id }) => id)
    expect(new Set(ids).size).toBe(ids.length)
  })

  it("are not reached by two ordinary turns", () => {
    expect(
      goalsOfRows(...open, ...wire.turn("a", "r"), ...wire.turn("b", "s", { after: "r" }), row.leaves(), row.drops()),
    ).toEqual([])
  })

  it("tells near misses apart", () => {
    expect(goalsOfRows(...active, wire.ends("r"), ...wire.asks("b"))).not.toContain("create-queued-behind-another")
    expect(goalsOfRows(...active, wire.delta("r"), row.drops())).not.toContain("lost-before-the-first-word")
    expect(goalsOfRows(...active, row.drops())).not.toContain("lost-mid-stream")
    expect(goalsOfRows(...active, wire.ends("r", "failed"))).not.toContain("error-and-failed")
    expect(goalsOfRows(...active, row.performs({ do: "cancel" }), row.says("fresh"))).not.toContain(
      "abandoned-and-asked-anew",
    )
    expect(goalsOfRows(...asked, wire.creates([wire.said("a")]))).not.toContain("asked-again")
    expect(goalsOfRows(...asked, ...again, wire.creates([wire.said("a")], { connection: 2 }))).toContain("asked-again")
  })
})
