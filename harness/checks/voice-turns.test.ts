// Tests for voice-turns: whose a response without metadata is, where something was spoken as well.
import { describe, expect, it } from "vitest"
import { read } from "./reading.ts"
import { type Row, row, traceOf } from "./trace-for-tests.ts"

/** `resp_r → e1`, with a question mark where it is in doubt. */
const answers = (...rows: Row[]) =>
  read(traceOf(rows)).responses.map(
    ({ id, create, isPlain }) => `${id} → ${create?.event_id ?? "nobody"}${isPlain ? "" : "?"}`,
  )
const told = (type: string, item_id = "item_1") => row.delivers({ type: `input_audio_buffer.${type}`, item_id })
const speech = [told("speech_started"), told("speech_stopped"), told("committed"), "quiet"] as const
const asked = [row.createsPlainly("e1"), "quiet"] as const

describe("a response without metadata is in doubt", () => {
  it("where a create without any waits, and something that was spoken", () => {
    expect(answers(...asked, ...speech, row.created("spoken"))).toEqual(["resp_spoken → e1?"])
    expect(answers(...speech, ...asked, row.created("spoken"))).toEqual(["resp_spoken → e1?"])
  })

  it("and so is the next, which is the other of the two", () => {
    const both = [...asked, ...speech, row.created("spoken"), row.done("spoken"), row.created("late")] as const
    expect(answers(...both)).toEqual(["resp_spoken → e1?", "resp_late → nobody?"])
    const third = [...both, row.done("late"), row.created("more")] as const
    expect(answers(...third).at(-1)).toBe("resp_more → nobody")
  })
})

describe("a response without metadata is plain", () => {
  it("where nothing that was spoken waits: none was, it was answered before, or the client committed it", () => {
    expect(answers(...asked, told("speech_started"), row.created("r"))).toEqual(["resp_r → e1"])
    const spoken = [...speech, row.created("spoken"), row.done("spoken"), ...asked] as const
    expect(answers(...spoken, row.created("r"))).toEqual(["resp_spoken → nobody", "resp_r → e1"])
    expect(answers(told("committed"), ...asked, row.created("r"))).toEqual(["resp_r → e1"])
  })

  it("where the session makes no responses to speech", () => {
    const session = (turn_detection: object | null) =>
      row.delivers({ type: "session.updated", session: { audio: { input: { turn_detection } } } })
    expect(answers(session(null), ...asked, ...speech, row.created("r"))).toEqual(["resp_r → e1"])
    const silent = session({ type: "server_vad", create_response: false })
    expect(answers(silent, ...asked, ...speech, row.created("r"))).toEqual(["resp_r → e1"])
    const beta = row.delivers({ type: "session.updated", session: { turn_detection: null } })
    expect(answers(beta, ...asked, ...speech, row.created("r"))).toEqual(["resp_r → e1"])
    expect(answers(session({ type: "server_vad" }), ...asked, ...speech, row.created("r"))).toEqual(["resp_r → e1?"])
  })

  it("where the create sent metadata, which is not repeated, and out of band", () => {
    expect(answers(row.creates("e1"), ...speech, row.created("spoken"))).toEqual(["resp_spoken → nobody"])
    expect(answers(...asked, ...speech, row.created("side", null, null))).toEqual(["resp_side → nobody"])
  })
})
