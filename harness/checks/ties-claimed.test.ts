// Tests for the client's own word on which of several requests a create was for.
import { describe, expect, it } from "vitest"
import { read } from "./reading.ts"
import { type Row, row, tiesIn as ties, traceOf } from "./trace-for-tests.ts"

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
    const isPlain = (rows: readonly Row[]) => read(traceOf(rows)).creates[0]?.refusalIsPlain
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
    const isServed = (rows: readonly Row[]) => read(traceOf(rows)).requests[0]?.servedByServer
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
    const again = (refusal: Row) => ties(...refused, refusal, row.creates("e2"))[1]
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
