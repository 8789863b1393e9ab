// Each goal of Realtime is reached by the smallest trace that shows it, and by no quiet one.
import { describe, expect, it } from "vitest"
import { goalsOf, goalsReached } from "./goals.ts"
import { row, traceOf } from "./trace-for-tests.ts"

type Rows = Parameters<typeof traceOf>[0]

const busy = "conversation_already_has_active_response"
const open = [row.connects(), row.session(), "quiet"] as const
const asked = [...open, row.requests("a"), row.opens("f", "reply", "a"), row.creates("e1"), "quiet"] as const
const active = [...asked, row.created("r", "e1"), "quiet"] as const
const spoke = (label: string) => row.textDelta(label)
const turnDetected = row.delivers({
  type: "response.done",
  response: { id: "resp_r", status: "cancelled", status_details: { type: "cancelled", reason: "turn_detected" } },
})
const halfCall = row.delivers({
  type: "response.output_item.done",
  response_id: "resp_r",
  item: { type: "function_call", call_id: "c", name: "t", status: "incomplete", arguments: "{" },
})

const reached: Readonly<Record<string, Rows>> = {
  "cancel-crosses-done": [...active, row.cancels("resp_r"), row.done("r")],
  "cancel-before-created": [...asked, row.performs({ do: "cancel", request: "a" })],
  "late-created": [...asked, row.rejects("f"), row.created("r", "e1")],
  "drop-before-the-first-delta": [...active, row.drops()],
  "responses-interleaved": [...active, row.created("s"), spoke("r"), spoke("s"), spoke("r")],
  "out-of-band-beside-default": [...active, row.created("s", null, null)],
  "error-after-terminal": [...active, row.done("r"), row.isBusy("e2")],
  "error-without-event-id": [...active, row.isBusy(null)],
  "create-crosses-created": [...asked, row.created("spoken"), row.isBusy("e1")],
  "create-kept-back": [...active, row.requests("b"), row.done("r"), row.creates("e2")],
  "half-open": [...open, row.goesSilent()],
  "refused-upgrade": [row.connects(), row.refuses(1)],
  "turned-away": [row.connects(), row.errs(null, "invalid_api_key"), row.closes(3000)],
  "reconnect-with-a-pending-request": [...asked, row.drops(), row.connects(2), row.session(2)],
  "session-expires-mid-response": [...active, row.errs(null, "session_expired")],
  "tool-call-interrupted": [...active, halfCall],
  "tool-output-before-done": [...active, row.sendsOutput("c")],
  "duplicate-terminal": [...active, row.done("r"), row.done("r")],
  "malformed-mid-response": [...active, { lane: "server", kind: "text", connection: 1, text: "{" }],
  "barge-in": [...active, turnDetected],
  "idle-timeout": [...open, row.delivers({ type: "input_audio_buffer.timeout_triggered", item_id: "i" })],
}

describe("goals", () => {
  it.each(goalsOf.realtime.map(({ id }) => id))("%s is reached", (id) => {
    expect(goalsReached(traceOf(reached[id] ?? []))).toContain(id)
  })

  it("has an example of each, and no other", () => {
    expect(Object.keys(reached).sort()).toEqual(goalsOf.realtime.map(({ id }) => id).sort())
  })

  it("are not reached by an ordinary turn", () => {
    const turn = [...active, row.resolves("f"), spoke("r"), row.done("r"), row.leaves()] as const
    expect(goalsReached(traceOf(turn))).toEqual([])
  })

  it("tells near misses apart", () => {
    const miss = (...rows: Rows) => goalsReached(traceOf(rows))
    expect(miss(...active, row.cancels("resp_r"), row.done("r", "cancelled"))).not.toContain("cancel-crosses-done")
    expect(miss(...active, spoke("r"), row.drops())).not.toContain("drop-before-the-first-delta")
    expect(miss(...active, row.created("s"), spoke("r"), spoke("s"))).not.toContain("responses-interleaved")
    expect(miss(...active, row.isBusy("e2"))).not.toContain("error-after-terminal")
    expect(miss(...active, row.done("r"), row.drops(), row.connects(2), row.session(2))).not.toContain(
      "reconnect-with-a-pending-request",
    )
    expect(miss(...open, row.errs(null, busy), row.closes(1011))).not.toContain("turned-away")
    expect(miss(...active, row.done("r"), { lane: "server", kind: "binary", connection: 1, bytes: 8 })).not.toContain(
      "malformed-mid-response",
    )
  })
})
