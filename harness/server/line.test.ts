// What a line makes of a composer's refusal, and what of a bug.
import { afterAll, expect, it } from "vitest"
import { installClock } from "../sim/clock.ts"
import type { Recorder } from "../trace/recorder.ts"
import type { Connection } from "../transports/endpoint.ts"
import { createLine } from "./line.ts"
import type { Speaker } from "./speaker.ts"

const clock = installClock()
afterAll(() => clock.uninstall())

function createRig() {
  const sent: string[] = []
  const missed: string[] = []
  const recorded: string[] = []
  const connection = {
    ...{ number: 1, reaches: true, send: (text: string) => void sent.push(text) },
    together: (sends: () => void) => sends(),
    silence: () => Object.assign(connection, { reaches: false }),
  } as unknown as Connection
  const speaker = { apply() {}, outgoing: (event: object) => [event] } as unknown as Speaker
  const recorder = { record: ({ kind }: { kind: string }) => void recorded.push(kind) } as unknown as Recorder
  const faults = { strike: (event: { type: string }) => [{ kind: "event", event } as const], stop() {}, late: () => [] }
  return { sent, missed, recorded, line: createLine({ connection, speaker, recorder, clock, faults, missed }) }
}

it("a refusal is missed, and what stands behind it is said", () => {
  const { line, sent, missed } = createRig()
  line.say(() => {
    throw new Error("Cannot compose output of response resp_a: it has ended.")
  })
  line.say(() => [{ type: "rate_limits.updated" }])
  while (line.deliverNext());
  expect(sent).toEqual(['{"type":"rate_limits.updated"}'])
  expect(missed).toEqual([
    "the server could not say what comes next: Cannot compose output of response resp_a: it has ended.",
  ])
})

it("a bug is thrown on", () => {
  const { line, missed } = createRig()
  line.say(() => {
    throw new TypeError("undefined is not an object")
  })
  expect(() => line.deliverNext()).toThrow(TypeError)
  expect(missed).toEqual([])
})

it("what is joined to a line's silence goes down with it", () => {
  const { line, sent, recorded } = createRig()
  line.put(() => ({ kind: "silence" }))
  line.put(() => ({ kind: "event", event: { type: "error" }, joined: true }))
  line.hold(true)
  line.deliverNext()
  line.hold(false)
  while (line.deliverNext());
  expect([recorded, sent]).toEqual([["silent"], []])
})
