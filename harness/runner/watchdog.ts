// The one wall clock of the runner: a subject that keeps its process busy for ever does not let virtual time pass, and
// only a real limit tells.

/** Calls `expired` when `limitMs` of real time have passed; the returned function calls it off. */
export type Watchdog = (limitMs: number, expired: () => void) => () => void

export const realWatchdog: Watchdog = (limitMs, expired) => {
  const timer = setTimeout(expired, limitMs)
  return () => clearTimeout(timer)
}
