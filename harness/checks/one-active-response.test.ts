// Tests for one-active-response.
import { describe, expect, it } from "vitest"
import { oneActiveResponse } from "./one-active-response.ts"
import { type Row, row, verdictOf } from "./trace-for-tests.ts"

const judged = (...rows: Parameters<typeof verdictOf>[1]) => verdictOf(oneActiveResponse, rows)

describe("fails", () => {
  it("a second create while the first is unanswered", () => {
    expect(judged(row.creates("e1"), row.creates("e2")).violations).toEqual([
      {
        invariant: "one-active-response",
        message: "response.create e2 must wait: it was sent while response.create e1 was unanswered.",
        cause: 0,
        offence: 1,
      },
    ])
  })

  it("a create while the response to an earlier one is active, even in the round of its created", () => {
    const { messages } = judged(row.creates("e1"), "quiet", row.created("r", "e1"), row.creates("e2"))
    expect(messages).toEqual(["response.create e2 must wait: it was sent while response resp_r was active."])
  })

  it("a create while a response that the server started is known to be active", () => {
    expect(judged(row.created("vad"), "quiet", row.creates("e1")).violations).toMatchObject([{ cause: 0, offence: 1 }])
  })

  it("a create right after a cancel, before response.done (K05)", () => {
    const rows = [
      row.creates("e1"),
      "quiet",
      row.created("r", "e1"),
      "quiet",
      row.cancels("resp_r"),
      row.creates("e2"),
    ] as const
    expect(judged(...rows).violations).toHaveLength(1)
  })

  it("a create when the done that was delivered is that of another response (K06)", () => {
    const rows = [
      row.created("old"),
      "quiet",
      row.done("old"),
      row.created("new"),
      "quiet",
      row.done("old"),
      "quiet",
      row.creates("e"),
    ] as const
    expect(judged(...rows).messages).toEqual([
      "response.create e must wait: it was sent while response resp_new, which the server started by itself, was active.",
    ])
  })

  it("a create while one whose future still waits is unanswered, however long", () => {
    const rows = [
      row.requests("a"),
      row.opens("f", "reply", "a"),
      row.creates("e1"),
      60_000,
      row.creates("e2"),
    ] as const
    expect(judged(...rows).messages).toEqual([
      'response.create e2 must wait: it was sent while response.create e1 (for request "a") was unanswered.',
    ])
  })
})

describe("is fair to", () => {
  it("one after another", () => {
    const rows = [
      row.creates("e1"),
      "quiet",
      row.created("r", "e1"),
      "quiet",
      row.done("r"),
      row.creates("e2"),
    ] as const
    expect(judged(...rows)).toMatchObject({ fired: 2, violations: [] })
  })

  it("a create that crosses a response which the server started", () => {
    expect(judged(row.created("vad"), row.creates("e1"), row.isBusy("e1")).violations).toEqual([])
  })

  it("a create after the first was refused, by name or by the only possible meaning", () => {
    expect(judged(row.creates("e1"), "quiet", row.errs("e1"), row.creates("e2")).violations).toEqual([])
    expect(judged(row.creates("e1"), "quiet", row.errs(null), row.creates("e2")).violations).toEqual([])
  })

  it("out-of-band responses, which may overlap", () => {
    const rows = [
      row.creates("e1"),
      row.creates("e2", { conversation: "none" }),
      "quiet",
      row.created("x", "e2", null),
      row.created("r", "e1"),
    ] as const
    expect(judged(...rows)).toMatchObject({ fired: 1, violations: [] })
    expect(judged(row.created("x", null, null), "quiet", row.creates("e1")).violations).toEqual([])
  })

  it("a create that crosses the answer to one that an error may have meant, in one chunk with it", () => {
    const asked = [row.creates("e1"), "quiet"] as const
    const error = row.errs(null, "server_error")
    expect(judged(...asked, error, row.created("r", "e1"), row.creates("e2")).violations).toEqual([])
    expect(judged(...asked, error, row.created("r", "e1"), "quiet", row.creates("e2")).violations).toHaveLength(1)
    expect(judged(...asked, row.created("r", "e1"), row.creates("e2")).violations).toHaveLength(1)
    expect(judged(...asked, row.created("r", "e1"), error, row.creates("e2")).violations).toHaveLength(1)
  })

  it("a response that was still to end when the server began the next", () => {
    const two = [row.created("r"), "quiet", row.created("vad"), "quiet"] as const
    expect(judged(...two, row.done("vad"), row.creates("e1")).violations).toEqual([])
    expect(judged(...two, row.done("r"), row.creates("e1")).messages).toEqual([
      "response.create e1 must wait: it was sent while response resp_vad, which the server started by itself, was active.",
    ])
    const side = [row.created("r"), "quiet", row.created("x", null, null), "quiet"] as const
    expect(judged(...side, row.done("x"), row.creates("e1")).violations).toHaveLength(1)
    const other = [row.created("r"), "quiet", row.created("vad", null, "conv", 2), "quiet"] as const
    expect(judged(...other, row.creates("e1")).violations).toHaveLength(1)
    expect(judged(row.created("r"), "quiet", row.creates("e1"), row.created("vad")).violations).toHaveLength(1)
  })

  it("a create that may be for a request that was given up since, or for one that had nothing to commit", () => {
    const asks = [row.performs({ do: "request", request: "b" }), row.opens("of b", "reply", "b"), row.creates("e1")]
    const commits = [row.performs({ do: "commit", request: "d" }), row.opens("of d", "reply", "d")]
    const refused = [...asks, "quiet", row.isBusy(null), "quiet"] as const
    const again = [row.creates("e2"), 1, row.rejects("of b"), row.creates("e3")] as const
    expect(judged(...refused, ...commits, ...again).violations).toEqual([])
    expect(judged(...refused, ...commits, row.creates("e2"), 1, row.creates("e3")).violations).toHaveLength(1)
  })

  it("a create that may be for a commit which the server seemed to have answered by itself", () => {
    const commits = (name: string) => [
      row.performs({ do: "commit", request: name }),
      row.opens(`of ${name}`, "reply", name),
      row.sends({ type: "input_audio_buffer.commit" }),
    ]
    const served = [...commits("b"), row.created("vad"), row.done("vad"), "quiet", ...commits("c")] as const
    const again = [row.creates("e1"), 1, row.rejects("of b"), row.creates("e2")] as const
    expect(judged(...served, ...again).violations).toEqual([])
    expect(judged(...served, row.creates("e1"), 1, row.creates("e2")).violations).toHaveLength(1)
    const settled = [...served, row.rejects("of b"), row.creates("e1"), 1, row.creates("e2")] as const
    expect(judged(...settled).violations).toHaveLength(1)
  })

  it("a create that may be for a commit which was given up in that round, as where two errors came in one chunk", () => {
    const commits = (name: string) => [
      row.performs({ do: "commit", request: name }),
      row.opens(`of ${name}`, "reply", name),
      row.sends({ type: "input_audio_buffer.commit" }),
    ]
    const waits = [...commits("d"), ...commits("f"), "quiet"] as const
    const asks = [row.creates("e1"), 10_000, row.creates("e2")] as const
    expect(judged(...waits, row.rejects("of d"), ...asks).violations).toEqual([])
    expect(judged(...waits, row.rejects("of d"), "quiet", ...asks).violations).toHaveLength(1)
    expect(judged(...waits, ...asks).violations).toHaveLength(1)
  })

  it("a create that may be for one that the app has cancelled, or for one that waits on, after ten seconds", () => {
    const asks = [row.says("c"), row.opens("of c", "reply", "c"), row.saysText("text of c")] as const
    const commits = [row.performs({ do: "commit", request: "d" }), row.opens("of d", "reply", "d")]
    const sends = row.sends({ type: "input_audio_buffer.commit" })
    const busy = [...asks, row.creates("e1"), "quiet", row.isBusy(null), ...commits, sends, "quiet"] as const
    const cancels = [row.performs({ do: "cancel" }), row.rejects("of c")] as const
    const next = (afterMs: number, ...between: readonly Row[]) =>
      judged(...busy, row.creates("e2"), "quiet", ...between, afterMs, row.creates("e3")).violations
    expect(next(10_000, ...cancels)).toEqual([])
    expect(next(9_000, ...cancels)).toHaveLength(1)
    expect(next(10_000)).toHaveLength(1)
  })

  it("the end of a response that nobody saw begin, which may be the answer to the create that waits", () => {
    const ends = (response: object, connection = 1) =>
      row.delivers({ type: "response.done", response: { status: "completed", ...response } }, connection)
    const [nameless, bears] = [row.creates("e1", { metadata: null }), row.creates("e1", { metadata: { of: "e1" } })]
    const next = (asks: typeof nameless, end: ReturnType<typeof ends>) =>
      judged(asks, "quiet", end, row.creates("e2")).violations
    expect(next(nameless, ends({ id: "resp_x" }))).toEqual([])
    expect(next(nameless, ends({ id: "resp_x", conversation_id: null }))).toHaveLength(1)
    expect(next(nameless, ends({ id: "resp_x" }, 2))).toHaveLength(1)
    expect(next(bears, ends({ id: "resp_x", metadata: { of: "e1" } }))).toEqual([])
    expect(next(bears, ends({ id: "resp_x", metadata: null }))).toHaveLength(1)
    const seen = [row.created("x", null, null), "quiet", nameless, "quiet", ends({ id: "resp_x" })] as const
    expect(judged(...seen, row.creates("e2")).violations).toHaveLength(1)
    expect(judged(ends({ id: "resp_x" }), nameless, "quiet", row.creates("e2")).violations).toHaveLength(1)
  })

  it("another connection", () => {
    expect(judged(row.creates("e1"), row.drops(), "quiet", row.creates("e2", {}, 2)).violations).toEqual([])
  })

  it("a client that gave up by time-out, or waited ten seconds for nothing", () => {
    const given = [
      row.requests("a"),
      row.opens("f", "reply", "a"),
      row.creates("e1"),
      5000,
      row.rejects("f"),
      row.creates("e2"),
    ] as const
    expect(judged(...given).violations).toEqual([])
    expect(judged(row.creates("e1"), 10_000, row.creates("e2")).violations).toEqual([])
    expect(judged(row.created("r"), 10_000, row.creates("e2")).violations).toEqual([])
  })

  it("a client that gave up by time-out, whatever else the app cancelled; what was cancelled itself still runs (C12)", () => {
    const asks = [row.requests("a"), row.opens("f", "reply", "a"), row.creates("e1")] as const
    const cancelled = (operation: { request?: string }) =>
      judged(...asks, row.performs({ do: "cancel", ...operation }), 5000, row.rejects("f"), row.creates("e2"))
        .violations
    expect(cancelled({ request: "b" })).toEqual([])
    expect(cancelled({ request: "a" })).toHaveLength(1)
    expect(cancelled({})).toHaveLength(1)
  })

  it("a client that took a done without an id, or one that came before its created, for the end", () => {
    const noId = row.delivers({ type: "response.done" })
    expect(judged(row.created("r"), "quiet", noId, row.creates("e1")).violations).toEqual([])
    expect(judged(row.done("r"), row.created("r"), "quiet", row.creates("e1")).violations).toEqual([])
  })
})

describe("a line that went silent (M04)", () => {
  const silent = [row.connects(), row.goesSilent(), "quiet", row.drops()] as const

  it("shows what was written to it when it drops; nobody knows when that was", () => {
    expect(judged(...silent, row.creates("e1"), row.creates("e2"))).toMatchObject({ fired: 2, violations: [] })
  })

  it("does not excuse a second create after one that went out before", () => {
    const rows = [row.connects(), row.creates("e1"), row.goesSilent(), "quiet", row.creates("e2")] as const
    expect(judged(...rows).violations).toHaveLength(1)
    expect(
      judged(row.connects(), row.goesSilent(), row.creates("e1", {}, 2), row.creates("e2", {}, 2)).violations,
    ).toHaveLength(1)
  })
})
