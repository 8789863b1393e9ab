// Every small story: each once, each possible, always in the same order.
import { describe, expect, it } from "vitest"
import type { Capability } from "../adapter.ts"
import { lintScenario } from "../script/lint.ts"
import { type Bounds, boundsName, everyTale } from "./explore.ts"
import { tellTale } from "./tale.ts"

const can: readonly Capability[] = ["text-turn", "cancel"]
const bounds: Bounds = { protocol: "realtime", can, steps: 3, inFlight: 1, faults: 0, kinds: ["lawful"] }
const told = (more: Partial<Bounds> = {}) => [...everyTale({ ...bounds, ...more })]

describe("every tale within the bounds", () => {
  it("can happen, and is told once", () => {
    const tales = told()
    for (const tale of tales) expect(lintScenario(tellTale(tale, "explore/1"))).toBeUndefined()
    expect(new Set(tales.map((tale) => JSON.stringify(tale))).size).toBe(tales.length)
    expect(tales.every(({ beats }) => beats.length <= 3)).toBe(true)
  })

  it("is the same every time", () => expect(told()).toEqual(told()))

  it("is more with more steps, requests or faults", () => {
    const count = told().length
    expect(told({ steps: 2 }).length).toBeLessThan(count)
    expect(told({ inFlight: 2 }).length).toBeGreaterThan(count)
    expect(told({ faults: 1 }).length).toBeGreaterThan(count)
    expect(told({ kinds: ["lawful", "loss"] }).length).toBeGreaterThan(count)
  })

  it("holds two questions at once, in both orders of asking and answering", () => {
    const twice = told({ inFlight: 2 }).filter(({ beats }) => beats.length === 2)
    const says = twice.filter(({ beats }) =>
      beats.every(({ step }) => step.step === "performs" && step.operation.do === "say"),
    )
    expect(says.map(({ beats }) => beats.map(({ lets }) => lets))).toEqual([
      [null, null],
      [0, null],
    ])
  })
})

describe("the name of what is explored", () => {
  it("is another for other bounds", () => {
    expect(boundsName("s@1", bounds)).toBe(boundsName("s@1", { ...bounds }))
    expect(boundsName("s@1", bounds)).not.toBe(boundsName("s@1", { ...bounds, inFlight: 2 }))
    expect(boundsName("s@1", bounds)).not.toBe(boundsName("s@2", bounds))
  })
})
