// Tests for errors-surface.
import { describe, expect, it } from "vitest"
import { errorsSurface } from "./errors-surface.ts"
import { row, verdictOf } from "./trace-for-tests.ts"

const can = ["reply-future", "error-event"]
const judged = (...rows: Parameters<typeof verdictOf>[1]) => verdictOf(errorsSurface, rows, can)
const asked = [row.connects(), row.requests("a"), row.opens("f", "reply", "a"), row.creates("e1"), "quiet"] as const
const started = [...asked, row.created("r", "e1"), row.resolves("f"), "quiet"] as const

describe("an error that names a create", () => {
  it("passes when its future is rejected", () => {
    expect(judged(...asked, row.errs("e1"), row.rejects("f"))).toMatchObject({ fired: 1, violations: [] })
  })

  it("fails when its future is resolved, even if an error is reported", () => {
    expect(judged(...asked, row.errs("e1"), row.seesError(), row.resolves("f")).messages).toEqual([
      'After the server refused response.create e1 (for request "a"), the reply future of "a" must be rejected; it was resolved.',
    ])
  })

  it("fails when nothing is seen of it, or only the close brings it out", () => {
    expect(judged(row.requests("a"), row.creates("e1"), "quiet", row.errs("e1"), "quiet").violations).toMatchObject([
      { cause: 2, offence: 2 },
    ])
    expect(
      judged(...asked, row.errs("e1"), 100, row.performs({ do: "close" }), row.rejects("f")).violations,
    ).toHaveLength(1)
  })

  it("is fair to a client that copes with an active response and asks again", () => {
    expect(
      judged(row.requests("a"), row.creates("e1"), "quiet", row.isBusy("e1"), "quiet", row.creates("e2")).fired,
    ).toBe(0)
    expect(
      judged(...asked, row.isBusy("e1"), "quiet", row.creates("e2"), "quiet", row.created("r", "e2"), row.resolves("f"))
        .fired,
    ).toBe(0)
  })

  it("does not fire when the caller was told of the request's failure before (V03)", () => {
    const told = [...asked, row.errs(null, "input_audio_buffer_commit_empty"), row.rejects("f"), "quiet"] as const
    expect(judged(...told, row.errs("e1")).fired).toBe(0)
  })

  it("does not fire for errors about nothing of ours, or for a subject that can show none", () => {
    expect(
      judged(row.errs(null, "response_cancel_not_active"), row.errs(null, "input_audio_buffer_commit_empty")).fired,
    ).toBe(0)
    expect(verdictOf(errorsSurface, [row.creates("e1"), row.errs("e1")], []).fired).toBe(0)
  })
})

describe("a response that failed", () => {
  it("passes with an error, a failed turn or a rejected stream", () => {
    expect(judged(...started, row.done("r", "failed"), row.seesError())).toMatchObject({ fired: 1, violations: [] })
    expect(judged(...started, row.done("r", "failed"), row.turnEnds("r", "failed")).violations).toEqual([])
    expect(
      judged(...started, row.opens("s", "stream", "a"), row.done("r", "failed"), row.rejects("s")).violations,
    ).toEqual([])
  })

  const startsAndFails = [...asked, row.created("r", "e1"), row.done("r", "failed")] as const

  it("passes when it began and failed at once, and the stream that the reply resolved with is rejected", () => {
    expect(
      judged(...startsAndFails, row.opens("s", "stream", "a", "resp_r"), row.rejects("s"), row.resolves("f")),
    ).toMatchObject({ fired: 1, violations: [] })
  })

  it("fails when it began and failed at once, and no stream of it is rejected with it", () => {
    const resolved = /^After response resp_r failed, the reply future of "a" must be rejected/
    expect(judged(...startsAndFails, row.seesError(), row.resolves("f")).messages).toEqual([
      expect.stringMatching(resolved),
    ])
    const ofAnother = [row.opens("s", "stream", "a", "resp_q"), row.rejects("s")] as const
    expect(judged(...startsAndFails, ...ofAnother, row.resolves("f")).messages).toEqual([
      expect.stringMatching(resolved),
    ])
    const later = [row.opens("s", "stream", "a", "resp_r"), row.resolves("f"), "quiet", row.rejects("s")] as const
    expect(judged(...startsAndFails, ...later).messages).toEqual([
      "The app must learn that response resp_r failed; no future was rejected and no error or failed turn was reported.",
    ])
  })

  it("passes when it began and failed at once, and an error is shown beside the stream that was handed out", () => {
    const shows = [row.opens("s", "stream", "a", "resp_r"), row.resolves("f"), row.resolves("s")] as const
    expect(judged(...startsAndFails, row.seesError(), ...shows).violations).toEqual([])
    expect(judged(...startsAndFails, ...shows).violations).toHaveLength(1)
    expect(judged(...startsAndFails, row.seesError(), "quiet", ...shows).violations).toHaveLength(1)
  })

  it("goes by the stream that tells the failure where output came with it, and by nothing else", () => {
    const ends = [row.done("r", "failed"), row.rejects("s"), row.resolves("f")] as const
    const messages = (of: "stream" | "reply", request: string, ...between: "quiet"[]) =>
      judged(
        ...asked,
        ...[row.opens("s", of, request), row.created("r", "e1"), "quiet" as const, row.textDelta("r")],
        ...between,
        ...ends,
      ).messages
    const resolved = [expect.stringMatching(/^After response resp_r failed, the reply future of "a" must be rejected/)]
    expect(messages("stream", "a")).toEqual([])
    expect(messages("stream", "a", "quiet")).toEqual(resolved)
    expect(messages("stream", "b")).toEqual(resolved)
    expect(messages("reply", "a")).toEqual(resolved)
  })

  it("fails when it looks like an answer", () => {
    expect(
      judged(
        ...started,
        row.opens("s", "stream", "a"),
        row.done("r", "failed"),
        row.resolves("s"),
        row.turnEnds("r", "completed"),
      ).messages,
    ).toEqual([
      "The app must learn that response resp_r failed; no future was rejected and no error or failed turn was reported.",
    ])
  })
})

describe("a response to a create that an error may have meant", () => {
  const other = [row.requests("z"), row.creates("e0")] as const
  const doubted = [...other, ...asked, row.isBusy(null), "quiet"] as const
  const ends = [row.created("r", "e1"), "quiet", row.done("r", "failed")] as const
  const answered = ["quiet", row.created("q", "e2"), row.resolves("f")] as const

  it("need not be told to have failed, where that was asked for again", () => {
    expect(judged(...doubted, row.creates("e2"), "quiet", ...ends, ...answered)).toMatchObject({ violations: [] })
  })

  it("need, where it was not, or where no error may have meant it", () => {
    expect(judged(...doubted, ...ends, "quiet", row.resolves("f")).violations).toHaveLength(1)
    expect(judged(...other, ...asked, row.creates("e2"), "quiet", ...ends, ...answered).violations).not.toEqual([])
  })
})

describe("a response that failed after the app cancelled it", () => {
  it("does not fire", () => {
    const cancelled = [...started, row.performs({ do: "cancel" }), row.done("r", "failed")] as const
    expect(judged(...cancelled).fired).toBe(0)
    expect(judged(...started, row.performs({ do: "cancel", request: "a" }), row.done("r", "failed")).fired).toBe(0)
  })

  it("fires when the cancel came later, or was for another", () => {
    const late = [...started, row.done("r", "failed"), "quiet", row.performs({ do: "cancel" })] as const
    expect(judged(...late).fired).toBe(1)
    expect(judged(...started, row.performs({ do: "cancel", request: "b" }), row.done("r", "failed")).fired).toBe(1)
  })
})

describe("a lost connection", () => {
  it("fails when a reply was outstanding and nobody is told", () => {
    expect(judged(...started, row.closes(1000), "quiet").messages).toEqual([
      expect.stringContaining("the server closed connection 1 with 1000"),
    ])
  })

  it("passes with a change of state", () => {
    expect(judged(...started, row.closes(1000), row.disconnected())).toMatchObject({ fired: 1, violations: [] })
  })

  it("does not fire when nothing was outstanding, or after the app closed", () => {
    expect(judged(...started, row.done("r"), row.closes(1001)).fired).toBe(0)
    expect(judged(...started, row.performs({ do: "close" }), row.closes(1000)).fired).toBe(0)
  })
})

describe("a caller who was told that the request failed, as by a time-out (C07)", () => {
  const told = [...asked, 10_000, row.rejects("f"), "quiet"] as const

  it("need not be told of what becomes of it", () => {
    expect(judged(...told, row.created("r", "e1"), row.done("r", "failed")).fired).toBe(0)
    expect(judged(...told, row.drops()).fired).toBe(0)
  })

  it("has to be, when only another request had failed", () => {
    const other = [
      ...asked,
      row.requests("b"),
      row.opens("g", "reply", "b"),
      10_000,
      row.rejects("g"),
      "quiet",
    ] as const
    expect(
      judged(...other, row.created("r", "e1"), row.resolves("f"), row.done("r", "failed")).violations,
    ).toHaveLength(1)
    expect(judged(...other, row.drops()).violations).toHaveLength(1)
  })
})

describe("a response that the app was told has failed before it ended, as by a done without an id", () => {
  it("is told", () => {
    const early = [...started, row.turnEnds("r", "failed"), "quiet", row.done("r", "failed")] as const
    expect(judged(...early)).toMatchObject({ fired: 1, violations: [] })
  })

  it("is not, when that was another, or comes with the close", () => {
    const other = [...started, row.turnEnds("x", "failed"), "quiet", row.done("r", "failed")] as const
    expect(judged(...other).violations).toHaveLength(1)
    const late = [...started, row.done("r", "failed"), 5, row.performs({ do: "close" }), row.turnEnds("r", "failed")]
    expect(judged(...late).violations).toHaveLength(1)
  })
})
