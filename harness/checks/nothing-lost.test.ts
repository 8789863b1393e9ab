// Tests for nothing-lost.
import { describe, expect, it } from "vitest"
import { nothingLost } from "./nothing-lost.ts"
import { responsesVerdictOf, wire } from "./responses-for-tests.ts"
import { type Row, row, verdictOf } from "./trace-for-tests.ts"

const judged = (...rows: Parameters<typeof verdictOf>[1]) => verdictOf(nothingLost, rows)
const update = row.performs({ do: "update", request: "u", instructions: "be brief" })
const commit = row.performs({ do: "commit", request: "spoken" })
const commits = row.sends({ type: "input_audio_buffer.commit" })

it("passes what is sent", () => {
  const updated = row.sends({ type: "session.update", session: { instructions: "Always be brief." } })
  const rows = [
    row.says("a"),
    row.saysText("text of a"),
    row.creates("e1"),
    row.requests("b"),
    row.creates("e2"),
    commit,
    commits,
    row.creates("e3"),
    update,
    updated,
  ] as const
  expect(judged(...rows)).toMatchObject({ fired: 4, violations: [] })
})

describe("fails", () => {
  it("a say whose text, or whose create, is never sent", () => {
    expect(judged(row.says("a"), "quiet", row.phase("ended")).violations).toEqual([
      {
        invariant: "nothing-lost",
        message:
          'say "a" must lead to conversation.item.create or be reported failed; by the end neither had happened.',
        cause: 0,
        offence: 1,
      },
    ])
    expect(judged(row.says("a"), row.saysText("text of a"), "quiet", row.phase("ended")).messages).toEqual([
      expect.stringContaining("response.create"),
    ])
  })

  it("a request, a commit or an update that is dropped", () => {
    expect(judged(row.requests("a"), "quiet", row.phase("ended")).violations).toHaveLength(1)
    expect(judged(commit, "quiet", row.phase("ended")).messages).toEqual([
      expect.stringContaining("input_audio_buffer.commit"),
    ])
    expect(judged(row.connects(), update, "quiet", row.phase("ended")).messages).toEqual([
      expect.stringContaining("session.update"),
    ])
  })
})

describe("is fair to", () => {
  it("a commit of nothing that is not sent, if the reply is asked for", () => {
    const asked = [commit, row.opens("f", "reply", "spoken"), row.creates("e1")] as const
    expect(judged(...asked, "quiet", row.phase("ended")).violations).toEqual([])
    const speaks = row.performs({ do: "speak", audio: "640 base64 characters" })
    expect(judged(speaks, ...asked, "quiet", row.phase("ended")).messages).toEqual([
      expect.stringContaining("input_audio_buffer.commit"),
    ])
  })

  it("a commit that the client had sent by itself, since the app last spoke", () => {
    const speaks = row.performs({ do: "speak", audio: "640 base64 characters" })
    const asked = ["quiet", commit, row.opens("f", "reply", "spoken"), "quiet", row.creates("e1")] as const
    const ended = ["quiet", row.phase("ended")] as const
    expect(judged(speaks, commits, ...asked, ...ended)).toMatchObject({ fired: 1, violations: [] })
    expect(judged(speaks, commits, ...asked.slice(0, -1), ...ended).violations).toHaveLength(1)
    expect(judged(speaks, commits, speaks, ...asked, ...ended).violations).toHaveLength(1)
    const before = row.performs({ do: "commit", request: "before" })
    expect(judged(speaks, before, commits, row.creates("e0"), ...asked, ...ended).violations).toEqual([])
    expect(judged(speaks, before, commits, speaks, ...asked, ...ended).violations).toHaveLength(1)
  })

  it("a commit of which nothing tells that a create is another's", () => {
    const asks = (name: string) => [
      row.performs({ do: "commit", request: name }),
      row.opens(`of ${name}`, "reply", name),
      commits,
    ]
    const refused = [...asks("a"), row.creates("e1"), "quiet", row.isBusy("e1"), ...asks("b"), "quiet"] as const
    const both = ["quiet", row.resolves("of a"), row.resolves("of b")] as const
    expect(judged(...refused, row.creates("e2"), ...both).violations).toEqual([])
    expect(judged(...refused, ...both).violations).toHaveLength(1)
  })

  it("what was reported failed", () => {
    expect(judged(row.requests("a"), row.opens("f", "reply", "a"), "quiet", row.rejects("f")).violations).toEqual([])
    expect(judged(row.requests("a"), "quiet", row.disconnected()).violations).toEqual([])
    expect(judged(row.requests("a"), "quiet", row.seesError()).violations).toEqual([])
  })

  it("what an app's close rejects, in a call that is nobody's by name", () => {
    const closes = row.performs({ do: "close" })
    const asked = (...call: readonly Row[]) => [row.requests("a"), ...call, "quiet"] as const
    const call = row.opens("f", "other")
    expect(judged(...asked(call), closes, row.rejects("f"))).toMatchObject({ fired: 1, violations: [] })
    expect(judged(...asked(call), closes, row.resolves("f")).violations).toHaveLength(1)
    expect(judged(...asked(call), row.rejects("f"), "quiet", closes).violations).toHaveLength(1)
    expect(judged(...asked(row.opens("f", "other", "b")), closes, row.rejects("f")).violations).toHaveLength(1)
    expect(judged(...asked(row.opens("f", "update")), closes, row.rejects("f")).violations).toHaveLength(1)
  })

  it("two says that share one create, and voice activity that answers a commit", () => {
    const shared = [
      row.says("a"),
      row.saysText("text of a"),
      row.says("b"),
      row.saysText("text of b"),
      "quiet",
      row.creates("e1"),
    ] as const
    expect(judged(...shared)).toMatchObject({ fired: 2, violations: [] })
    expect(judged(commit, commits, "quiet", row.created("vad")).violations).toEqual([])
  })

  it("what was cancelled or closed before it could be sent, or went into a half-open socket", () => {
    expect(judged(row.requests("a"), "quiet", row.performs({ do: "cancel", request: "a" })).fired).toBe(0)
    expect(judged(row.requests("a"), row.performs({ do: "close" })).fired).toBe(0)
    expect(judged(row.connects(), row.goesSilent(), "quiet", row.requests("a")).fired).toBe(0)
    const pool = [row.connects(), row.connects(2), row.goesSilent(), row.leaves(2), "quiet"] as const
    const judgedAs = (can: string, ...rows: Row[]) => verdictOf(nothingLost, rows, [can]).fired
    expect(judgedAs("connection-pool", ...pool, row.requests("a"))).toBe(0)
    expect(judgedAs("connection-pool", ...pool, row.drops(), row.requests("a"))).toBe(1)
    expect(judgedAs("reconnect", ...pool, row.requests("a"))).toBe(1)
  })
})

describe("in Responses, words that a warm-up told ahead", () => {
  const warms = row.performs({ do: "warm-up", request: "w" })
  const ahead = { type: "response.create", generate: false, input: [wire.said("a")] }
  const told = [row.says("a"), warms, row.sends(ahead), "quiet", wire.created("x"), wire.ends("x"), "quiet"] as const
  const judgedAs = (...rows: Row[]) => responsesVerdictOf(nothingLost, rows)

  it("are asked for by a create that continues from there", () => {
    expect(judgedAs(...told, wire.creates([], { after: "x" }))).toMatchObject({ fired: 1, violations: [] })
  })

  it("are lost without one, or with one that continues from elsewhere", () => {
    expect(judgedAs(...told, row.phase("ended")).violations).toHaveLength(1)
    expect(judgedAs(...told, wire.creates([], { after: "y" }), row.phase("ended")).violations).toHaveLength(1)
    expect(
      judgedAs(...told, wire.creates([wire.said("b")], { after: "x" }), row.phase("ended")).violations,
    ).toHaveLength(1)
  })
})

describe("of an update that is asked for when there is no connection", () => {
  const later = row.performs({ do: "update", request: "v", instructions: "be kind" })
  const kind = row.sends({ type: "session.update", session: { instructions: "be kind" } })
  const [connect, ended] = [row.performs({ do: "connect" }), row.phase("ended")]
  const lost = [connect, row.connects(), row.drops(), row.disconnected(), "quiet"] as const

  it("nothing is owed if none follows, or if a later one is kept for the next", () => {
    expect(judged(update, "quiet", ended).fired).toBe(0)
    expect(judged(...lost, update, "quiet", ended).fired).toBe(0)
    expect(judged(...lost, update, later, connect, row.connects(2), kind)).toMatchObject({ fired: 1, violations: [] })
  })

  it("it is owed by the next, as the last of them, and by one that is there or that the app takes to be there", () => {
    const again = [connect, row.connects(2), "quiet", ended] as const
    expect(judged(...lost, update, ...again).violations).toHaveLength(1)
    expect(judged(...lost, update, later, ...again).violations).toHaveLength(1)
    expect(judged(connect, row.connects(), update, later, kind, ended).violations).toHaveLength(1)
    expect(judged(connect, row.connects(), row.drops(), "quiet", update, ended).violations).toHaveLength(1)
    expect(judged(...lost, connect, row.connects(2), update, "quiet", ended).violations).toHaveLength(1)
  })
})
