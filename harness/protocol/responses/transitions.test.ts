// The lifecycle tables: complete, without contradictions, and counted by name when taken.

import { expect, it } from "vitest"
import { transitionId } from "../state-machine.ts"
import { createRig } from "./rig.test-support.ts"
import { step, TRANSITIONS } from "./transitions.ts"

it("says for each machine, state and event one thing only", () => {
  const steps = TRANSITIONS.map(({ machine, from, on }) => `${machine} ${from} ${on}`)
  expect(steps.filter((each, index) => steps.indexOf(each) !== index)).toEqual([])
})

it("leaves no state that nothing leads to", () => {
  const first = { connection: "open", lane: "free", response: "absent", item: "absent" }
  for (const { machine, from } of TRANSITIONS) {
    const reached = TRANSITIONS.some((row) => row.machine === machine && row.to === from && row.from !== from)
    expect(reached || first[machine] === from, `${machine}: ${from}`).toBe(true)
  }
})

it("notes a step under its name, and refuses others", () => {
  const taken = new Set<string>()
  expect(step(taken, "response", "active", "response.completed")).toBe("completed")
  expect([...taken]).toEqual(["response: active -> completed on response.completed"])
  expect(step(taken, "response", "completed", "response.in_progress")).toBe(null)
  expect(step(taken, "lane", "toString", "constructor")).toBe(null)
  expect(taken.size).toBe(1)
  expect(TRANSITIONS.map(transitionId)).toContain([...taken][0])
})

it("counts a whole turn", () => {
  const rig = createRig()
  rig.turn()
  expect([...rig.state.transitionsTaken]).toEqual([
    "lane: free -> free on response.create",
    "response: absent -> requested on response.create",
    "response: requested -> created on response.created{fresh}",
    "lane: free -> busy on response.created",
    "response: created -> active on response.in_progress",
    "response: active -> active on response.output_item.added",
    "item: absent -> open on response.output_item.added",
    "item: open -> open on response.content_part.added",
    "item: open -> open on response.output_text.delta",
    "item: open -> open on response.output_text.done",
    "item: open -> open on response.content_part.done",
    "response: active -> active on response.output_item.done",
    "item: open -> closed on response.output_item.done",
    "response: active -> completed on response.completed",
    "lane: busy -> free on response.completed",
  ])
})
