// Tests for no-crash.
import { expect, it } from "vitest"
import { noCrash } from "./no-crash.ts"
import { row, verdictOf } from "./trace-for-tests.ts"

it("passes a trace without a crash, and fires for every trace", () => {
  expect(verdictOf(noCrash, [row.session()])).toMatchObject({ fired: 1, violations: [] })
})

it("fails on a crash, and names the input before it as the cause", () => {
  const crash = {
    lane: "app",
    kind: "crash",
    how: "uncaught-exception",
    error: { name: "TypeError", message: "no id" },
  } as const
  expect(verdictOf(noCrash, [row.session(), row.done("r"), row.creates("e"), crash]).violations).toEqual([
    {
      invariant: "no-crash",
      message: "The client must live through whatever it is sent; it ended in uncaught-exception: TypeError: no id",
      cause: 1,
      offence: 3,
    },
  ])
})

it("fails on a client that floods the server", () => {
  const flood = { lane: "client", kind: "flooded", connection: 1, events: 5001 } as const
  expect(verdictOf(noCrash, [row.session(), row.creates("e"), flood, row.drops()]).violations).toEqual([
    {
      invariant: "no-crash",
      message: "The client must live through whatever it is sent; it sent 5001 events, and the server hung up on it",
      cause: 0,
      offence: 2,
    },
  ])
})
