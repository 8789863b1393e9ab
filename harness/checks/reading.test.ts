// Tests for the reading of a trace: what is tied to what.
import { describe, expect, it } from "vitest"
import { read } from "./reading.ts"
import { row, traceOf } from "./trace-for-tests.ts"

type Rows = Parameters<typeof traceOf>[0]
/** `e1: resp_r` for each create, and its request in brackets. */
const ties = (...rows: Rows) =>
  read(traceOf(rows)).creates.map(
    ({ event_id, response, refusal, request, doubt }) =>
      `${event_id}${request ? `[${request.name}]` : ""}: ${response?.id ?? (refusal ? "refused" : doubt === undefined ? "-" : "in doubt")}`,
  )

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
  const statuses = (rows: Rows) => read(traceOf(rows)).responses.map(({ done, status }) => done && status)
  const started = [row.created("r"), row.created("q")] as const

  it("tells nothing when it is the same once more", () => {
    const signs = (rows: Rows) => read(traceOf(rows)).responses[0]?.signs.length
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

describe("where nothing on the wire tells, the client's word does", () => {
  const commits = (name: string) => row.performs({ do: "commit", request: name })
  const sendsCommit = row.sends({ type: "input_audio_buffer.commit" })
  const asked = [row.says("a"), row.opens("f", "reply", "a"), row.saysText("text of a"), row.creates("e1")] as const
  const busy = [...asked, row.isBusy("e1"), row.sendsOutput("c1"), row.creates("e2")] as const

  it("what was refused may be asked again behind a tool's output", () => {
    const again = [...busy, row.created("r", "e2"), row.resolves("f", "resp_r")]
    expect(ties(...again)).toEqual(["e1[a]: refused", "e2[a]: resp_r"])
    const others = [...busy, row.created("r", "e2"), row.done("r"), row.resolves("f", "resp_other")]
    expect(ties(...others)).toEqual(["e1[a]: refused", "e2: resp_r"])
    const isPlain = (rows: Rows) => read(traceOf(rows)).creates[0]?.refusalIsPlain
    expect([isPlain(asked), isPlain([...asked, row.isBusy("e1")]), isPlain(others)]).toEqual([false, true, false])
  })

  it("a commit that the server seemed to have answered may be asked for all the same", () => {
    const opened = [row.opens("f", "reply", "a"), row.opens("g", "reply", "b")]
    const served = [commits("a"), commits("b"), ...opened, sendsCommit, row.created("vad"), sendsCommit] as const
    const claims = (future: string) => [
      ...served,
      row.creates("e1"),
      row.created("r", "e1"),
      row.resolves(future, "resp_r"),
    ]
    expect(ties(...claims("f"))).toEqual(["e1[a]: resp_r"])
    expect(ties(...claims("g"))).toEqual(["e1[b]: resp_r"])
    const isServed = (rows: Rows) => read(traceOf(rows)).requests[0]?.servedByServer
    expect([isServed(served), isServed(claims("f")), isServed(claims("g"))]).toEqual([true, false, true])
  })

  it("and then a create is not the next one's which that is answered without", () => {
    const opened = [row.opens("f", "reply", "a"), row.opens("g", "reply", "b")]
    const served = [commits("a"), commits("b"), ...opened, sendsCommit, row.created("vad"), sendsCommit] as const
    const marks = (name: string) => row.creates(name, { metadata: { of: name } })
    const answers = (name: string) =>
      row.delivers({ type: "response.created", response: { id: name, metadata: { of: name } } })
    const both = [marks("e1"), "quiet", answers("e1"), marks("e2"), "quiet", answers("e2")] as const
    expect(ties(...served, ...both, row.resolves("g", "e2"))).toEqual(["e1: e1", "e2[b]: e2"])
    expect(ties(...served, ...both, row.resolves("g", "e1"))).toEqual(["e1[b]: e1", "e2: e2"])
    expect(ties(...served, row.rejects("f"), ...both, row.resolves("g", "e2"))).toEqual(["e1[b]: e1", "e2: e2"])
  })

  it("and so may one that is given up when its create is refused by name", () => {
    const opened = [row.opens("f", "reply", "a"), row.opens("g", "reply", "b")]
    const served = [commits("a"), commits("b"), ...opened, sendsCommit, row.created("vad"), sendsCommit] as const
    const refused = [...served, row.creates("e1"), "quiet", row.errs("e1")] as const
    expect(ties(...refused, row.rejects("g"))).toEqual(["e1[b]: refused"])
    expect(ties(...refused, row.rejects("f"))).toEqual(["e1[a]: refused"])
    expect(ties(...refused, "quiet", row.rejects("f"))).toEqual(["e1[b]: refused"])
    const before = [...served, row.creates("e1"), "quiet", row.rejects("f"), row.errs("e1")] as const
    expect(ties(...before)).toEqual(["e1[b]: refused"])
    const other = [...served, row.creates("e1"), "quiet", row.errs("e2"), row.rejects("f")] as const
    expect(ties(...other)).toEqual(["e1[b]: -"])
  })

  const waits = [row.says("a"), row.says("b"), row.opens("f", "reply", "a"), row.opens("g", "reply", "b")]
  const doubted = [...waits, row.saysText("text of a"), row.creates("e1"), "quiet"] as const

  it("of two that wait, which asks, if the first may have asked already", () => {
    const asks = [...doubted, row.errs(null), row.saysText("text of b"), row.creates("e2")] as const
    const answers = [...asks, row.created("r", "e2")] as const
    expect(ties(...answers, row.resolves("g", "resp_r"))).toEqual(["e1[a]: in doubt", "e2[b]: resp_r"])
    expect(ties(...answers, row.resolves("f", "resp_r"))).toEqual(["e1[a]: in doubt", "e2[a]: resp_r"])
    expect(ties(...asks, "quiet", row.errs("e2"), row.rejects("g"))).toEqual(["e1[a]: in doubt", "e2[b]: refused"])
    expect(ties(...asks, row.created("r", "e1"), row.resolves("g", "resp_r"))).toEqual(["e1[a]: resp_r", "e2[b]: -"])
    expect(ties(...asks)).toEqual(["e1[a]: in doubt", "e2[b]: -"])
  })

  it("what was refused since a response was active is to be asked again before the next", () => {
    const refused = [
      ...waits,
      row.saysText("text of a"),
      row.creates("e1"),
      row.saysText("text of b"),
      "quiet",
    ] as const
    const again = (refusal: Rows[number]) => ties(...refused, refusal, row.creates("e2"))[1]
    expect(again(row.isBusy("e1"))).toBe("e2[a]: -")
    expect(again(row.errs("e1"))).toBe("e2[b]: -")
  })

  it("a cancel that comes after the create took nothing back before", () => {
    const asks = [...waits, row.saysText("text of a"), row.creates("e1"), "quiet", row.errs("e1")] as const
    const cancels = row.performs({ do: "cancel", request: "b" })
    const create = [row.saysText("text of b"), row.creates("e2")] as const
    expect(ties(...asks, ...create, "quiet", cancels)).toEqual(["e1[a]: refused", "e2[b]: -"])
    expect(ties(...asks, cancels, "quiet", ...create)).toEqual(["e1[a]: refused", "e2[a]: -"])
  })

  it("or if its words went with another connection, or its instructions are not in the create", () => {
    const lost = [row.connects(), ...waits, row.saysText("text of a"), row.drops(), row.connects(2)] as const
    const create = [row.creates("e1", {}, 2), row.created("r", "e1", "conv", 2)] as const
    const said = { ...row.saysText("text of b"), connection: 2 }
    expect(ties(...lost, said, ...create, row.resolves("g", "resp_r"))).toEqual(["e1[b]: resp_r"])
    expect(ties(...lost, said, ...create, row.resolves("f", "resp_r"))).toEqual(["e1[a]: resp_r"])
    expect(ties(...lost, said, ...create)).toEqual(["e1[b]: resp_r"])
    expect(ties(...lost, ...create)).toEqual(["e1[a]: resp_r"])
    const asks = row.performs({ do: "request", request: "a", instructions: "about a" })
    const dropped = [
      asks,
      ...waits.slice(1),
      row.saysText("text of b"),
      row.creates("e1"),
      row.created("r", "e1"),
    ] as const
    expect(ties(...dropped, row.resolves("g", "resp_r"))).toEqual(["e1[b]: resp_r"])
    expect(ties(...dropped, row.resolves("f", "resp_r"))).toEqual(["e1[a]: resp_r"])
  })

  it("or if the first was not told yet that its words were taken", () => {
    const item = { id: "item_1", type: "message", role: "user", content: [{ type: "input_text", text: "text of a" }] }
    const said = row.sends({ type: "conversation.item.create", item })
    const taken = row.delivers({ type: "conversation.item.added", item })
    const both = [row.says("a"), commits("b"), ...waits.slice(2), said, sendsCommit] as const
    const asks = [row.creates("e1"), row.created("r", "e1"), row.resolves("g", "resp_r")] as const
    expect(ties(...both, ...asks)).toEqual(["e1[b]: resp_r"])
    expect(ties(...both, taken, ...asks)).toEqual(["e1[a]: resp_r"])
  })

  it("but not if the first has not asked: what is handed to another is not its own", () => {
    const said = [...waits, row.saysText("text of a"), row.saysText("text of b"), row.creates("e1")] as const
    expect(ties(...said, row.created("r", "e1"), row.resolves("g", "resp_r"))).toEqual(["e1[a]: resp_r"])
  })

  it("a commit of nothing that was not sent may be asked for all the same", () => {
    const speaks = row.performs({ do: "speak", audio: "640 base64 characters" })
    const idle = [commits("a"), row.opens("f", "reply", "a"), row.creates("e1"), row.created("r", "e1")] as const
    expect(ties(...idle)).toEqual(["e1[a]: resp_r"])
    expect(ties(speaks, ...idle)).toEqual(["e1: resp_r"])
    const beside = [row.says("b"), row.opens("g", "reply", "b"), row.saysText("text of b"), ...idle] as const
    expect(ties(...beside, row.resolves("f", "resp_r"))).toEqual(["e1[a]: resp_r"])
    expect(ties(...beside, row.resolves("g", "resp_r"))).toEqual(["e1[b]: resp_r"])
    expect(ties(commits("a"), row.opens("f", "reply", "a"), row.sendsOutput("c1"), row.creates("e1"))).toEqual([
      "e1: -",
    ])
  })

  it("a create that is taken back at once is of who was given up in that round", () => {
    const givesUp = [row.errs(null), row.saysText("text of b"), row.performs({ do: "cancel", request: "b" })] as const
    const asks = [...doubted, ...givesUp, "quiet", row.rejects("g"), row.creates("e2")] as const
    expect(ties(...asks, row.cancels())).toEqual(["e1[a]: in doubt", "e2[b]: -"])
    expect(ties(...asks, "quiet", row.cancels())).toEqual(["e1[a]: in doubt", "e2[a]: -"])
    expect(ties(...asks)).toEqual(["e1[a]: in doubt", "e2[a]: -"])
  })

  it("and one behind a commit of nothing is that one's, rather than of who may have asked already", () => {
    const doubted = [...asked, row.errs(null), "quiet", commits("b"), row.opens("g", "reply", "b")] as const
    expect(ties(...doubted, row.creates("e2"))).toEqual(["e1[a]: in doubt", "e2[b]: -"])
    const tool = [...doubted, row.sendsOutput("c1"), row.creates("e2")] as const
    expect(ties(...tool)).not.toContain("e2[b]: -")
  })

  it("a commit that is sent is none that failed before", () => {
    const failed = [commits("a"), row.opens("f", "reply", "a"), row.rejects("f")] as const
    const { requests } = read(traceOf([...failed, commits("b"), sendsCommit]))
    expect(requests.map(({ evidence }) => evidence?.index)).toEqual([undefined, 4])
  })
})

it("what comes again under its event_id is no sign of life", () => {
  const created = row.created("r")
  const told = { ...created, event: { ...created.event, event_id: "event_1" } }
  const signs = (...rows: Rows) => read(traceOf(rows)).responses[0]?.signs
  expect(signs(told, told)).toEqual([0])
  expect(signs(told, { ...told, event: { ...told.event, event_id: "event_2" } })).toEqual([0, 1])
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
