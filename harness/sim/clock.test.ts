import nodeTimers from "node:timers"
import fc from "fast-check"
import { afterEach, beforeEach, describe, expect, it } from "vitest"
import { type Clock, installClock } from "./clock.ts"

let clock: Clock
beforeEach(() => {
  clock = installClock()
})
afterEach(() => clock.uninstall())

describe("virtual clock", () => {
  it("begins every case at the same instant", () => {
    const first = Date.now()
    clock.schedule(1234, () => {})
    clock.next()
    expect(Date.now()).toBe(first + 1234)
    clock.reset()
    expect([Date.now(), clock.now(), clock.pending()]).toEqual([first, 0, 0])
  })

  // What a timer does when it fires: it sets another, and may clear one. Set from a timer, 0 is one millisecond, as for Node.
  const timer = fc.record({
    afterMs: fc.nat(20),
    isOurs: fc.boolean(),
    does: fc.option(
      fc.record({ afterMs: fc.integer({ min: 1, max: 20 }), clears: fc.option(fc.nat(20), { nil: undefined }) }),
      { nil: undefined },
    ),
  })

  it("goes from deadline to deadline, one timer at a time, and at one deadline by insertion", () => {
    fc.assert(
      fc.property(fc.array(timer, { minLength: 1, maxLength: 20 }), (timers) => {
        clock.reset()
        const fired: { at: number; number: number }[] = []
        const waiting: { at: number; number: number }[] = []
        const clear = new Map<number, () => void>()
        let count = 0
        type Does = (typeof timers)[number]["does"]
        const set = (afterMs: number, isOurs: boolean, does: Does) => {
          const number = count++
          waiting.push({ at: clock.now() + afterMs, number })
          const fires = () => {
            fired.push({ at: clock.now(), number })
            if (does) set(does.afterMs, !isOurs, undefined)
            if (does?.clears !== undefined) clear.get(does.clears)?.()
          }
          const forget = () => waiting.splice(0, waiting.length, ...waiting.filter((each) => each.number !== number))
          const handle = isOurs ? undefined : setTimeout(fires, afterMs)
          const cancel = isOurs ? clock.schedule(afterMs, fires) : () => clearTimeout(handle)
          clear.set(number, () => {
            cancel()
            forget()
          })
        }
        for (const { afterMs, isOurs, does } of timers) set(afterMs, isOurs, does)
        while (waiting.length > 0) {
          const [first] = waiting.toSorted((one, other) => one.at - other.at || one.number - other.number)
          if (!first) break
          waiting.splice(waiting.indexOf(first), 1)
          clock.next()
          expect(fired.splice(0)).toEqual([first])
        }
        expect(clock.pending()).toBe(0)
      }),
      { seed: 3, numRuns: 100 },
    )
  })

  it("gives what a subject's timer threw, and throws on what one of ours did", () => {
    const error = new Error("of the subject")
    setTimeout(() => {
      throw error
    }, 1)
    clock.schedule(2, () => {
      throw new Error("ours")
    })
    expect(clock.next()).toEqual({ threw: error })
    expect(() => clock.next()).toThrow("ours")
  })

  it.each([0, -1, Number.NaN])("takes an interval of %d for one millisecond, as Node does", (ms) => {
    const fired: number[] = []
    const timers = [setInterval(() => fired.push(clock.now()), ms), nodeTimers.setInterval(() => {}, ms)]
    clock.next()
    clock.next()
    clock.next()
    clock.next()
    expect(fired).toEqual([1, 2])
    for (const timer of timers) clearInterval(timer)
  })

  it("counts the subject's timers as pending and not the harness's own", () => {
    const cancel = clock.schedule(10, () => {})
    clock.schedule(20, () => {})
    setTimeout(() => {}, 5)
    expect(clock.pending()).toBe(1)
    cancel()
    clock.next()
    expect(clock.pending()).toBe(0)
  })
})
