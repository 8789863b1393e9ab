import { describe, expect, it } from "vitest"
import { faults } from "./all.ts"
import { applyPlan } from "./plan.ts"

const delta = (response: string) => ({
  type: "response.output_text.delta",
  event_id: "e",
  response_id: `resp_${response}`,
  delta: "x",
})

describe("fault plan", () => {
  it("strikes at the addressed boundary and nowhere else", () => {
    const plan = applyPlan([{ fault: "drop-event", at: { type: "response.output_text.delta", nth: 2, response: "a" } }])
    const delivered = [delta("a"), delta("b"), delta("a"), delta("a")].map((event) => plan.strike(event).length)
    expect(delivered).toEqual([1, 1, 0, 1])
  })

  it("composes faults that strike at one boundary", () => {
    const plan = applyPlan([
      { fault: "duplicate-event", at: { type: "*", nth: 1 } },
      { fault: "extra-field", at: { type: "*", nth: 1 } },
    ])
    expect(plan.strike(delta("a"))).toMatchObject([
      { event: { obfuscation: "x7Qd" } },
      { event: { obfuscation: "x7Qd" } },
    ])
  })

  it("stops when told to, and refuses a fault that does not exist", () => {
    const plan = applyPlan([{ fault: "drop-event", at: { type: "*", nth: 1 } }])
    plan.stop()
    expect(plan.strike(delta("a")).length).toBe(1)
    expect(() => applyPlan([{ fault: "nope", at: { type: "*", nth: 1 } }])).toThrow(/no fault is called "nope"/)
  })

  it.each(faults)("$name does what it says and says whose oracle it is for", (fault) => {
    const events = [
      { type: "error", event_id: "e", error: { type: "t", message: "m", event_id: "c1" } },
      { type: "conversation.item.done", event_id: "e", previous_item_id: "item_1", item: { id: "item_2" } },
      { type: "response.completed", sequence_number: 7, response: { id: "resp_a" } },
    ]
    const changed = events.filter((event) => {
      const before = { kind: "event" as const, event }
      return JSON.stringify(fault.apply(before, undefined)) !== JSON.stringify([before])
    })
    expect(changed).not.toEqual([])
    expect(["lawful", "hostile"]).toContain(fault.oracle)
  })
})
