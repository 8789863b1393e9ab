// Every kind of expectation, met and not met, over literal traces.
import { describe, expect, it } from "vitest"
import { row, traceOf } from "../checks/trace-for-tests.ts"
import { absent, client, response, type Step, user } from "../script/index.ts"
import { type Expectation, isSettled, stillOwed, unmet, unmetAtLast } from "./expect.ts"

type Rows = Parameters<typeof traceOf>[0]

const a = response("a")
const failed = { lane: "app", kind: "settled", future: "f", as: "rejected" } as const
const busy = { ...failed, error: { name: "Error", message: "try again", code: "rate_limit_exceeded" } }
const ranTool = { lane: "app", kind: "tool-started", tool: "clock", args: "{}" } as const
const refuses = (request: string, error: object = {}) =>
  ({
    ...({ lane: "app", kind: "refused", operation: { do: "say", request, text: "Hello." } } as const),
    error: { name: "Error", message: "not connected", ...error },
  }) as const
const appends = (ms: number) =>
  row.sends({ type: "input_audio_buffer.append", audio: Buffer.alloc(ms * 48).toString("base64") })
const cancelsA = row.cancels("resp_a")

/** What is wrong with the step after these rows; `from` is where the search for a sent event begins. */
function wrong(step: Step, rows: Rows, from = 0) {
  if (step.actor !== "user" && step.actor !== "client") throw new Error("no expectation")
  return unmet(step as Expectation, traceOf(rows).entries, from)
}

describe("is met by", () => {
  it.each<[string, Step, Rows, number?]>([
    ["an event that was sent", client.mustSend("response.cancel"), [cancelsA]],
    ["one that matches", client.mustSend("response.cancel", { response_id: a.id }), [row.cancels(), cancelsA]],
    ["one behind the last", client.mustSend("response.cancel"), [cancelsA, cancelsA], 1],
    ["one that should be sent", client.shouldSend("response.cancel"), [cancelsA]],
    ["none where none may be", client.mustNotSend("response.cancel"), [row.createsPlainly()]],
    ["none from here on", client.mustNotSend("response.cancel"), [cancelsA], 1],
    ["another than may not be", client.mustNotSend("response.cancel", { response_id: absent }), [cancelsA]],
    ["as many as there must be", client.mustHaveSent(2, "response.cancel"), [cancelsA, row.cancels()], 2],
    ["none where there must be none", client.mustHaveSent(0, "response.cancel"), []],
    ["as many connections", client.mustHaveConnected(2), [row.connects(1), row.connects(2)]],
    ["as much audio, however cut", client.mustHaveSentAudio({ ms: 300 }), [appends(100), appends(200)]],
    ["output", user.mustHear(a), [row.hears("a")]],
    ["output, or else a failure", user.mustHearOrSeeFail(a, "r"), [row.opens("f", "stream", "r"), row.hears("a")]],
    ["a failure, or else output", user.mustHearOrSeeFail(a, "r"), [row.opens("f", "stream", "r"), row.rejects("f")]],
    ["a refusal, or else output", user.mustHearOrSeeFail(a, "r"), [refuses("r")]],
    ["another's output", user.mustNotHear(a), [row.hears("b")]],
    ["a settled future", user.mustSettle("r"), [row.opens("f", "reply", "r"), row.rejects("f")]],
    [
      "a future settled so",
      user.mustSettle("r", { as: "resolved" }),
      [row.opens("f", "reply", "r"), row.resolves("f")],
    ],
    [
      "a future rejected with that code",
      user.mustSettle("r", { as: "rejected", code: "rate_limit_exceeded" }),
      [row.opens("f", "reply", "r"), busy],
    ],
    [
      "a future of that kind",
      user.mustSettle("r", { kind: "stream" }),
      [row.opens("g", "reply", "r"), row.opens("f", "stream", "r"), row.resolves("f")],
    ],
    ["a request that was refused", user.mustSettle("r", { kind: "stream" }), [refuses("r")]],
    [
      "one refused with that code",
      user.mustSettle("r", { as: "rejected", code: "busy" }),
      [refuses("r", { code: "busy" })],
    ],
    ["a pending future", user.mustBePending("r"), [row.opens("f", "reply", "r"), row.resolves("g")]],
    ["an error event", user.mustSeeError(), [row.seesError()]],
    ["a rejected future", user.mustSeeError("rate_limit_exceeded"), [busy]],
    ["a failed turn", user.mustSeeError(), [row.turnEnds("a", "failed")]],
    ["no failure", user.mustNotSeeError(), [row.turnEnds("a", "completed"), row.resolves("f"), row.errs(null)]],
    ["a tool that ran once", user.mustRunTool("clock"), [ranTool, { ...ranTool, tool: "other" }]],
    ["a tool that did not run", user.mustRunTool("clock", 0), []],
  ])("%s", (_, step, rows, from) => {
    expect(wrong(step, rows, from)).toBeUndefined()
  })
})

describe("is not met by", () => {
  const reply = row.opens("f", "reply", "r")
  it.each<[Step, Rows, string, (number | undefined)?, number?]>([
    [client.mustSend("response.cancel"), [], "it has not sent response.cancel; since then it sent nothing."],
    [
      client.mustSend("response.cancel", { response_id: "resp_b" }),
      [cancelsA, row.createsPlainly()],
      'it has not sent response.cancel {"response_id":"resp_b"}; since then it sent response.cancel, response.create.',
    ],
    [client.mustSend("response.cancel"), [cancelsA], "it has not sent response.cancel; since", undefined, 1],
    [client.shouldSend("response.cancel"), [], "it has not sent response.cancel"],
    [
      client.mustNotSend("response.cancel"),
      [row.connects(), cancelsA],
      "it sent response.cancel, which it must not",
      1,
    ],
    [client.mustHaveSent(1, "response.cancel"), [cancelsA, cancelsA], "it has sent response.cancel 2 times, not 1.", 1],
    [client.mustHaveSent(2, "response.cancel"), [cancelsA], "it has sent response.cancel 1 times, not 2."],
    [client.mustHaveConnected(1), [row.connects(1), row.connects(2)], "it connected 2 times, not 1."],
    [client.mustHaveSentAudio({ ms: 300 }), [appends(100), row.connects()], "it sent 100 ms of audio, not 300."],
    [client.mustHaveSentAudio({ ms: 100 }), [appends(100), appends(100)], "it sent 200 ms of audio, not 100."],
    [user.mustHear(a), [row.hears("b")], 'nothing of the response "a" was delivered to the app.'],
    [
      user.mustHearOrSeeFail(a, "r"),
      [row.opens("f", "stream", "r"), row.resolves("f"), row.opens("g", "stream", "s"), row.rejects("g"), refuses("s")],
      'nothing of the response "a" was delivered to the app, nor was it told that "r" had failed.',
    ],
    [user.mustNotHear(a), [row.hears("b"), row.hears("a")], 'output of the response "a" was delivered to the app.', 1],
    [user.mustSettle("r"), [], 'the reply future of "r" was never opened.'],
    [user.mustSettle("r"), [refuses("s")], 'the reply future of "r" was never opened.'],
    [user.mustSettle("r"), [reply, refuses("r")], 'the reply future of "r" was still pending.', 0],
    [user.mustSettle("r", { as: "resolved" }), [refuses("r")], '"r" was refused (not connected), not resolved.', 0],
    [user.mustSettle("r", { code: "busy" }), [refuses("r")], '"r" was refused with code none, not busy.', 0],
    [user.mustSettle("r"), [reply], 'the reply future of "r" was still pending.', 0],
    [user.mustSettle("r", { as: "resolved" }), [reply, busy], 'future of "r" was rejected, not resolved.', 1],
    [user.mustSettle("r", { as: "rejected" }), [reply, row.resolves("f")], "was resolved, not rejected.", 1],
    [
      user.mustSettle("r", { as: "rejected", code: "server_error" }),
      [reply, busy],
      "was rejected with code rate_limit_exceeded, not server_error.",
      1,
    ],
    [user.mustSettle("r", { code: "server_error" }), [reply, row.rejects("f")], "with code none, not server_error.", 1],
    [user.mustBePending("r"), [reply, row.resolves("f")], 'the reply future of "r" had settled.', 1],
    [user.mustSeeError(), [row.resolves("f"), row.errs(null)], "the app was told of no failure."],
    [user.mustSeeError("server_error"), [busy, row.turnEnds("a", "failed")], "of no failure with code server_error."],
    [user.mustNotSeeError(), [reply, busy], "the app was told of a failure, and there was none.", 1],
    [user.mustRunTool("clock"), [ranTool, ranTool], 'the tool "clock" ran 2 times, not 1.'],
  ])("%j after %j", (step, rows, message, offence, from) => {
    const found = wrong(step, rows, from)
    expect(found?.message).toContain(message)
    expect(found?.offence).toBe(offence)
  })
})

it("a request that was refused is settled, and no other", () => {
  const { entries } = traceOf([refuses("r")])
  expect([isSettled(entries, "r"), isSettled(entries, "s")]).toEqual([true, false])
})

it("a future is settled once its reply future is", () => {
  const { entries } = traceOf([row.opens("s", "stream", "r"), row.opens("f", "reply", "r"), row.resolves("s")])
  expect(isSettled(entries, "r")).toBe(false)
  expect(isSettled(traceOf([row.opens("f", "reply", "r"), row.resolves("f")]).entries, "r")).toBe(true)
})

describe("an answer that broke off", () => {
  const hearing = user.mustHearOrSeeFail(a, "r") as Expectation
  const settling = user.mustSettle("r", { kind: "stream" }) as Expectation
  const stream = row.opens("f", "stream", "r")
  const asks = [row.says("r"), stream, row.createsPlainly()]
  const again = row.hears("b", { future: "f" })
  const fresh = [row.phase("fresh-turn"), row.says("fresh"), row.opens("g", "stream", "fresh"), row.createsPlainly()]
  const entries = (rows: Rows) => traceOf(rows).entries

  it("may still be made up for while its request is pending, and not when that has settled", () => {
    expect(stillOwed(hearing, entries(asks))).toBe("r")
    expect(stillOwed(settling, entries(asks))).toBe("r")
    expect(stillOwed(hearing, entries([...asks, row.resolves("f")]))).toBeUndefined()
    expect(stillOwed(hearing, entries([]))).toBeUndefined()
    expect(stillOwed(user.mustHear(a) as Expectation, entries(asks))).toBeUndefined()
  })

  it("owes nothing when it was heard, or told to have failed", () => {
    expect(stillOwed(hearing, entries([...asks, row.hears("a", { future: "f" })]))).toBeUndefined()
    expect(stillOwed(hearing, entries([...asks, row.rejects("f")]))).toBeUndefined()
  })

  it("is made up for by the answer to the request asked again", () => {
    expect(unmetAtLast(hearing, entries([...asks, row.createsPlainly(), again, ...fresh]))).toBeUndefined()
    expect(unmetAtLast(settling, entries([...asks, row.createsPlainly(), again, row.resolves("f")]))).toBeUndefined()
  })

  it.each<[string, Rows]>([
    ["silence", [...asks, ...fresh]],
    ["asking again alone", [...asks, row.createsPlainly(), ...fresh]],
    ["a failure that comes late", [...asks, row.rejects("f"), ...fresh]],
    ["an answer that nobody asked for again", [...asks, again, ...fresh]],
    ["an answer in another's stream", [...asks, row.createsPlainly(), row.hears("b", { future: "g" }), ...fresh]],
    ["the answer to a later turn", [...asks, row.createsPlainly(), ...fresh, again]],
    ["more of the same answer", [...asks, row.createsPlainly(), row.hears("a", { future: "f" }), ...fresh]],
  ])("is not made up for by %s", (_, rows) => {
    expect(unmetAtLast(hearing, entries(rows))?.message).toMatch(/nor was that asked again and answered\.$/)
  })

  it("is not made up for where the request stays pending", () => {
    expect(unmetAtLast(settling, entries([...asks, row.createsPlainly(), again]))?.message).toContain("still pending")
  })
})
