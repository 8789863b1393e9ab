// Tests for cancel-hits-its-own-response.
import { describe, expect, it } from "vitest"
import { cancelHitsItsOwnResponse } from "./cancel-hits-its-own-response.ts"
import { row, verdictOf } from "./trace-for-tests.ts"

const judged = (...rows: Parameters<typeof verdictOf>[1]) => verdictOf(cancelHitsItsOwnResponse, rows)

/** Request a is unanswered while a response that the server started is active. */
const crossed = [
  row.requests("a"),
  row.opens("f", "reply", "a"),
  row.creates("e1"),
  row.created("vad"),
  10_000,
] as const

describe("a request that timed out while another response is active (C08)", () => {
  it("passes when the client waits for the late response and cancels that", () => {
    const rows = [
      ...crossed,
      row.rejects("f"),
      100,
      row.done("vad"),
      row.created("late", "e1"),
      row.cancels("resp_late"),
    ] as const
    expect(judged(...rows)).toMatchObject({ fired: 1, violations: [] })
  })

  it("fails a cancel without response_id, and one that names the other response", () => {
    expect(judged(...crossed, row.rejects("f"), row.cancels()).violations).toEqual([
      {
        invariant: "cancel-hits-its-own-response",
        message:
          'Because "a" was given up, response.cancel may only stop its response; it has no response_id and would hit resp_vad, which the server started.',
        cause: 4,
        offence: 5,
      },
    ])
    expect(judged(...crossed, row.cancels("resp_vad"), row.rejects("f")).messages).toEqual([
      expect.stringContaining("it names resp_vad"),
    ])
  })

  it("passes a cancel without id when nothing is known to be active", () => {
    const rows = [
      row.requests("a"),
      row.opens("f", "reply", "a"),
      row.creates("e1"),
      10_000,
      row.rejects("f"),
      row.cancels(),
    ] as const
    expect(judged(...rows).violations).toEqual([])
  })

  it("allows stopping a response whose own stream was given up, though nobody had asked for it", () => {
    const streams = [row.opens("s", "stream", undefined, "resp_vad"), 10_000] as const
    expect(judged(...crossed, ...streams, row.rejects("s"), row.rejects("f"), row.cancels("resp_vad"))).toMatchObject({
      violations: [],
    })
    expect(judged(...crossed, ...streams, row.rejects("f"), row.cancels("resp_vad")).violations).toHaveLength(1)
  })

  it("allows stopping what the user spoke over", () => {
    const speech = row.delivers({ type: "input_audio_buffer.speech_started" })
    expect(judged(...crossed, speech, row.rejects("f"), row.cancels()).violations).toEqual([])
  })
})

it("proves nothing by what was written on a line that had gone silent: when, nobody knows (M04)", () => {
  const lost = ["quiet", row.drops(), row.cancels("resp_vad"), row.rejects("f")] as const
  expect(judged(row.connects(), ...crossed, row.goesSilent(), ...lost).violations).toEqual([])
  expect(judged(row.connects(), ...crossed, ...lost).violations).toHaveLength(1)
})

describe("a performed cancel", () => {
  const both = [
    row.requests("main"),
    row.creates("e1"),
    "quiet",
    row.created("main", "e1"),
    "quiet",
    row.performs({ do: "request", request: "side", outOfBand: true }),
    row.creates("e2", { conversation: "none" }),
    "quiet",
    row.created("side", "e2", null),
    "quiet",
  ] as const

  it("stops the response of the request it names", () => {
    expect(judged(...both, row.performs({ do: "cancel", request: "side" }), row.cancels("resp_side"))).toMatchObject({
      fired: 1,
      violations: [],
    })
  })

  it("fails when it would hit the default response instead of the out-of-band one", () => {
    expect(judged(...both, row.performs({ do: "cancel", request: "side" }), row.cancels()).messages).toEqual([
      expect.stringContaining("would hit resp_main, which answers another request"),
    ])
  })

  it("means the active response when it names no request", () => {
    expect(judged(...both, row.performs({ do: "cancel" }), row.cancels()).violations).toEqual([])
  })
})

it("does not fire for cancels of the client's own making", () => {
  expect(judged(row.created("vad"), "quiet", row.cancels()).fired).toBe(0)
})
