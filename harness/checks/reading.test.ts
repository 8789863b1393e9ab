// Tests for the reading of a trace: what is tied to what.
import { describe, expect, it } from "vitest"
import { read } from "./reading.ts"
import { type Row, row, tiesIn as ties, traceOf } from "./trace-for-tests.ts"

it("reads a trace once", () => {
  const trace = traceOf([row.session()])
  expect(read(trace)).toBe(read(trace))
})

describe("a response is tied to its create", () => {
  it("by metadata, whatever the order", () => {
    expect(ties(row.creates("e1"), row.creates("e2"), row.created("b", "e2"), row.created("a", "e1"))).toEqual([
      "e1: resp_a",
      "e2: resp_b",
    ])
  })

  it("not without metadata, when the create sent some", () => {
    expect(ties(row.creates("e1"), row.created("vad"))).toEqual(["e1: -"])
  })

  it("first come, first served in its band, when none was sent", () => {
    const side = row.sends({ type: "response.create", event_id: "side", response: { conversation: "none" } })
    expect(ties(row.createsPlainly("e1"), side, row.created("x", null, null), row.created("r"))).toEqual([
      "e1: resp_r",
      "side: resp_x",
    ])
  })

  it("those given up last", () => {
    expect(ties(row.createsPlainly("e1"), row.errs(null), row.createsPlainly("e2"), row.created("r"))).toEqual([
      "e1: in doubt",
      "e2: resp_r",
    ])
  })

  it("and no longer, once an error tells that another response was active", () => {
    expect(ties(row.createsPlainly("e1"), row.created("vad"), row.isBusy("e1"))).toEqual(["e1: refused"])
    expect(ties(row.createsPlainly("e1"), row.created("vad"), row.isBusy(null))).toEqual(["e1: refused"])
  })
})

describe("an event under the event_id of another", () => {
  const bears = (event: { readonly type: string; readonly [field: string]: unknown }, connection = 1) =>
    row.delivers({ ...event, event_id: "event_1" }, connection)
  const ends = (id: string) => ({ type: "response.done", response: { id, status: "completed", output: [] } })
  const statuses = (rows: readonly Row[]) => read(traceOf(rows)).responses.map(({ done, status }) => done && status)
  const started = [row.created("r"), row.created("q")] as const

  it("tells nothing when it is the same once more", () => {
    const signs = (rows: readonly Row[]) => read(traceOf(rows)).responses[0]?.signs.length
    const delta = { type: "response.output_text.delta", response_id: "resp_r", delta: "r·1 " }
    expect([signs([...started, bears(delta)]), signs([...started, bears(delta), bears(delta)])]).toEqual([2, 2])
  })

  it("is read when it is of another kind, or of another response", () => {
    expect(statuses([...started, bears({ type: "rate_limits.updated" }), bears(ends("resp_r"))])).toEqual([
      "completed",
      undefined,
    ])
    expect(statuses([...started, bears(ends("resp_q")), bears(ends("resp_r"))])).toEqual(["completed", "completed"])
  })
})

describe("an error without event_id", () => {
  it("refuses the only create that waits, and throws doubt on several", () => {
    expect(ties(row.creates("e1"), row.isBusy(null))).toEqual(["e1: refused"])
    expect(ties(row.creates("e1"), row.creates("e2"), row.isBusy(null))).toEqual(["e1: in doubt", "e2: in doubt"])
  })

  it("throws doubt on what was sent upon the event before it, in one chunk with it", () => {
    const before = [row.created("r"), "quiet"] as const
    expect(ties(...before, row.done("r"), row.errs(null), row.creates("e1"))).toEqual(["e1: in doubt"])
    expect(ties(...before, row.errs(null), row.creates("e1"))).toEqual(["e1: -"])
    expect(ties(...before, row.errs(null), row.done("r"), row.creates("e1"))).toEqual(["e1: -"])
    expect(ties(...before, row.done("r"), row.errs(null), "quiet", row.creates("e1"))).toEqual(["e1: -"])
  })

  it("throws no doubt when it is about a cancel", () => {
    expect(ties(row.creates("e1"), row.errs(null, "response_cancel_not_active"))).toEqual(["e1: -"])
  })
})

describe("a create is tied to its request", () => {
  it("first come, first served, the out-of-band ones apart", () => {
    const side = row.performs({ do: "request", request: "side", outOfBand: true })
    expect(ties(row.requests("a"), side, row.creates("e2", { conversation: "none" }), row.creates("e1"))).toEqual([
      "e2[side]: -",
      "e1[a]: -",
    ])
  })

  it("by instructions where they tell", () => {
    const request = (name: string) => row.performs({ do: "request", request: name, instructions: `about ${name}` })
    expect(ties(request("a"), request("b"), row.creates("e1", { instructions: "You are nice. about b" }))).toEqual([
      "e1[b]: -",
    ])
  })

  it("not when it follows up a tool's output, nor before the text was sent", () => {
    expect(ties(row.requests("a"), row.sendsOutput("c1"), row.creates("e1"))).toEqual(["e1: -"])
    expect(ties(row.says("a"), row.creates("e1"), row.saysText("text of a"), row.creates("e2"))).toEqual([
      "e1: -",
      "e2[a]: -",
    ])
  })

  it("again, when the first was refused or lost and the future is still open", () => {
    const asked = [row.connects(), row.requests("a"), row.opens("f", "reply", "a"), row.creates("e1")] as const
    expect(ties(...asked, row.isBusy("e1"), row.creates("e2"))).toEqual(["e1[a]: refused", "e2[a]: -"])
    expect(ties(...asked, row.drops(), row.creates("e2", {}, 2))).toEqual(["e1[a]: -", "e2[a]: -"])
    expect(ties(...asked, row.errs("e1"), row.rejects("f"), row.creates("e2"))).toEqual(["e1[a]: refused", "e2: -"])
  })
})

describe("a request with instructions of its own", () => {
  const request = (name: string) => row.performs({ do: "request", request: name, instructions: `about ${name}` })
  const bears = (event_id: string, name: string) => row.creates(event_id, { instructions: `Be nice. about ${name}` })

  it("is asked by the create that bears them, even after a tool's output", () => {
    expect(ties(request("a"), row.sendsOutput("c1"), bears("e1", "a"))).toEqual(["e1[a]: -"])
  })

  it("is not asked by one that bears none, when one that bears them comes later", () => {
    expect(ties(request("a"), row.creates("tool"), row.created("r", "tool"), row.done("r"), bears("e1", "a"))).toEqual([
      "tool: resp_r",
      "e1[a]: -",
    ])
  })

  it("is asked by one that bears none, when none ever bears them, or one did before and was refused", () => {
    expect(ties(request("a"), row.creates("e1"))).toEqual(["e1[a]: -"])
    const refused = [request("a"), row.opens("f", "reply", "a"), bears("e1", "a"), row.isBusy("e1")] as const
    expect(ties(...refused, row.creates("e2"))).toEqual(["e1[a]: refused", "e2[a]: -"])
  })
})

it("what comes again under its event_id is no sign of life", () => {
  const created = row.created("r")
  const told = { ...created, event: { ...created.event, event_id: "event_1" } }
  const signs = (...rows: readonly Row[]) => read(traceOf(rows)).responses[0]?.signs
  expect(signs(told, told)).toEqual([0])
  expect(signs(told, { ...told, event: { ...told.event, event_id: "event_2" } })).toEqual([0, 1])
})
