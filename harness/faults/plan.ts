// Applies a fault plan to what one server sends: counts the boundaries, and lets the planned faults strike at theirs.
import type { WireEvent } from "../protocol/event.ts"
import { read } from "../protocol/realtime/read.ts"
import { faults } from "./all.ts"
import type { Address, Delivery, FaultPlan } from "./fault.ts"

export interface Faults {
  /** What is delivered for an event that the server sends on that connection. */
  strike(event: WireEvent, on: object): readonly Delivery[]
  /** From here on nothing is faulted. */
  stop(): void
  /** What was held back on that connection, where nothing is faulted any more. */
  late(on: object): readonly Delivery[]
}

/** The response an event belongs to, as the address of a fault names it. */
function labelOf(event: WireEvent): string | undefined {
  const inner = event.response as { id?: unknown } | undefined
  const id = event.response_id ?? inner?.id
  return typeof id === "string" ? id.replace(/^resp_/, "") : undefined
}

/** What keeps its own order among others: a response, or in Responses, where most events name none, its lane. */
const streamOf = (event: WireEvent): string | undefined =>
  event.sequence_number === undefined ? labelOf(event) : (read.text(event.stream_id) ?? undefined)

/** Of Responses, whose events are numbered: the beginning of the next response. */
const isNextOnLane = ({ type, sequence_number }: WireEvent) =>
  type === "response.created" && sequence_number !== undefined

function strikes(at: Address, event: WireEvent): boolean {
  return (at.type === "*" || at.type === event.type) && (at.response === undefined || at.response === labelOf(event))
}

/** Deliveries that wait for so many more events to go before them. */
interface Held {
  /** What is held back on a connection that is gone does not come on the next. */
  readonly on: object
  left: number
  /** What this response or lane says waits with it. */
  readonly response: string | undefined
  readonly lane: string | undefined
  deliveries: readonly Delivery[]
}

/** Throws when the plan names a fault that does not exist. */
export function applyPlan(plan: FaultPlan): Faults {
  const waiting = plan.map((planned) => {
    const fault = faults.find((each) => each.name === planned.fault)
    if (!fault)
      throw new Error(`no fault is called "${planned.fault}"; there are ${faults.map((each) => each.name).join(", ")}`)
    return { planned, fault, left: planned.at.nth }
  })
  let stopped = waiting.length === 0
  let held: Held[] = []
  const release = (on: object): Delivery[] => {
    if (held.length === 0) return []
    const due = held.filter((each) => each.on === on && (--each.left <= 0 || stopped))
    held = held.filter((each) => !due.includes(each))
    return due.flatMap(({ deliveries }) => deliveries)
  }
  const lateOnLane = (on: object, lane: string | undefined): Delivery[] => {
    const late = held.filter((each) => each.on === on && each.lane === lane)
    held = held.filter((each) => !late.includes(each))
    return late.flatMap(({ deliveries }) => deliveries)
  }
  /** The event with what strikes it, and for how many more it waits. */
  const struck = (event: WireEvent, response: string | undefined) => {
    let deliveries: readonly Delivery[] = [{ kind: "event", event }]
    let holds = 0
    let holdsResponse = false
    for (const each of waiting) {
      if (!strikes(each.planned.at, event)) continue
      each.left -= 1
      if (each.left !== 0 || (each.fault.holdsResponse && response === undefined)) continue
      holds = Math.max(holds, each.fault.holds?.(each.planned.by) ?? 0)
      holdsResponse ||= each.fault.holdsResponse === true
      deliveries = deliveries.flatMap((delivery) =>
        delivery.kind === "event" ? each.fault.apply(delivery, each.planned.by) : [delivery],
      )
    }
    return { deliveries, holds, holdsResponse }
  }
  return {
    late: (on) => (stopped ? release(on) : []),
    strike(event, on) {
      if (stopped) return [...release(on), { kind: "event", event }]
      const response = streamOf(event)
      const { deliveries, holds, holdsResponse } = struck(event, response)
      const together = held.find((each) => each.on === on && each.response !== undefined && each.response === response)
      if (together) {
        together.deliveries = [...together.deliveries, ...deliveries]
        return []
      }
      // Behind the beginning of its lane's next response nobody could tell whose it was: their events name none.
      const earlier = isNextOnLane(event) ? lateOnLane(on, response) : []
      const before = [...earlier, ...release(on)]
      if (earlier.length > 0 && holds === 0) return [...before, ...deliveries]
      if (holds === 0) return [...deliveries, ...before]
      held.push({ on, left: holds, deliveries, response: holdsResponse ? response : undefined, lane: response })
      return before
    },
    stop: () => {
      stopped = true
    },
  }
}
