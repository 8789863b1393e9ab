// Applies a fault plan to what one server sends: counts the boundaries, and lets the planned faults strike at theirs.
import type { WireEvent } from "../protocol/event.ts"
import { faults } from "./all.ts"
import type { Address, Delivery, FaultPlan } from "./fault.ts"

export interface Faults {
  /** What is delivered for an event that the server sends. */
  strike(event: WireEvent): readonly Delivery[]
  /** From here on nothing is faulted. */
  stop(): void
}

/** The response an event belongs to, as the address of a fault names it. */
function labelOf(event: WireEvent): string | undefined {
  const inner = event.response as { id?: unknown } | undefined
  const id = event.response_id ?? inner?.id
  return typeof id === "string" ? id.replace(/^resp_/, "") : undefined
}

function strikes(at: Address, event: WireEvent): boolean {
  return (at.type === "*" || at.type === event.type) && (at.response === undefined || at.response === labelOf(event))
}

/** Deliveries that wait for so many more events to go before them. */
interface Held {
  left: number
  readonly deliveries: readonly Delivery[]
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
  const release = (event: WireEvent): Delivery[] => {
    // What was held back on a connection that is gone does not come on the next.
    if (event.type === "session.created") held = []
    const due = held.filter((each) => --each.left <= 0 || stopped)
    held = held.filter((each) => !due.includes(each))
    return due.flatMap(({ deliveries }) => deliveries)
  }
  return {
    strike(event) {
      if (stopped) return [{ kind: "event", event }, ...release(event)]
      let deliveries: readonly Delivery[] = [{ kind: "event", event }]
      const before = release(event)
      let holdsFor = 0
      for (const each of waiting) {
        if (!strikes(each.planned.at, event)) continue
        each.left -= 1
        if (each.left !== 0) continue
        holdsFor = Math.max(holdsFor, each.fault.holds?.(each.planned.by) ?? 0)
        deliveries = deliveries.flatMap((delivery) =>
          delivery.kind === "event" ? each.fault.apply(delivery, each.planned.by) : [delivery],
        )
      }
      if (holdsFor === 0) return [...deliveries, ...before]
      held.push({ left: holdsFor, deliveries })
      return before
    },
    stop: () => {
      stopped = true
    },
  }
}
