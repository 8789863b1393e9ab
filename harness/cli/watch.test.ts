// Watching: one run at first, one after a change, one for all that changed meanwhile.
import { describe, expect, it } from "vitest"
import { asking, asksForARun, playOnEveryChange } from "./watch.ts"

describe("playOnEveryChange", () => {
  it("plays once where nothing changes, and gives its code", async () => {
    async function* none() {}
    expect(await playOnEveryChange(none(), async () => 1)).toBe(1)
  })

  it("hears what changes while it plays for the first time", async () => {
    let isHeard = false
    let runs = 0
    async function* changes() {
      isHeard = true
      yield "a.ts"
    }
    const play = async () => {
      await new Promise((resolve) => setImmediate(resolve))
      expect(isHeard).toBe(true)
      return ++runs
    }
    expect(await playOnEveryChange(changes(), play)).toBe(2)
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

describe("asking", () => {
  it("is not what a run writes, wherever the config of that run has it written", async () => {
    let out = "reports/latest"
    async function* changes() {
      yield "mine/results.json"
      out = "mine"
      yield "mine/results.json"
      yield "client.ts"
    }
    const asked: string[] = []
    for await (const path of asking(changes(), () => out)) asked.push(path)
    expect(asked).toEqual(["mine/results.json", "client.ts"])
  })
})

describe("asksForARun", () => {
  it("is for sources, and not for what a run writes", () => {
    expect(asksForARun("rtspec/client.adapter.ts", "rtspec-report", "/p")).toBe(true)
    expect(asksForARun("rtspec/ledger.json", "rtspec-report", "/p")).toBe(true)
    expect(asksForARun("rtspec-report/results.json", "rtspec-report", "/p")).toBe(false)
    expect(asksForARun("node_modules/x/index.js", "rtspec-report", "/p")).toBe(false)
    expect(asksForARun("adapter.py", "rtspec-report", "/p")).toBe(true)
    expect(asksForARun("notes.md", "rtspec-report", "/p")).toBe(false)
  })
})
