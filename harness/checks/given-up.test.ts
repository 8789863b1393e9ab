// Tests for what a connection brings after its client gave it up over a frame that is no event, by the four invariants that ask.
import { describe, expect, it } from "vitest"
import { errorsSurface } from "./errors-surface.ts"
import { healthyConnectionIsReused } from "./healthy-connection-is-reused.ts"
import type { Invariant } from "./invariant.ts"
import { responsesVerdictOf, wire } from "./responses-for-tests.ts"
import { settlesWhenAnswered } from "./settles-when-answered.ts"
import { terminalSetIsComplete } from "./terminal-set-is-complete.ts"
import { type Row, row } from "./trace-for-tests.ts"

const judged = (invariant: Invariant, ...rows: Row[]) =>
  responsesVerdictOf(invariant, rows, ["retry", "error-event"]).violations
const said = (...rows: Row[]) =>
  [settlesWhenAnswered, terminalSetIsComplete, errorsSurface, healthyConnectionIsReused].flatMap((invariant) =>
    judged(invariant, ...rows).length > 0 ? [invariant.id] : [],
  )

const text: Row = { lane: "server", kind: "text", connection: 1, text: "null" }
const asked: Row[] = [row.connects(), ...wire.asks("a")]
const told: Row[] = [...asked, text, row.seesError(), "quiet"]
const refusal = wire.errs("invalid_prompt", { status: 400 })
const cancelled: Row[] = [1, row.performs({ do: "cancel" }), row.resolves("a"), "quiet"]
const elsewhere: Row[] = [row.connects(2), ...wire.asks("b", { connection: 2 })]
const bySelf: Row[] = [row.leaves(), ...elsewhere]
const all = ["settles-when-answered", "terminal-set-is-complete", "errors-surface", "healthy-connection-is-reused"]

describe("what a given-up connection still brings", () => {
  it("answers nothing, while the client has yet to ask again", () => {
    expect(said(...told, refusal, ...cancelled, ...bySelf)).toEqual([])
    for (const as of ["completed", "failed", "incomplete"] as const)
      expect(said(...told, wire.created("x"), wire.ends("x", as), ...cancelled, ...bySelf)).toEqual([])
  })

  it("answers nothing when the frame lay unread until the next create", () => {
    const idle: Row[] = [row.connects(), text, "quiet", row.says("a"), row.opens("a", "stream", "a"), row.seesError()]
    const sent: Row[] = [...idle, wire.creates([wire.said("a")]), "quiet", refusal, ...cancelled]
    expect(said(...sent, ...bySelf)).toEqual([])
    expect(said(...sent, ...wire.asks("b"), row.leaves())).toEqual(all.slice(0, 3))
  })

  it("is no loss that must be told", () => {
    expect(said(...told, row.drops(), ...cancelled)).toEqual([])
    expect(said(...asked, text, "quiet", row.drops(), ...cancelled)).toEqual(["errors-surface"])
  })

  it("is not waited for by what was asked again, which is judged by that", () => {
    const again: Row[] = [row.leaves(), row.connects(2), wire.creates([wire.said("a")], { connection: 2 }), "quiet"]
    const refused: Row[] = [wire.created("x"), wire.ends("x", "incomplete"), 100, ...again]
    const there = wire.errs("invalid_prompt", { connection: 2 })
    expect(said(...told, ...refused, there, row.rejects("a"))).toEqual([])
    expect(said(...told, ...refused, there, 5, row.rejects("a"))).toContain("settles-when-answered")
  })
})

describe("a connection is not given up, and holds its client, where", () => {
  it("nobody was told of the frame, or only later", () => {
    expect(said(...asked, text, "quiet", refusal, ...cancelled, ...bySelf)).toEqual(all)
    const late: Row[] = [...asked, text, "quiet", refusal, 1, row.seesError(), ...cancelled, ...bySelf]
    expect(said(...late)).toEqual(["settles-when-answered", "terminal-set-is-complete", "healthy-connection-is-reused"])
  })

  it("no such frame came, or on another connection alone", () => {
    expect(said(...asked, row.seesError(), "quiet", refusal, ...cancelled, ...bySelf)).toEqual(all)
    const other: Row = { lane: "server", kind: "text", connection: 3, text: "null" }
    expect(said(...asked, other, row.seesError(), "quiet", refusal, ...cancelled, ...bySelf)).toEqual(all)
  })

  it("the next request goes over it", () => {
    expect(said(...told, refusal, ...cancelled, ...wire.asks("b"), row.leaves())).toEqual(all.slice(0, 3))
  })

  it("the client keeps it open, or closes it after its next create, or because the app closes", () => {
    expect(said(...told, refusal, ...cancelled, ...elsewhere)).toEqual(all)
    expect(said(...told, refusal, ...cancelled, ...elsewhere, row.leaves())).toEqual(all)
    expect(said(...told, refusal, ...cancelled, ...elsewhere, row.drops())).toEqual(all)
    const closes: Row[] = [row.performs({ do: "close" }), row.leaves()]
    expect(said(...told, refusal, ...cancelled, ...closes)).toEqual(all.slice(0, 3))
  })

  it("what it brings afterwards reaches the app", () => {
    const read: Row[] = [wire.created("x"), wire.delta("x"), row.hears("x"), "quiet"]
    expect(said(...told, ...read, wire.ends("x"), ...cancelled, ...bySelf)).toEqual(all.slice(0, 2))
    expect(said(...told, wire.created("x"), wire.delta("x"), "quiet", ...cancelled, ...bySelf)).toEqual([])
  })

  it("the client waits for it until its time-out, which is its right", () => {
    const waits: Row[] = [19_000, row.rejects("a"), row.leaves(), "quiet"]
    expect(said(...told, ...waits, ...elsewhere)).toEqual([])
  })

  it("the frame came after the end", () => {
    const after: Row[] = [...asked, refusal, 1, text, row.seesError(), ...cancelled, ...bySelf]
    expect(said(...after)).toEqual(["settles-when-answered", "terminal-set-is-complete"])
  })
})

it("a given-up connection is no excuse for waiting without end, nor once something was heard", () => {
  const waits: Row[] = [wire.created("x"), wire.ends("x"), 10_001, ...cancelled, ...bySelf]
  expect(said(...told, ...waits)).toEqual(["settles-when-answered", "terminal-set-is-complete"])
  const heard: Row[] = [...asked, wire.created("x"), wire.delta("x"), row.hears("x"), text, row.seesError(), "quiet"]
  expect(said(...heard, wire.ends("x"), ...cancelled, ...bySelf)).toEqual(["settles-when-answered"])
})
