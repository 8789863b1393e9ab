// Failures that say the same are one kind, and the shortest story speaks for it.
import { expect, it } from "vitest"
import type { Failure } from "./examine.ts"
import { kindsOf } from "./kinds.ts"

const failure = (id: string, invariant: string, message: string, steps: number, faults = 0) =>
  ({
    ...{ id, invariant },
    tale: { beats: Array.from({ length: steps }), faults: Array.from({ length: faults }) },
    result: {
      violations: [
        { invariant: "another", message: "else" },
        { invariant, message },
      ],
      because: "",
    },
  }) as unknown as Failure

it("names, ids and numbers make no difference, the invariant and the words do", () => {
  const kinds = kindsOf([
    failure("a", "nothing-lost", 'say "x" must be sent.', 5),
    failure("b", "nothing-lost", "request must be sent.", 1),
    failure("c", "nothing-lost", 'say "y" must be sent.', 3, 1),
    failure("d", "nothing-lost", 'say "z" must be sent.', 3),
    failure("f", "errors-surface", "event_1f-a0-22 was refused.", 1),
    failure("g", "errors-surface", "event_20c-b was refused.", 2),
    failure("e", "next-turn-works", 'say "x" must be sent.', 1),
  ])
  expect(kinds.map(({ ids }) => ids)).toEqual([["a", "c", "d"], ["f", "g"], ["b"], ["e"]])
  expect(kinds[0]).toMatchObject({ least: "d", invariant: "nothing-lost", message: 'say "z" must be sent.' })
})

it("what is broken says why", () => {
  const broken = { ...failure("a", "broken: lost", "", 1), result: { violations: [], because: "lost resp_1" } }
  expect(kindsOf([broken as unknown as Failure])[0]?.message).toBe("lost resp_1")
})
