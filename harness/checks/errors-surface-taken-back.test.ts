// Tests for errors-surface: where the app has taken it back, given up or closed, and what is owed to it then.
import { describe, expect, it } from "vitest"
import { errorsSurface } from "./errors-surface.ts"
import { responsesVerdictOf, wire } from "./responses-for-tests.ts"
import { type Row, row, verdictOf } from "./trace-for-tests.ts"

const can = ["reply-future", "error-event"]
const judged = (...rows: Parameters<typeof verdictOf>[1]) => verdictOf(errorsSurface, rows, can)
const asked = [row.connects(), row.requests("a"), row.opens("f", "reply", "a"), row.creates("e1"), "quiet"] as const
const started = [...asked, row.created("r", "e1"), row.resolves("f"), "quiet"] as const

describe("a loss after the app cancelled", () => {
  const side = [
    row.connects(),
    row.performs({ do: "request", request: "side", outOfBand: true }),
    row.creates("e1", { conversation: "none" }),
    "quiet",
  ] as const

  it("does not fire for what was taken back", () => {
    expect(judged(...asked, row.performs({ do: "cancel", request: "a" }), "quiet", row.drops()).fired).toBe(0)
    expect(judged(...asked, row.performs({ do: "cancel" }), "quiet", row.drops()).fired).toBe(0)
    expect(judged(...side, row.performs({ do: "cancel", request: "side" }), "quiet", row.drops()).fired).toBe(0)
  })

  it("fires for what was not: another request, or one out of band that a bare cancel spares", () => {
    expect(
      judged(...asked, row.performs({ do: "cancel", request: "b" }), "quiet", row.drops()).violations,
    ).toHaveLength(1)
    expect(judged(...side, row.performs({ do: "cancel" }), "quiet", row.drops()).violations).toHaveLength(1)
  })
})

describe("a response to a create that may be for a commit which the server seemed to have answered", () => {
  const commit = [row.performs({ do: "commit", request: "b" }), row.opens("of b", "reply", "b")] as const
  const served = [
    row.connects(),
    ...commit,
    row.sends({ type: "input_audio_buffer.commit" }),
    row.created("vad"),
  ] as const
  const asks = [row.done("vad"), "quiet", row.creates("e1"), "quiet"] as const
  const fails = [row.created("r", "e1"), "quiet", row.done("r", "failed")] as const

  it("needs no word of its failure once that was given up, and one where that waits on or was given up before", () => {
    expect(judged(...served, ...asks, row.rejects("of b"), ...fails).violations).toEqual([])
    expect(judged(...served, ...asks, ...fails, row.rejects("of a")).violations).toHaveLength(1)
    expect(judged(...served, row.rejects("of b"), ...asks, ...fails).violations).toHaveLength(1)
  })
})

describe("a response that the client had asked for by itself and given up", () => {
  const follows = [row.connects(), row.sendsOutput("c1"), row.creates("e1"), "quiet"] as const
  const late = [row.created("r", "e1"), row.cancels("resp_r"), "quiet", row.done("r", "failed")] as const

  it("needs no other word once its time-out was told", () => {
    expect(judged(...follows, row.seesError(), "quiet", ...late).fired).toBe(0)
  })

  it("needs one where nothing was told before, or where it was not cancelled before its end", () => {
    expect(judged(...follows, ...late).violations).toHaveLength(1)
    const told = [...follows, row.seesError(), "quiet", row.created("r", "e1"), "quiet"] as const
    expect(judged(...told, row.done("r", "failed")).violations).toHaveLength(1)
    expect(judged(...told, row.cancels("resp_q"), row.done("r", "failed")).violations).toHaveLength(1)
    expect(judged(...told, row.done("r", "failed"), row.cancels("resp_r")).violations).toHaveLength(1)
  })

  it("needs one where it was the app that asked", () => {
    const asks = [...asked, row.seesError(), "quiet"] as const
    expect(judged(...asks, ...late).violations).toHaveLength(1)
  })
})

describe("a response that went silent for its caller before", () => {
  const streamed = [...started, row.opens("s", "stream", "a"), "quiet"] as const
  const resolved = [...streamed, row.resolves("s"), "quiet"] as const

  it("is told by its stream, which was rejected: the loss that comes later, and its failure, need no other word", () => {
    const told = [...streamed, row.rejects("s"), "quiet"] as const
    expect(judged(...told, row.drops()).fired).toBe(0)
    expect(judged(...told, row.done("r", "failed")).fired).toBe(0)
  })

  it("is not told by a stream that ended, or that is open", () => {
    expect(judged(...resolved, row.drops()).violations).toHaveLength(1)
    expect(judged(...resolved, row.done("r", "failed")).violations).toHaveLength(1)
    expect(judged(...streamed, row.drops()).violations).toHaveLength(1)
  })
})

describe("in Responses, an app that took its request back, and whose stream has ended with that", () => {
  const judgedOf = (...rows: readonly Row[]) =>
    responsesVerdictOf(errorsSurface, [row.connects(), ...wire.asks("a"), ...rows], can)
  const refusal = wire.errs("invalid_value")

  it.each(["a", undefined])("is owed no word of what becomes of it (cancel of %s)", (request) => {
    const taken = [row.performs({ do: "cancel", ...(request ? { request } : {}) }), row.resolves("a"), "quiet"] as const
    expect(judgedOf(...taken, refusal).fired).toBe(0)
    expect(judgedOf(...taken, wire.created("x"), "quiet", wire.ends("x", "failed")).fired).toBe(0)
  })

  it("is owed one where the stream stayed open, was another's, or had ended by itself before", () => {
    const own = row.performs({ do: "cancel", request: "a" })
    const other = row.performs({ do: "cancel", request: "b" })
    expect(judgedOf(own, "quiet", refusal, row.resolves("a")).violations).toHaveLength(1)
    expect(judgedOf(other, row.resolves("a"), "quiet", refusal).violations).toHaveLength(1)
    expect(judgedOf(row.resolves("a"), "quiet", own, "quiet", refusal).violations).toHaveLength(1)
  })
})

describe("in Responses, an app that closes while the client is about to ask again", () => {
  const retries = [...can, "retry"]
  const asks = [
    row.connects(),
    row.says("a"),
    row.opens("f", "reply", "a"),
    wire.creates([wire.said("a")]),
    "quiet",
  ] as const
  const ends = [row.drops(), wire.errs("websocket_connection_limit_reached")]
  const closes = [row.performs({ do: "close" }), row.rejects("f")] as const
  const verdict = (rows: readonly Row[], able = retries) => responsesVerdictOf(errorsSurface, rows, able)

  it.each(ends)("was not owed a word ($kind)", (end) => {
    expect(verdict([...asks, end, 9_000, ...closes])).toMatchObject({ fired: 1, violations: [] })
    expect(verdict([...asks, end, 9_000, row.connects(2), row.refuses(2), 9_000, ...closes]).violations).toEqual([])
  })

  it.each(ends)("was owed one ($kind) by a client that does not ask again, or has given up", (end) => {
    expect(verdict([...asks, end, 9_000, ...closes], can).violations).toHaveLength(1)
    expect(verdict([...asks, end, 10_001, ...closes]).violations).toHaveLength(1)
  })

  it.each(ends)("was not owed one ($kind) where it may have asked again over a line that had gone silent", (end) => {
    const other = [row.connects(2), row.goesSilent(2)] as const
    expect(verdict([...asks, ...other, end, 10_001, ...closes])).toMatchObject({ fired: 1, violations: [] })
    expect(verdict([...asks, ...other, row.drops(2), end, 10_001, ...closes]).violations).toHaveLength(1)
  })

  it("was not owed one of a missing parent where it asked again over such a line, as shows when that is dropped", () => {
    const other = [row.connects(2), row.goesSilent(2)] as const
    const missing = [wire.errs("previous_response_not_found"), "quiet"] as const
    const continued = [row.connects(), ...wire.asks("a", { after: "x" }), ...other, ...missing] as const
    const again = wire.creates([wire.said("a")], { connection: 2 })
    const rejected = [row.performs({ do: "close" }), row.rejects("a")] as const
    expect(verdict([...continued, ...rejected, again])).toMatchObject({ fired: 0 })
    expect(verdict([...continued, ...rejected]).violations).toHaveLength(1)
    expect(
      verdict([...continued, ...rejected, wire.creates([wire.said("b")], { connection: 2 })]).violations,
    ).toHaveLength(1)
  })

  it("was owed one of a reply that was heard in part, which may not be asked for again (W15)", () => {
    const heard = [...asks, wire.created("x"), wire.delta("x"), row.hears("x"), "quiet"] as const
    expect(verdict([...heard, row.drops(), 3, ...closes]).violations).toHaveLength(1)
  })

  it("is not told that it was answered", () => {
    expect(verdict([...asks, row.drops(), 3, row.performs({ do: "close" }), row.resolves("f")]).messages).toEqual([
      'After connection 1 was dropped, the reply future of "a" must be rejected; it was resolved.',
    ])
  })
})

it("in Responses a response that nobody asked for is nobody's loss; in Realtime the server began it", () => {
  const rows = [row.connects(), wire.created("x"), "quiet", row.drops()] as const
  expect(responsesVerdictOf(errorsSurface, rows, [...can])).toMatchObject({ fired: 0 })
  const begun = [row.connects(), row.created("x"), "quiet", row.drops()] as const
  expect(judged(...begun).violations).toHaveLength(1)
})

describe("an app that closes while another response is in the way of what it asked", () => {
  const asked = [row.connects(), row.created("other"), row.says("a"), row.opens("f", "reply", "a")] as const
  const refused = [...asked, row.saysText("text of a"), row.creates("e1"), "quiet", row.isBusy("e1"), 1] as const
  const closes = [row.performs({ do: "close" }), row.rejects("f")] as const

  it("was not owed a word", () => {
    expect(judged(...refused, ...closes)).toMatchObject({ fired: 1, violations: [] })
  })

  it("was owed one once that had ended, and no other create had come of it", () => {
    expect(judged(...refused, row.done("other"), 1, ...closes).violations).toHaveLength(1)
  })
})
