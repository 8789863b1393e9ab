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

  it("fires one timer at a time, by deadline and then by insertion", () => {
    fc.assert(
      fc.property(fc.array(fc.nat(50), { minLength: 1, maxLength: 30 }), (delays) => {
        clock.reset()
        const fired: number[] = []
        delays.forEach((delay, at) => {
          setTimeout(() => fired.push(at), delay)
        })
        const expected = delays.map((delay, at) => ({ delay, at })).sort((a, b) => a.delay - b.delay || a.at - b.at)
        for (let count = 1; count <= delays.length; count++) {
          clock.next()
          expect(fired.length).toBe(count)
        }
        expect(fired).toEqual(expected.map(({ at }) => at))
      }),
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
