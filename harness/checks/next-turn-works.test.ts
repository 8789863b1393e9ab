// Tests for next-turn-works.
import { describe, expect, it } from "vitest"
import { nextTurnWorks } from "./next-turn-works.ts"
import { row, verdictOf } from "./trace-for-tests.ts"

const judged = (...rows: Parameters<typeof verdictOf>[1]) =>
  verdictOf(nextTurnWorks, rows, ["text-output", "reply-future"])
const fresh = [row.phase("fresh-turn"), row.says("fresh")] as const
const sent = [row.saysText("text of fresh"), row.creates("e9"), "quiet"] as const
const answered = [row.created("n", "e9"), row.textDelta("n"), row.done("n")] as const

it("passes a turn that is asked for, answered, settled and heard", () => {
  const rows = [
    row.connects(),
    ...fresh,
    row.opens("f", "reply", "fresh"),
    ...sent,
    ...answered,
    row.resolves("f"),
    row.hears("n"),
  ] as const
  expect(judged(...rows)).toMatchObject({ fired: 1, violations: [] })
})

it("passes one whose create may as well be for a request that has waited longer, and judges that by its answer", () => {
  const old = [row.says("old"), row.opens("o", "reply", "old"), row.saysText("text of old"), row.creates("e1")] as const
  const both = [row.connects(), ...old, "quiet", row.isBusy("e1"), ...fresh, row.opens("f", "reply", "fresh")] as const
  const created = [...both, ...sent, row.created("n", "e9"), row.textDelta("n")] as const
  expect(judged(...created, row.done("n"), row.resolves("f"), row.hears("n")).violations).toEqual([])
  expect(judged(...created, row.done("n", "failed"), row.resolves("f"), row.hears("n")).messages).toEqual([
    expect.stringContaining("its response resp_n ended as failed"),
  ])
  expect(judged(...both, row.saysText("text of fresh"), row.resolves("f")).messages).toEqual([
    expect.stringContaining("no response.create was sent for it"),
  ])
})

it("passes one whose create may be for what was said before it, if that may have shared another", () => {
  const says = (name: string) => [
    row.says(name),
    row.opens(`of ${name}`, "reply", name),
    row.saysText(`text of ${name}`),
  ]
  const first = [row.connects(), ...says("a"), ...says("b")] as const
  const asks = ["quiet", row.phase("fresh-turn"), ...says("fresh"), row.creates("e9"), "quiet", ...answered] as const
  const ends = [row.resolves("of b"), row.resolves("of fresh"), row.hears("n")] as const
  expect(judged(...first, row.creates("e1"), ...asks, ...ends).violations).toEqual([])
  expect(judged(...first, ...asks, ...ends).messages).toEqual([expect.stringContaining("no response.create was sent")])
  const between = [row.connects(), ...says("a"), row.creates("e1"), ...says("b")] as const
  expect(judged(...between, ...asks, ...ends).violations).toHaveLength(1)
  expect(judged(...first, row.creates("e1"), ...asks.slice(0, -1), ...ends).violations).toHaveLength(1)
})

describe("fails", () => {
  const told = (what: string) => [`The fresh turn "fresh" must work after the faults have stopped; ${what}.`]

  it("when no create is sent", () => {
    expect(judged(row.connects(), ...fresh, row.saysText("text of fresh"), 120_000).messages).toEqual(
      told("no response.create was sent for it"),
    )
  })

  it("when it is refused by the server or by the client", () => {
    expect(judged(...fresh, ...sent, row.isBusy("e9")).messages).toEqual(
      told('the server refused response.create e9 (for say "fresh")'),
    )
    const refused = {
      lane: "app",
      kind: "refused",
      operation: fresh[1].operation,
      error: { name: "Error", message: "not now" },
    } as const
    expect(judged(...fresh, refused).messages).toEqual(told("the client refused it: not now"))
  })

  it("when its response was cancelled, its text not delivered, its future rejected or left open", () => {
    expect(judged(...fresh, ...sent, row.created("n", "e9"), row.done("n", "cancelled")).messages).toEqual(
      told("its response resp_n ended as cancelled"),
    )
    expect(judged(...fresh, ...sent, ...answered, row.hears("other")).messages).toEqual(
      told("the text of its response resp_n was never delivered to the app"),
    )
    const waiting = [...fresh, row.opens("f", "reply", "fresh"), ...sent, ...answered, row.hears("n")] as const
    expect(judged(...waiting).messages).toEqual(told('its reply future of "fresh" never settled'))
    expect(judged(...waiting, row.rejects("f")).messages).toEqual(told("its reply future was rejected"))
  })
})

it("owes no sound to a session that was asked for text alone", () => {
  const sounds = row.delivers({ type: "response.output_audio.delta", response_id: "resp_n", delta: "AAAA" })
  const turn = [
    ...fresh,
    ...sent,
    row.created("n", "e9"),
    row.textDelta("n"),
    sounds,
    row.done("n"),
    row.hears("n"),
  ] as const
  const asks = (session: object) => row.sends({ type: "session.update", session })
  const judgedAs = (...rows: Parameters<typeof verdictOf>[1]) =>
    verdictOf(nextTurnWorks, [row.connects(), ...rows, ...turn], ["text-output", "audio-output"]).violations
  expect(judgedAs(asks({ output_modalities: ["text"] }))).toEqual([])
  expect(judgedAs(asks({ modalities: ["text"] }), asks({ instructions: "Be brief." }))).toEqual([])
  expect(judgedAs()).toHaveLength(1)
  expect(judgedAs(asks({ output_modalities: ["text"] }), asks({ output_modalities: ["audio"] }))).toHaveLength(1)
})

describe("does not fire", () => {
  it("without a fresh turn, or for requests of the story", () => {
    expect(judged(row.says("a"), row.phase("healed")).fired).toBe(0)
    expect(judged(row.says("a"), row.phase("fresh-turn"), row.performs({ do: "close" })).fired).toBe(0)
  })

  it("when the connection is gone and the client does not connect again by itself", () => {
    expect(judged(row.connects(), row.drops(), "quiet", ...fresh).fired).toBe(0)
    expect(judged(row.connects(), row.goesSilent(), "quiet", ...fresh).fired).toBe(0)
    expect(
      verdictOf(nextTurnWorks, [row.connects(), row.drops(), "quiet", ...fresh], ["reconnect"]).violations,
    ).toHaveLength(1)
  })

  it("when one of a pool is half-open, as long as it is there", () => {
    const pool = (...rows: Parameters<typeof verdictOf>[1]) =>
      verdictOf(nextTurnWorks, rows, ["reconnect", "connection-pool"]).fired
    const both = [row.connects(), row.connects(2), row.goesSilent(), row.leaves(2), "quiet"] as const
    expect(pool(...both, ...fresh)).toBe(0)
    expect(pool(...both, row.drops(), "quiet", ...fresh)).toBe(1)
    expect(pool(...both, row.leaves(), "quiet", ...fresh)).toBe(1)
    expect(verdictOf(nextTurnWorks, [...both, ...fresh], ["reconnect"]).fired).toBe(1)
  })
})

it("is not confused by an older create that was never answered and bore no metadata", () => {
  const rows = [
    row.createsPlainly("e1"),
    row.phase("healed"),
    ...fresh,
    row.saysText("text of fresh"),
    row.createsPlainly("e9"),
    "quiet",
    row.created("n"),
    row.textDelta("n"),
    row.done("n"),
    row.hears("n"),
  ] as const
  expect(judged(...rows)).toMatchObject({ fired: 1, violations: [] })
})

it("says so when the fresh turn was answered with an old response, and its create came after that", () => {
  const old = [row.connects(), row.createsPlainly("e1"), "quiet", row.created("old"), row.done("old"), "quiet"] as const
  const rows = [
    ...old,
    ...fresh,
    row.opens("f", "reply", "fresh"),
    row.hears("old", { future: "f" }),
    row.resolves("f"),
  ]
  expect(judged(...rows, ...sent, ...answered, row.hears("n")).messages).toEqual([
    'The fresh turn "fresh" must work after the faults have stopped; it was answered with resp_old, which was there before.',
  ])
})
