// Tests for steering that was given back: what the app must learn of it.
import { describe, expect, it } from "vitest"
import { errorsSurface } from "./errors-surface.ts"
import { responsesVerdictOf, wire } from "./responses-for-tests.ts"
import { type Row, row } from "./trace-for-tests.ts"

const steers = [row.performs({ do: "steer", of: "a", text: "more" }), wire.steers("a")] as const
const givesBack = (sequence_number: number, label = "a", connection = 1) =>
  row.delivers(
    { type: "response.steer.failed", sequence_number, steer: { previous_response_id: `resp_${label}` } },
    connection,
  )
const answered = [wire.created("a"), ...steers, wire.ends("a"), row.resolves("a"), "quiet"] as const

const judged = (...rows: readonly Row[]) =>
  responsesVerdictOf(errorsSurface, [row.connects(), ...wire.asks("a"), ...rows], ["error-event"])

describe("what was added to a reply, and came too late", () => {
  it("is reported: by an error, or as what was to follow on it fails", () => {
    expect(judged(...answered, givesBack(3)).messages).toEqual([
      "The app must learn that the server gave back what was added to response resp_a; no future was rejected and no error or failed turn was reported.",
    ])
    expect(judged(...answered, givesBack(3), row.seesError())).toMatchObject({ fired: 1, violations: [] })
    const next = row.opens("b", "stream", "a")
    expect(judged(...answered, next, givesBack(3), row.rejects("b"))).toMatchObject({ fired: 1, violations: [] })
    expect(judged(...answered, row.seesError(), "quiet", givesBack(3)).violations).toHaveLength(1)
  })

  it("is reported each time, but not where it is told again", () => {
    const twice = [wire.created("a"), ...steers, ...steers, wire.ends("a"), row.resolves("a")] as const
    const first = [...twice, givesBack(3), row.seesError(), "quiet"] as const
    expect(judged(...first, givesBack(3)).violations).toEqual([])
    expect(judged(...first, givesBack(4)).violations).toHaveLength(1)
  })

  it("is nothing to report where the client sent none, or not there", () => {
    expect(judged(wire.created("a"), wire.ends("a"), row.resolves("a"), givesBack(3)).fired).toBe(0)
    expect(judged(...answered, givesBack(3, "other")).fired).toBe(0)
    expect(judged(...answered, row.connects(2), givesBack(3, "a", 2)).fired).toBe(0)
  })

  it("is no more than that the reply failed, where it did", () => {
    const ends = (as: "failed" | "incomplete") =>
      judged(wire.created("a"), ...steers, wire.ends("a", as), row.resolves("a"), "quiet", givesBack(3))
    expect(ends("failed").messages).toEqual([expect.stringContaining("response resp_a failed")])
    expect(ends("incomplete").violations).toHaveLength(1)
  })

  it("is no more than that its successor failed, as by a time-out, where that came first", () => {
    const next = [...answered, row.opens("b", "stream", "a"), "quiet"] as const
    expect(judged(...next, row.rejects("b"), "quiet", givesBack(3))).toMatchObject({ fired: 0 })
    expect(judged(...next, row.resolves("b"), "quiet", givesBack(3)).violations).toHaveLength(1)
    const other = [...answered, ...wire.asks("b"), row.rejects("b"), "quiet"] as const
    expect(judged(...other, givesBack(3)).violations).toHaveLength(1)
  })

  it.each([undefined, "a", "b"])("need not be reported once the app has cancelled what it steered (%s)", (request) => {
    const cancel = row.performs({ do: "cancel", ...(request ? { request } : {}) })
    expect(judged(...answered, cancel, givesBack(3)).violations).toHaveLength(request === "b" ? 1 : 0)
    expect(judged(...answered, givesBack(3), "quiet", cancel).violations).toHaveLength(1)
  })

  it("cannot be shown by a client that has no errors to show, nor once the app has closed", () => {
    const rows = [row.connects(), ...wire.asks("a"), ...answered] as const
    expect(responsesVerdictOf(errorsSurface, [...rows, givesBack(3)]).fired).toBe(0)
    expect(judged(...answered, row.performs({ do: "close" }), givesBack(3)).fired).toBe(0)
  })
})
