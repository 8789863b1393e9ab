// The decisions that real clients get wrong, one by one.
import { describe, expect, it } from "vitest"
import { errorOfEvent, ResponsesError } from "./errors.ts"
import { type Failed, rightPolicy } from "./policy.ts"

const { endsHere, isOwnError, asksAgainAfterMs, mayContinueFrom, outputOf } = rightPolicy

describe("a terminal event", () => {
  const lane = { current: "resp_b", over: new Set(["resp_a"]), owesFailed: false, continues: true }

  it("ends the response that it names, or the one under way where it names none that was ever seen", () => {
    expect(endsHere({ as: "completed", id: "resp_b" }, lane)).toBe(true)
    expect(endsHere({ as: "completed", id: "resp_rotated" }, lane)).toBe(true)
    expect(endsHere({ as: "completed", id: undefined }, lane)).toBe(true)
  })

  it("ends nothing where its response is over already, or nothing is under way", () => {
    expect(endsHere({ as: "completed", id: "resp_a" }, lane)).toBe(false)
    expect(endsHere({ as: "completed", id: undefined }, { ...lane, current: undefined })).toBe(false)
  })

  it("ends nothing where it is the response.failed of an error before", () => {
    const next = { ...lane, current: undefined, owesFailed: true }
    expect(endsHere({ as: "failed", id: "resp_refused" }, next)).toBe(false)
    expect(endsHere({ as: "completed", id: "resp_c" }, next)).toBe(true)
  })

  it("that is a numbered error is not of a response that has not begun", () => {
    const waiting = { ...lane, current: undefined }
    expect(isOwnError({ type: "error", sequence_number: 7 }, waiting)).toBe(false)
    expect(isOwnError({ type: "error", sequence_number: 0 }, waiting)).toBe(true)
    expect(isOwnError({ type: "error" }, waiting)).toBe(true)
    expect(isOwnError({ type: "error", sequence_number: 7 }, lane)).toBe(true)
  })

  it("that misses a parent is not of a request that continues from nothing, nor of what has begun", () => {
    const error = { type: "error", error: { code: "previous_response_not_found" } }
    expect(isOwnError(error, { ...lane, current: undefined })).toBe(true)
    expect(isOwnError(error, { ...lane, current: undefined, continues: false })).toBe(false)
    expect(isOwnError(error, lane)).toBe(false)
  })
})

it.each([
  [{ type: "error", status: 400, error: { type: "t", code: "c", message: "m", param: null } }, "c", "m"],
  [{ type: "error", error: { type: "t", code: null, message: "m", param: null } }, "t", "m"],
  [{ type: "error", code: null, message: "m", param: null, sequence_number: 2 }, "error", "m"],
  [{ type: "error", error: null }, "error", "the server reported an error without words"],
])("reads the error in %o", (event, code, message) => {
  expect(errorOfEvent(event)).toMatchObject({ code, message })
})

describe("asking again", () => {
  const failed = (code: string, more: Partial<Failed> = {}): Failed => {
    return { error: new ResponsesError(code, ""), attempts: 0, hasOutput: false, continued: true, ...more }
  }

  it("happens at once where the server has lost the context, or ends the connection", () => {
    expect(asksAgainAfterMs(failed("previous_response_not_found"))).toBe(0)
    expect(asksAgainAfterMs(failed("websocket_connection_limit_reached"))).toBe(0)
  })

  it("happens ever later, and not for ever, where the connection was lost", () => {
    const waits = [0, 1, 2, 3].map((attempts) => asksAgainAfterMs(failed("connection_lost", { attempts })))
    expect(waits).toEqual([500, 1_000, 2_000, undefined])
  })

  it("does not happen once something was delivered, for other refusals, or twice for a context told in full", () => {
    expect(asksAgainAfterMs(failed("connection_lost", { hasOutput: true }))).toBeUndefined()
    expect(asksAgainAfterMs(failed("invalid_prompt"))).toBeUndefined()
    expect(asksAgainAfterMs(failed("previous_response_not_found", { continued: false }))).toBeUndefined()
  })
})

it("continues from what has ended well, and not where a call was cut off", () => {
  expect(mayContinueFrom("completed", [{ type: "function_call" }], true)).toBe(true)
  expect(mayContinueFrom("incomplete", [{ type: "message" }], true)).toBe(true)
  expect(mayContinueFrom("incomplete", [{ type: "function_call" }], true)).toBe(false)
  expect(mayContinueFrom("failed", [], true)).toBe(false)
  expect(mayContinueFrom("completed", [], false)).toBe(false)
})

it("rebuilds the output that the terminal leaves out", () => {
  const [told, streamed] = [[{ id: "told" }], [{ id: "streamed" }]]
  expect(outputOf(told, streamed)).toBe(told)
  expect(outputOf([], streamed)).toBe(streamed)
})
