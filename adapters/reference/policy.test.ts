import { describe, expect, it } from "vitest"
import { createFuture } from "./future.ts"
import { requestKey, rightPolicy } from "./policy.ts"
import type { Reply } from "./reply.ts"
import type { Request } from "./requests.ts"

const sent = (id: string, more: Partial<Request> = {}): Request => ({
  name: undefined,
  outOfBand: false,
  before: [],
  response: {},
  future: createFuture<Reply>(),
  names: new Set([id]),
  id,
  creates: 1,
  isSent: true,
  waited: false,
  isWanted: true,
  timer: undefined,
  ...more,
})

const { answerOf, refusedBy, callIn, reconnectAfterMs } = rightPolicy
const busy = { code: "conversation_already_has_active_response", message: "no", event_id: null }

describe("which request a response answers", () => {
  const mine = sent("1")

  it("is told by the metadata alone", () => {
    expect(answerOf({ metadata: { [requestKey]: "1" } }, [mine])).toEqual({ to: "request", request: mine })
    expect(answerOf({ metadata: null }, [mine])).toEqual({ to: "nobody" })
  })

  it("is none of those that were given up", () => {
    expect(answerOf({ metadata: { [requestKey]: "0" } }, [mine])).toEqual({ to: "given-up" })
    expect(answerOf({ metadata: { [requestKey]: "1" } }, [sent("1", { isWanted: false })])).toEqual({ to: "given-up" })
  })
})

describe("which request an error refuses", () => {
  const [one, two] = [sent("1"), sent("2")]
  const beside = sent("3", { outOfBand: true })

  it("is the one it names", () => {
    expect(refusedBy({ ...busy, event_id: "2" }, [one, two], 0)).toBe(two)
    expect(refusedBy({ ...busy, event_id: "9" }, [one], 0)).toBeUndefined()
  })

  it("without a name, is the only one that it can be", () => {
    expect(refusedBy(busy, [one, beside], 0)).toBe(one)
    expect(refusedBy(busy, [one, two], 0)).toBeUndefined()
    expect(refusedBy({ ...busy, code: "server_error" }, [one], 0)).toBe(one)
    expect(refusedBy({ ...busy, code: "server_error" }, [one, beside], 0)).toBeUndefined()
  })

  it("without a name, is none when it may be about something else", () => {
    expect(refusedBy({ ...busy, code: "response_cancel_not_active" }, [one], 0)).toBeUndefined()
    expect(refusedBy({ ...busy, code: "server_error" }, [one], 1)).toBeUndefined()
  })
})

it("takes a call for one only when its item is completed", () => {
  const item = { type: "function_call", call_id: "call_1", status: "incomplete" }
  expect(callIn({ type: "response.function_call_arguments.done", call_id: "call_1" })).toBeUndefined()
  expect(callIn({ type: "response.output_item.done", item })).toBeUndefined()
  const completed = { ...item, status: "completed" }
  expect(callIn({ type: "response.output_item.done", item: completed })).toEqual(completed)
})

it("connects again at growing distances, five times", () => {
  expect([0, 1, 2, 3, 4, 5].map(reconnectAfterMs)).toEqual([500, 1_000, 2_000, 4_000, 8_000, undefined])
})
