import { describe, expect, it } from "vitest"
import { faults } from "./all.ts"
import { applyPlan } from "./plan.ts"

const delta = (response: string) => ({
  type: "response.output_text.delta",
  event_id: "e",
  response_id: `resp_${response}`,
  delta: "x",
})

const line = {}

describe("fault plan", () => {
  it("strikes at the addressed boundary and nowhere else", () => {
    const plan = applyPlan([{ fault: "drop-event", at: { type: "response.output_text.delta", nth: 2, response: "a" } }])
    const delivered = [delta("a"), delta("b"), delta("a"), delta("a")].map((event) => plan.strike(event, line).length)
    expect(delivered).toEqual([1, 1, 0, 1])
  })

  it("composes faults that strike at one boundary", () => {
    const plan = applyPlan([
      { fault: "duplicate-event", at: { type: "*", nth: 1 } },
      { fault: "extra-field", at: { type: "*", nth: 1 } },
    ])
    expect(plan.strike(delta("a"), line)).toMatchObject([
      { event: { obfuscation: "x7Qd" } },
      { event: { obfuscation: "x7Qd" } },
    ])
  })

  it("stops when told to, and refuses a fault that does not exist", () => {
    const plan = applyPlan([{ fault: "drop-event", at: { type: "*", nth: 1 } }])
    plan.stop()
    expect(plan.strike(delta("a"), line).length).toBe(1)
    expect(() => applyPlan([{ fault: "nope", at: { type: "*", nth: 1 } }])).toThrow(/no fault is called "nope"/)
  })

  const labels = (deliveries: ReturnType<ReturnType<typeof applyPlan>["strike"]>) =>
    deliveries.map((each) => (each.kind === "event" ? each.event.response_id : each.kind))

  it("holds an event back on its own connection alone, and gives it at the latest when faults are over", () => {
    const plan = applyPlan([{ fault: "hold-back", at: { type: "*", nth: 1 }, by: 2 }])
    const other = {}
    expect(labels(plan.strike(delta("a"), line))).toEqual([])
    expect(labels(plan.strike(delta("b"), other))).toEqual(["resp_b"])
    expect(labels(plan.strike(delta("c"), line))).toEqual(["resp_c"])
    expect(plan.late(line)).toEqual([])
    plan.stop()
    expect(plan.late(other)).toEqual([])
    expect(labels(plan.late(line))).toEqual(["resp_a"])
    expect(plan.late(line)).toEqual([])
  })

  it("gives each response a foreign id of its own, so that none is taken for another that was struck, too", () => {
    const struck = (type: string) => ({ fault: "foreign-id", at: { type, nth: 1 } })
    const plan = applyPlan([struck("response.created"), struck("response.output_text.delta")])
    const created = { type: "response.created", response: { id: "resp_a", object: "realtime.response" } }
    expect(plan.strike(created, line)).toMatchObject([{ event: { response: { id: "resp_a_stranger" } } }])
    expect(labels(plan.strike(delta("b"), line))).toEqual(["resp_b_stranger"])
  })

  it("holds nothing of Responses back behind the beginning of its lane's next response", () => {
    const plan = applyPlan([{ fault: "hold-back", at: { type: "response.output_text.delta", nth: 1 }, by: 9 }])
    const said = (type: string, stream_id?: string) =>
      plan
        .strike({ type, sequence_number: 0, ...(stream_id ? { stream_id } : {}) }, line)
        .map((delivery) => delivery.kind === "event" && delivery.event.type.replace("response.", ""))
    expect(said("response.output_text.delta")).toEqual([])
    expect(said("response.completed")).toEqual(["completed"])
    expect(said("response.created", "left")).toEqual(["created"])
    expect(said("response.created")).toEqual(["output_text.delta", "created"])
  })

  it("swizzles: what a response says waits together, in its own order, behind what others say", () => {
    const plan = applyPlan([{ fault: "swizzle", at: { type: "*", nth: 1 }, by: 2 }])
    const told = ["a", "a", "b", "a", "c", "a"].map((label) => labels(plan.strike(delta(label), line)))
    expect(told).toEqual([[], [], ["resp_b"], [], ["resp_c", "resp_a", "resp_a", "resp_a"], ["resp_a"]])
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
