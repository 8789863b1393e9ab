// What counts as the same sightings, and what is told where they differ.
import { describe, expect, it } from "vitest"
import { areInvisible, sightingsOf, unlikeCalm } from "./relations.ts"
import { row, traceOf } from "./trace-for-tests.ts"

const opened = row.opens("f", "reply", "a")
const calm = traceOf([opened, row.hears("one"), row.resolves("f")])

describe("a faulted case", () => {
  it("is like the calm one where the app saw the same, at whatever time", () => {
    expect(unlikeCalm(calm, traceOf([opened, 50, row.hears("one"), 1_000, row.resolves("f")]))).toBeUndefined()
  })

  it("is unlike it where a future ends otherwise, or something is heard twice or not at all", () => {
    const message = (rows: Parameters<typeof traceOf>[0]) => unlikeCalm(calm, traceOf(rows))?.message
    expect(message([opened, row.hears("one"), row.rejects("f")])).toBe(
      "Of the reply future of a the app saw only without the faults: resolved; only with them: rejected.",
    )
    expect(message([opened, row.hears("one"), row.hears("one"), row.resolves("f")])).toMatch(
      /^Of the text of one the app saw only without the faults: nothing; only with them: \S+\.$/,
    )
    expect(message([opened, row.resolves("f")])).toContain("with them: nothing.")
  })

  it("tells what differs, and not what was seen in both", () => {
    const error = (code: string) =>
      ({ lane: "app", kind: "error", error: { name: "Error", message: "no", code } }) as const
    const message = (before: readonly string[], now: readonly string[]) =>
      unlikeCalm(traceOf(before.map(error)), traceOf(now.map(error)))?.message
    expect(message(["a"], ["a", "b", "b"])).toBe(
      "Of errors the app saw only without the faults: nothing; only with them: b, b.",
    )
    expect(message(["a", "a"], ["a"])).toContain("only without the faults: a; only with them: nothing.")
    expect(message(["a", "b"], ["b", "a"])).toBe(
      "Of errors the app saw without the faults: a, b; with them, in another order: b, a.",
    )
    expect(message(["a", "b"], ["a", "b"])).toBeUndefined()
  })

  it("tells of the fault as the cause", () => {
    const event = { type: "rtspec.unknown" }
    const fault = { lane: "server", kind: "event", connection: 1, event, fault: "unknown-event" } as const
    expect(unlikeCalm(calm, traceOf([opened, fault, row.resolves("f")]))).toMatchObject({ cause: 1, offence: 2 })
  })
})

describe("sightings", () => {
  it("are of the app alone", () => {
    expect(sightingsOf(traceOf([row.connects(), row.creates("e")])).size).toBe(0)
    expect([...sightingsOf(calm).keys()]).toEqual(["the text of one", "the reply future of a"])
  })
})

describe("invisible faults", () => {
  it("are those that move nothing, and take nothing away", () => {
    expect(areInvisible([{ fault: "split-frame" }, { fault: "extra-field" }])).toBe(true)
    expect(areInvisible([{ fault: "split-frame" }, { fault: "delay" }])).toBe(false)
    expect(areInvisible([{ fault: "null-event-id" }])).toBe(false)
    expect(areInvisible([])).toBe(false)
  })
})
