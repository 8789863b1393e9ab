// A full run must have reached what there is to reach.
import { describe, expect, it } from "vitest"
import { coverable, shortfall } from "./coverage.ts"

const none = { reached: [], unreached: [] }

describe("shortfall", () => {
  it("is empty when all goals were reached and every other transition has its reason", () => {
    const unreached = [{ id: "x", because: "nobody can" }]
    expect(shortfall({ goals: { reached: [], unreached: [] }, transitions: { ...none, unreached } })).toEqual([])
  })

  it("names what was never seen, and what to do", () => {
    const goals = { reached: [], unreached: ["half-open"] }
    expect(shortfall({ goals, transitions: none })).toEqual([
      "no case reached the goal half-open: a connection goes silent without a close; a scenario must bring it about.",
    ])
    const unreached = [{ id: "session: opening -> open on session.created", because: "" }]
    const [sentence] = shortfall({ goals: { reached: [], unreached: [] }, transitions: { ...none, unreached } })
    expect(sentence).toContain('no case took the transition "session: opening -> open on session.created"')
  })
})

it("what there is to reach: goals and transitions, some with a reason", () => {
  const all = coverable(new Set(["realtime", "responses"] as const))
  expect(all.goals).toContain("late-created")
  expect(all.transitions.length).toBe(98 + 58)
  expect(all.transitions.filter(({ because }) => because !== "").length).toBeLessThan(45)
  expect(coverable(new Set(["responses"] as const))).toMatchObject({
    goals: { length: 18 },
    transitions: { length: 58 },
  })
})
