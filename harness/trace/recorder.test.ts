import { describe, expect, it } from "vitest"
import { createLabels } from "./content.ts"
import { noteError } from "./error-note.ts"
import { createRecorder } from "./recorder.ts"
import type { TraceHeader } from "./trace.ts"

const header: TraceHeader = {
  scenario: "turn/x",
  subject: "s",
  version: "1",
  protocol: "realtime",
  can: [],
  transport: "memory",
  seed: "0",
}
const make = () => {
  let now = 0
  const recorder = createRecorder({ header, labels: createLabels(), now: () => now })
  return { recorder, at: (ms: number) => (now = ms) }
}

describe("recorder", () => {
  it("numbers, dates and rounds its entries", () => {
    const { recorder, at } = make()
    recorder.report.state("connected")
    recorder.quiet()
    recorder.quiet()
    at(50)
    recorder.report.heard({ text: "late·1 " })
    expect(recorder.entries).toEqual([
      { index: 0, at: 0, round: 0, lane: "app", kind: "state", state: "connected" },
      {
        index: 1,
        at: 50,
        round: 1,
        lane: "app",
        kind: "heard",
        what: "text",
        text: "late·1 ",
        pieces: [{ label: "late", from: 1, to: 1 }],
      },
    ])
  })

  it("follows a promise to its one settlement", async () => {
    const { recorder } = make()
    await recorder.report.follow({ id: "a", kind: "reply", request: "x" }, Promise.resolve("r"), () => ({
      response: "resp_1",
    }))
    await recorder.report.follow({ id: "b", kind: "reply" }, Promise.reject(new Error("no")))
    expect(recorder.entries.map(({ index, at, round, lane, ...rest }) => rest)).toMatchObject([
      { kind: "opened", future: "a", of: "reply", request: "x" },
      { kind: "settled", future: "a", as: "resolved", response: "resp_1" },
      { kind: "opened", future: "b" },
      { kind: "settled", future: "b", as: "rejected", error: { name: "Error", message: "no" } },
    ])
  })

  it("complains of an adapter that settles what it never opened, opens twice, or reports after the end", () => {
    const { recorder } = make()
    recorder.report.settled("ghost", { as: "resolved" })
    recorder.report.opened({ id: "a", kind: "reply" })
    recorder.report.opened({ id: "a", kind: "reply" })
    recorder.record({ lane: "app", kind: "phase", phase: "ended" })
    recorder.report.state("connected")
    expect(recorder.complaints).toEqual([
      'settled the future "ghost", which it never opened',
      'opened the future "a" twice',
      'reported "state" after the case had ended',
    ])
  })
})

describe("error notes", () => {
  it("find the wire's code in whatever a client wraps around it", () => {
    const wire = {
      type: "error",
      error: { type: "invalid_request_error", code: "unknown_parameter", message: "No such parameter." },
    }
    expect(noteError({ type: "error", error: wire })).toEqual({
      name: "object",
      message: "No such parameter.",
      code: "unknown_parameter",
    })
    expect(noteError(Object.assign(new Error("outer"), { cause: wire }))).toMatchObject({
      name: "Error",
      code: "unknown_parameter",
    })
    expect(noteError("plain")).toEqual({ name: "string", message: "plain" })
    expect(noteError(undefined)).toEqual({ name: "undefined", message: "" })
  })
})
