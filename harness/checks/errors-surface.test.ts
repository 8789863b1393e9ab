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
      'After the server refused response.create e1 (for "a"), the reply future of "a" must be rejected; it was resolved.',
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
