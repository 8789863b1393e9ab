// Watching: one run at first, one after a change, one for all that changed meanwhile.
import { describe, expect, it } from "vitest"
import { asksForARun, playOnEveryChange } from "./watch.ts"

describe("playOnEveryChange", () => {
  it("plays once where nothing changes, and gives its code", async () => {
    async function* none() {}
    expect(await playOnEveryChange(none(), async () => 1)).toBe(1)
  })

  it("makes one run of what changes while it plays", async () => {
    const gates: (() => void)[] = []
    let runs = 0
    const play = () =>
      new Promise<number>((resolve) => {
        runs++
        if (runs === 1) resolve(0)
        else gates.push(() => resolve(runs))
      })
    async function* changes() {
      yield "a.ts"
      yield "b.ts"
      yield "c.ts"
      gates.shift()?.()
      await new Promise((resolve) => setImmediate(resolve))
      gates.shift()?.()
    }
    expect(await playOnEveryChange(changes(), play)).toBe(3)
    expect(runs).toBe(3)
  })
})

describe("asksForARun", () => {
  it("is for sources, and not for what a run writes", () => {
    expect(asksForARun("rtspec/client.adapter.ts", "rtspec-report", "/p")).toBe(true)
    expect(asksForARun("rtspec/ledger.json", "rtspec-report", "/p")).toBe(true)
    expect(asksForARun("rtspec-report/results.json", "rtspec-report", "/p")).toBe(false)
    expect(asksForARun("node_modules/x/index.js", "rtspec-report", "/p")).toBe(false)
    expect(asksForARun("notes.md", "rtspec-report", "/p")).toBe(false)
  })
})
