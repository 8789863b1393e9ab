// Reasons stand for transitions that exist.
import { expect, it } from "vitest"
import { transitionId } from "../state-machine.ts"
import { TRANSITIONS } from "./transitions.ts"
import { unreachedBecause } from "./unreached.ts"

it("names transitions of the tables, with a sentence each", () => {
  const ids = TRANSITIONS.map(transitionId)
  expect(Object.keys(unreachedBecause).filter((id) => !ids.includes(id))).toEqual([])
  expect(Object.values(unreachedBecause).filter((reason) => reason.length < 20)).toEqual([])
})
