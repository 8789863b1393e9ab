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
  const first = { session: "opening", response: "absent", item: "absent", input: "idle" }
  for (const { machine, from } of TRANSITIONS) {
    const reached = TRANSITIONS.some((row) => row.machine === machine && row.to === from && row.from !== from)
    expect(reached || first[machine] === from, `${machine}: ${from}`).toBe(true)
  }
})

it("notes a step under its name, and refuses others", () => {
  const taken = new Set<string>()
  expect(step(taken, "response", "active", "response.done{completed}")).toBe("completed")
  expect([...taken]).toEqual(["response: active -> completed on response.done{completed}"])
  expect(step(taken, "response", "completed", "response.output_text.delta")).toBe(null)
  expect(step(taken, "response", "toString", "constructor")).toBe(null)
  expect(taken.size).toBe(1)
  expect(TRANSITIONS.map(transitionId)).toContain([...taken][0])
})

it("counts a whole turn", () => {
  const rig = createRig()
  const R = rig.start()
  rig.send(rig.composer.textDelta(R, "Hi"))
  rig.send(rig.composer.finishResponse(R))
  expect([...rig.state.transitionsTaken]).toEqual([
    "session: opening -> open on session.created",
    "response: absent -> requested on response.create",
    "response: requested -> active on response.created",
    "response: active -> active on response.output_item.added",
    "item: absent -> open on response.output_item.added",
    "item: open -> listed on conversation.item.added",
    "response: active -> active on response.content_part.added",
    "response: active -> active on response.output_text.delta",
    "response: active -> active on response.output_text.done",
    "response: active -> active on response.content_part.done",
    "item: listed -> finished on conversation.item.done",
    "response: active -> active on response.output_item.done",
    "item: finished -> closed on response.output_item.done",
    "response: active -> completed on response.done{completed}",
  ])
})
