// The wall clock, for clients that drive themselves: the same Clock, which nobody steps.
import type { Clock } from "../sim/clock.ts"

export function createRealClock(): Clock {
  let began = performance.now()
  const timers = new Set<NodeJS.Timeout>()
  const reset = () => {
    for (const timer of timers) clearTimeout(timer)
    timers.clear()
    began = performance.now()
  }
  return {
    now: () => Math.round(performance.now() - began),
    schedule(afterMs, action) {
      const timer = setTimeout(() => {
        timers.delete(timer)
        action()
      }, afterMs)
      timers.add(timer)
      return () => {
        clearTimeout(timer)
        timers.delete(timer)
      }
    },
    next: () => undefined,
    pending: () => 0,
    reset,
    uninstall: reset,
  }
}
