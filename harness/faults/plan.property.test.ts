// What holds for every fault plan: plans compose, the empty one changes nothing, and lawful ones keep each response whole.
import fc from "fast-check"
import { describe, expect, it } from "vitest"
import type { WireEvent } from "../protocol/event.ts"
import { faults } from "./all.ts"
import type { Delivery, FaultPlan } from "./fault.ts"
import { applyPlan } from "./plan.ts"

const fixed = { seed: 3, numRuns: 300 }
const line = {}
const deltas = "response.output_text.delta"

/** What a server says of up to three responses that run at once; the event ids number it. */
const said = fc
  .array(fc.constantFrom("a", "b", "c"), { minLength: 1, maxLength: 12 })
  .map((labels) =>
    labels.map((label, at) => ({ type: deltas, event_id: `event_${at}`, response_id: `resp_${label}`, delta: "x" })),
  )

const planOf = (names: readonly string[]): fc.Arbitrary<FaultPlan> =>
  fc.array(
    fc.record({
      fault: fc.constantFrom(...names),
      at: fc.record(
        {
          type: fc.constantFrom("*", deltas, "error"),
          nth: fc.integer({ min: 1, max: 6 }),
          response: fc.constantFrom("a", "b"),
        },
        { requiredKeys: ["type", "nth"] },
      ),
      by: fc.integer({ min: 1, max: 4 }),
    }),
    { maxLength: 6 },
  )

const named = (isOne: (fault: (typeof faults)[number]) => boolean) => faults.filter(isOne).map(({ name }) => name)
const striking = planOf(named(({ holds }) => !holds))
const holding = planOf(named(({ holds }) => holds !== undefined))
const lawful = planOf(named(({ oracle }) => oracle === "lawful"))

/** All that is delivered, event by event. */
function delivered(plan: FaultPlan, events: readonly WireEvent[]): Delivery[][] {
  const applied = applyPlan(plan)
  return events.map((event) => [...applied.strike(event, line)])
}

/** The event ids that were delivered; what a fault added is left out. */
const idsIn = (deliveries: readonly Delivery[]) =>
  deliveries.flatMap((each) =>
    each.kind === "event" && !/_u$/.test(each.event.event_id ?? "") ? [each.event.event_id] : [],
  )

describe("a fault plan", () => {
  it("is composed of its faults: where several strike, each takes what the one before it gave", () => {
    fc.assert(
      fc.property(striking, striking, said, (first, second, events) => {
        const boundaryOf = ({ at }: FaultPlan[number]) =>
          events.filter(
            ({ type, response_id }) =>
              (at.type === "*" || at.type === type) &&
              (at.response === undefined || response_id === `resp_${at.response}`),
          )[at.nth - 1]
        const thenSecond = (event: (typeof events)[number], deliveries: readonly Delivery[]) =>
          second
            .filter((planned) => boundaryOf(planned) === event)
            .reduce(
              (given, { fault, by }) => {
                const apply = faults.find(({ name }) => name === fault)?.apply
                return given.flatMap((each) => (each.kind === "event" && apply ? [...apply(each, by)] : [each]))
              },
              [...deliveries],
            )
        const alone = delivered(first, events)
        const composed = events.map((event, at) => thenSecond(event, alone[at] ?? []))
        expect(delivered([...first, ...second], events)).toEqual(composed)
      }),
      fixed,
    )
  })

  it("changes nothing when it is empty, or stopped before it strikes", () => {
    fc.assert(
      fc.property(fc.oneof(striking, holding), said, (plan, events) => {
        const untouched = events.map((event) => [{ kind: "event", event }])
        expect(delivered([], events)).toEqual(untouched)
        const stopped = applyPlan(plan)
        stopped.stop()
        expect(events.map((event) => stopped.strike(event, line))).toEqual(untouched)
        expect(stopped.late(line)).toEqual([])
      }),
      fixed,
    )
  })

  it("does the same every time it is applied", () => {
    fc.assert(
      fc.property(fc.oneof(striking, holding), said, (plan, events) => {
        expect(delivered(plan, events)).toEqual(delivered(plan, events))
      }),
      fixed,
    )
  })

  it("loses nothing that it holds back, and gives it once", () => {
    fc.assert(
      fc.property(holding, said, (plan, events) => {
        const applied = applyPlan(plan)
        const told = events.flatMap((event) => applied.strike(event, line))
        applied.stop()
        const all = idsIn([...told, ...applied.late(line)])
        expect(all.toSorted()).toEqual(events.map(({ event_id }) => event_id).toSorted())
        expect(applied.late(line)).toEqual([])
      }),
      fixed,
    )
  })

  it("keeps all that was said, in its order, when it is lawful", () => {
    fc.assert(
      fc.property(lawful, said, (plan, events) => {
        expect(idsIn(delivered(plan, events).flat())).toEqual(events.map(({ event_id }) => event_id))
      }),
      fixed,
    )
  })

  it("keeps the order within each response where whole responses are held", () => {
    fc.assert(
      fc.property(planOf(["swizzle"]), said, (plan, events) => {
        const applied = applyPlan(plan)
        const told = events.flatMap((event) => applied.strike(event, line))
        applied.stop()
        const ids = idsIn([...told, ...applied.late(line)])
        for (const label of ["a", "b", "c"]) {
          const own = events
            .filter(({ response_id }) => response_id === `resp_${label}`)
            .map(({ event_id }) => event_id)
          expect(ids.filter((id) => own.some((each) => each === id))).toEqual(own)
        }
      }),
      fixed,
    )
  })
})
