// The virtual clock: the only source of time. It stands in for setTimeout, setInterval, Date, performance and hrtime of
// the whole process, and moves only when told to: one deadline at a time, then insertion order.
import FakeTimers from "@sinonjs/fake-timers"

/** Every case begins at this instant, so that dates on the wire and in traces never differ between runs. */
const epochMs = Date.UTC(2026, 0, 1)

export interface Clock {
  /** Virtual milliseconds since the case began. */
  now(): number
  /** Runs `action` once, `afterMs` from now. Returns its cancellation. */
  schedule(afterMs: number, action: () => void): () => void
  /** Moves to the earliest deadline and runs the one timer that stands first there. Gives what a timer of the subject's
   * threw; what one of ours threw is thrown on. */
  next(): { readonly threw: unknown } | undefined
  /** Timers that wait and that were not scheduled here: the subject's. */
  pending(): number
  /** Forgets every timer and goes back to the beginning. */
  reset(): void
  uninstall(): void
}

class ScheduledFault extends Error {}

/** Replaces the process's timers and clocks. Call before the subject is imported, or it may keep the real ones. */
export function installClock(): Clock {
  const fake = FakeTimers.install({
    now: epochMs,
    toFake: ["setTimeout", "clearTimeout", "setInterval", "clearInterval", "Date", "performance", "hrtime"],
    loopLimit: 1_000_000,
  })
  // As Node takes them: an interval of 0 would fire for ever without time passing.
  const interval = fake.setInterval
  fake.setInterval = (action, ms, ...rest) => interval(action, Number(ms) >= 1 ? Number(ms) : 1, ...rest)
  let ours = new Set<unknown>()
  return {
    now: () => fake.now - epochMs,
    schedule(afterMs, action) {
      const scheduled = ours
      const timer = fake.setTimeout(() => {
        scheduled.delete(timer)
        try {
          action()
        } catch (cause) {
          throw new ScheduledFault("one of the harness's own timers failed", { cause })
        }
      }, afterMs)
      scheduled.add(timer)
      return () => {
        if (scheduled.delete(timer)) fake.clearTimeout(timer)
      }
    },
    next() {
      try {
        fake.next()
      } catch (error) {
        if (error instanceof ScheduledFault) throw error.cause
        return { threw: error }
      }
      return undefined
    },
    pending: () => fake.countTimers() - ours.size,
    reset: () => {
      ours = new Set()
      fake.reset()
      fake.setSystemTime(epochMs)
    },
    uninstall: () => fake.uninstall(),
  }
}
