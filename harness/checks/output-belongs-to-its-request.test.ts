// Tests for output-belongs-to-its-request.
import { describe, expect, it } from "vitest"
import { outputBelongsToItsRequest } from "./output-belongs-to-its-request.ts"
import { row, verdictOf } from "./trace-for-tests.ts"

const judged = (...rows: Parameters<typeof verdictOf>[1]) => verdictOf(outputBelongsToItsRequest, rows)
const asked = [row.requests("a"), row.opens("f", "reply", "a"), row.creates("e1"), "quiet"] as const

describe("what a reply future resolves with", () => {
  it("passes its own response", () => {
    expect(judged(...asked, row.created("vad"), row.created("r", "e1"), row.resolves("f", "resp_r"))).toMatchObject({
      fired: 1,
      violations: [],
    })
  })

  it("fails a response that the server started (C04)", () => {
    expect(judged(...asked, row.created("vad"), row.resolves("f", "resp_vad")).violations).toEqual([
      {
        invariant: "output-belongs-to-its-request",
        message:
          'The reply future of "a" must be answered with its own response; it was resolved with resp_vad, which the server started by itself.',
        cause: 3,
        offence: 4,
      },
    ])
  })

  it("is fair to a client that sends no metadata and could not know", () => {
    const rows = [
      row.requests("a"),
      row.opens("f", "reply", "a"),
      row.createsPlainly("e1"),
      "quiet",
      row.created("vad"),
      row.resolves("f", "resp_vad"),
      row.isBusy("e1"),
    ] as const
    expect(judged(...rows).violations).toEqual([])
  })
})

describe("heard output", () => {
  const side = [
    row.performs({ do: "request", request: "side", outOfBand: true }),
    row.opens("s", "stream", "side"),
    row.creates("e2", { conversation: "none" }),
    "quiet",
  ] as const
  const both = [...asked, ...side, row.created("main", "e1"), row.created("side", "e2", null)] as const

  it("passes when interleaved responses are kept apart", () => {
    const rows = [...both, row.hears("main", { response: "resp_main" }), row.hears("side", { future: "s" })] as const
    expect(judged(...rows)).toMatchObject({ fired: 2, violations: [] })
  })

  it("fails under the id of another response", () => {
    expect(judged(...both, row.hears("side", { response: "resp_main" })).messages).toEqual([
      "Output reported as of resp_main must be of that response; it is of resp_side.",
    ])
  })

  it("fails out of the stream of another request", () => {
    expect(judged(...both, row.hears("main", { future: "s" })).messages).toEqual([
      'The stream future of "side" delivered output of resp_main, which answers "a".',
    ])
  })

  it("lets a reply go on in the same stream after a tool call", () => {
    const rows = [
      row.requests("a"),
      row.opens("s", "stream", "a"),
      row.creates("e1"),
      "quiet",
      row.created("r", "e1"),
      row.done("r"),
      row.sendsOutput("c1"),
      row.creates("e2"),
      "quiet",
      row.created("next", "e2"),
      row.hears("next", { future: "s" }),
    ] as const
    expect(judged(...rows)).toMatchObject({ fired: 1, violations: [] })
  })

  it("does not fire for output without a name", () => {
    expect(judged(...both, row.hears("side")).fired).toBe(0)
  })

  it("is rightly reported under the id that it came under, and under no other", () => {
    const stray = { ...row.textDelta("main"), event: { ...row.textDelta("side").event, delta: "main·1 " } }
    expect(judged(...both, stray, row.hears("main", { response: "resp_side" })).violations).toEqual([])
    expect(
      judged(...both, stray, row.textDelta("main"), row.hears("main", { response: "resp_side" })).messages,
    ).toEqual(["Output reported as of resp_side must be of that response; it is of resp_main."])
  })
})

describe("a response that was there before the request was made", () => {
  const spoken = [
    row.createsPlainly("e1"),
    row.delivers({ type: "input_audio_buffer.speech_stopped", item_id: "i" }),
    row.delivers({ type: "input_audio_buffer.committed", item_id: "i" }),
    "quiet",
    row.created("spoken"),
    "quiet",
  ] as const
  const asked = [row.requests("b"), row.opens("f", "reply", "b"), "quiet"] as const

  it("does not answer it, whoever it is of", () => {
    expect(judged(...spoken, ...asked, row.hears("spoken", { future: "f" })).messages).toEqual([
      'The reply future of "b" delivered output of resp_spoken, which was there before it was asked.',
    ])
  })

  it("may be that of a request made before, where nobody can tell, and that of a commit, which follows what was spoken", () => {
    expect(judged(...asked, ...spoken, row.hears("spoken", { future: "f" })).violations).toEqual([])
    const commit = [row.performs({ do: "commit", request: "b" }), row.opens("f", "reply", "b")] as const
    expect(judged(...spoken, ...commit, row.hears("spoken", { future: "f" })).violations).toEqual([])
  })
})
