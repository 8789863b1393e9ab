// Tests for which request a create, or a commit, is sent for where the first in line is not the one.
import { describe, expect, it } from "vitest"
import type { Operation } from "../adapter.ts"
import { read } from "./reading.ts"
import { row, traceOf } from "./trace-for-tests.ts"

type Rows = Parameters<typeof traceOf>[0]
const tied = (...rows: Rows) =>
  read(traceOf(rows)).creates.map(({ event_id, request }) => `${event_id}[${request?.name ?? ""}]`)

const says = (name: string) => [row.says(name), row.opens(`of ${name}`, "reply", name), row.saysText(`text of ${name}`)]
const cancels = (request: string) => row.performs({ do: "cancel", request })
const refusal = (operation: Operation) =>
  ({ lane: "app", kind: "refused", operation, error: { name: "Error", message: "no" } }) as const
const refuses = (request: string) => refusal({ do: "cancel", request })

describe("what was given up before it was asked for", () => {
  const asks = (name: string) => [
    row.performs({ do: "request", request: name, instructions: `about ${name}` }),
    row.opens(`of ${name}`, "reply", name),
  ]
  const bears = (event_id: string, name: string) => row.creates(event_id, { instructions: `Be nice. about ${name}` })

  it("is asked for all the same by the create that bears its instructions, whoever waits", () => {
    const givenUp = [...says("a"), ...asks("b"), row.rejects("of b")] as const
    expect(tied(...givenUp, bears("e1", "b"), row.creates("e2"))).toEqual(["e1[b]", "e2[a]"])
    expect(tied(...says("a"), ...asks("b"), cancels("b"), bears("e1", "b"))).toEqual(["e1[b]"])
  })

  it("but not by one that bears none, nor by one that bears another's", () => {
    const givenUp = [...says("a"), ...asks("b"), row.rejects("of b")] as const
    expect(tied(...givenUp, row.creates("e1"))).toEqual(["e1[a]"])
    expect(tied(...givenUp, ...asks("c"), bears("e1", "c"))).toEqual(["e1[c]"])
  })

  it("nor once more, when it has been asked for", () => {
    const asked = [...asks("b"), bears("e1", "b"), row.rejects("of b")] as const
    expect(tied(...asked, bears("e2", "b"))).toEqual(["e1[b]", "e2[]"])
  })
})

it("a request whose create was a guess is that of a later one with which the client answers it", () => {
  const commits = (name: string) => [
    row.performs({ do: "commit", request: name }),
    row.opens(`of ${name}`, "reply", name),
    row.sends({ type: "input_audio_buffer.commit" }),
  ]
  const marks = (name: string) => row.creates(name, { metadata: { of: name } })
  const answers = (name: string) =>
    row.delivers({ type: "response.created", response: { id: name, metadata: { of: name } } })
  const asked = [row.requests("a"), row.opens("of a", "reply", "a"), marks("e0"), ...says("b"), marks("e1")] as const
  const doubted = [...asked, ...commits("c"), ...commits("d"), "quiet", row.isBusy(null), marks("e2")] as const
  const later = [...doubted, "quiet", row.rejects("of b"), marks("e3"), "quiet", answers("e3")] as const
  const ties = (...rows: Rows) => tied(...rows).slice(2)
  expect(ties(...later, row.resolves("of c", "e3"), marks("e4"))).toEqual(["e2[c]", "e3[c]", "e4[d]"])
  expect(ties(...later, row.resolves("of d", "e3"), marks("e4"))).toEqual(["e2[c]", "e3[d]", "e4[a]"])
})

describe("what the client refused", () => {
  const refused = (operation: Operation, isRefused = true) =>
    isRefused ? [row.performs(operation), refusal(operation)] : [row.performs(operation)]
  const request = (name: string) => ({ do: "request", request: name }) as const
  const commit = (name: string) => ({ do: "commit", request: name }) as const

  it("is not asked for: a create is the next one's", () => {
    for (const [isRefused, name] of [
      [true, "b"],
      [false, "a"],
    ] as const) {
      expect(tied(...refused(request("a"), isRefused), row.requests("b"), row.creates("e1"))).toEqual([`e1[${name}]`])
      const commits = [...refused(commit("a"), isRefused), row.performs(commit("b"))] as const
      expect(tied(...commits, row.sends({ type: "input_audio_buffer.commit" }), row.creates("e1"))).toEqual([
        `e1[${name}]`,
      ])
    }
  })

  it("may have been sent before it said so", () => {
    const commits = [row.performs(commit("a")), row.sends({ type: "input_audio_buffer.commit" })] as const
    expect(read(traceOf([...commits, refusal(commit("a"))])).requests[0]?.evidence).toBeDefined()
  })
})

describe("a cancel that the client refused", () => {
  const asked = [...says("a"), cancels("a")] as const

  it("took nothing back: the request asks as it would have", () => {
    expect(tied(...asked, refuses("a"), row.creates("e1"))).toEqual(["e1[a]"])
    expect(tied(...asked, row.creates("e1"))).toEqual(["e1[]"])
  })

  it("is one of that time and that kind", () => {
    expect(tied(...asked, "quiet", refuses("a"), row.creates("e1"))).toEqual(["e1[]"])
    expect(tied(...says("a"), refuses("a"), cancels("a"), row.creates("e1"))).toEqual(["e1[]"])
    const speaks = { ...refuses("a"), operation: { do: "speak", audio: "" } } as const
    expect(tied(...asked, speaks, row.creates("e1"))).toEqual(["e1[]"])
  })
})

describe("the commit that is sent", () => {
  const commits = (name: string) => [
    row.performs({ do: "commit", request: name }),
    row.opens(`of ${name}`, "reply", name),
  ]
  const speaks = row.performs({ do: "speak", audio: "640 base64 characters" })
  const sends = row.sends({ type: "input_audio_buffer.commit" })
  const sentFor = (...rows: Rows) =>
    read(traceOf(rows)).requests.flatMap(({ name, evidence }) => (evidence ? [name] : []))

  it("is not of the request that had nothing to commit and was asked for without", () => {
    expect(sentFor(...commits("a"), row.creates("e1"), speaks, ...commits("b"), sends)).toEqual(["b"])
  })

  it("is of the first, where that has not been asked for, had something to commit, or is alone", () => {
    expect(sentFor(...commits("a"), speaks, ...commits("b"), sends)).toEqual(["a"])
    expect(sentFor(speaks, ...commits("a"), row.creates("e1"), speaks, ...commits("b"), sends)).toEqual(["a"])
    expect(sentFor(...commits("a"), row.creates("e1"), sends)).toEqual(["a"])
  })
})

describe("a create without the instructions of the only one that waits", () => {
  const waits = [
    row.performs({ do: "request", request: "d", instructions: "Reply to d." }),
    row.opens("of d", "reply", "d"),
  ]
  const output = row.sends({ type: "conversation.item.create", item: { type: "function_call_output", call_id: "c" } })

  it("may ask for the answer to a tool's output, behind what was asked for first", () => {
    const behind = [...waits, row.says("b"), row.opens("of b", "reply", "b"), output] as const
    const words = row.sends({
      type: "conversation.item.create",
      item: { type: "message", content: [{ text: "text of b" }] },
    })
    expect(tied(...behind, words, row.creates("e1"), row.rejects("of b"), row.creates("e2")).at(-1)).toBe("e2[]")
  })

  it("is for that one where no output was sent", () => {
    expect(tied(...waits, row.creates("e1"))).toEqual(["e1[d]"])
  })
})

describe("of two that wait, the first of whom was told that its words are there", () => {
  const item = { id: "item_1", type: "message", role: "user", content: [{ type: "input_text", text: "text of a" }] }
  const told = (type: string) => row.delivers({ type, item })
  const commits = [row.performs({ do: "commit", request: "b" }), row.opens("of b", "reply", "b")]
  const both = [
    row.says("a"),
    row.opens("of a", "reply", "a"),
    row.sends({ type: "conversation.item.create", item }),
    row.performs({ do: "speak", audio: "640 base64 characters" }),
    ...commits,
    row.sends({ type: "input_audio_buffer.commit" }),
  ] as const
  const refused = [row.creates("e1"), "quiet", row.isBusy("e1"), row.rejects("of b")] as const

  it("that one asks, whoever is told of the refusal", () => {
    expect(tied(...both, told("conversation.item.added"), ...refused)).toEqual(["e1[a]"])
    expect(tied(...both, told("conversation.item.created"), ...refused)).toEqual(["e1[a]"])
  })

  it("but not of those that were told so by its end alone: there the client's word tells", () => {
    expect(tied(...both, told("conversation.item.done"), ...refused)).toEqual(["e1[b]"])
    expect(tied(...both, told("conversation.item.done"), row.creates("e1"))).toEqual(["e1[b]"])
  })
})

describe("what was refused since a response was active", () => {
  const refused = [...says("a"), row.creates("e1"), "quiet", row.isBusy("e1"), ...says("b"), "quiet"] as const

  it("is not asked again while that is active: the create is the next one's", () => {
    expect(tied(row.created("r"), ...refused, row.creates("e2"))).toEqual(["e1[a]", "e2[b]"])
    expect(tied(row.created("r"), ...refused, 9_999, row.creates("e2"))).toEqual(["e1[a]", "e2[b]"])
  })

  it("is asked again when that has ended, went silent, was nowhere to be seen, or was out of band", () => {
    expect(tied(row.created("r"), ...refused, row.done("r"), "quiet", row.creates("e2"))).toEqual(["e1[a]", "e2[a]"])
    expect(tied(row.created("r"), ...refused, 10_000, row.creates("e2"))).toEqual(["e1[a]", "e2[a]"])
    expect(tied(...refused, row.creates("e2"))).toEqual(["e1[a]", "e2[a]"])
    expect(tied(row.created("side", null, null), ...refused, row.creates("e2"))).toEqual(["e1[a]", "e2[a]"])
  })
})

describe("a request that waits, beside one whose create an error may have meant", () => {
  const commits = [
    row.performs({ do: "commit", request: "b" }),
    row.opens("of b", "reply", "b"),
    row.sends({ type: "input_audio_buffer.commit" }),
  ]
  const before = [
    ...says("z"),
    row.creates("e0"),
    "quiet",
    row.rejects("of z"),
    ...says("a"),
    row.creates("e1"),
  ] as const
  const both = [...before, ...commits, "quiet", row.isBusy(null), row.creates("e2")] as const
  const ends = [row.created("r", "e2"), row.done("r"), "quiet", row.creates("e3"), row.created("q", "e3")] as const

  it("is asked for where nothing tells", () => {
    expect(tied(...both, ...ends)).toEqual(["e0[z]", "e1[a]", "e2[b]", "e3[a]"])
  })

  it("is not, where a later response answers it", () => {
    expect(tied(...both, ...ends, row.resolves("of b", "resp_q"))).toEqual(["e0[z]", "e1[a]", "e2[a]", "e3[b]"])
  })

  it("may be, where the answer to that create is not known", () => {
    const refused = [...both, "quiet", row.isBusy("e2"), "quiet", ...ends.slice(-2)] as const
    expect(tied(...refused, row.resolves("of b", "resp_q"))).toEqual(["e0[z]", "e1[a]", "e2[b]", "e3[b]"])
  })
})

describe("what is taken back with a response.cancel", () => {
  const busy = [...says("a"), row.creates("e1"), "quiet", row.isBusy("e1"), ...says("b"), "quiet"] as const
  const asks = [...busy, row.creates("e2"), "quiet"] as const

  it("had been asked for, though another is to be asked again", () => {
    expect(tied(...asks, cancels("b"), row.rejects("of b"), row.cancels())).toEqual(["e1[a]", "e2[b]"])
    const another = [cancels("a"), row.rejects("of a"), row.cancels()] as const
    expect(tied(...asks, ...another)).toEqual(["e1[a]", "e2[a]"])
  })

  it("unless the other is answered with that create's response, or another create came between", () => {
    const answered = [row.created("r", "e2"), row.resolves("of a", "resp_r"), "quiet"] as const
    expect(tied(...asks, ...answered, cancels("b"), row.rejects("of b"), row.cancels())).toEqual(["e1[a]", "e2[a]"])
    const between = [...asks, row.isBusy("e2"), row.creates("e3"), "quiet"] as const
    expect(tied(...between, cancels("b"), row.rejects("of b"), row.cancels())).toEqual(["e1[a]", "e2[a]", "e3[b]"])
  })

  it("not what was taken back without one, with one later, or in vain", () => {
    expect(tied(...asks, cancels("b"), row.rejects("of b"))).toEqual(["e1[a]", "e2[a]"])
    expect(tied(...asks, cancels("b"), row.rejects("of b"), "quiet", row.cancels())).toEqual(["e1[a]", "e2[a]"])
    expect(tied(...asks, cancels("b"), row.cancels())).toEqual(["e1[a]", "e2[a]"])
    expect(tied(...asks, row.cancels(), cancels("b"), row.rejects("of b"))).toEqual(["e1[a]", "e2[a]"])
  })
})
