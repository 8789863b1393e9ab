// Tests for futures-settle-once.
import { expect, it } from "vitest"
import { futuresSettleOnce } from "./futures-settle-once.ts"
import { row, verdictOf } from "./trace-for-tests.ts"

it("passes a future that settles once, whichever way", () => {
  const rows = [
    row.opens("f1", "reply", "a"),
    row.opens("f2", "connect"),
    "quiet",
    row.resolves("f1"),
    row.rejects("f2"),
  ] as const
  expect(verdictOf(futuresSettleOnce, rows)).toMatchObject({ fired: 2, violations: [] })
})

it("fails a future that is still pending at the end", () => {
  const { violations } = verdictOf(futuresSettleOnce, [
    row.says("greeting"),
    row.opens("f", "reply", "greeting"),
    4000,
    row.phase("ended"),
  ])
  expect(violations).toEqual([
    {
      invariant: "futures-settle-once",
      message: 'The reply future of "greeting" must settle; at the end of the trace it had been pending for 4,000 ms.',
      cause: 1,
      offence: 2,
    },
  ])
})

it("fails a future that settles twice", () => {
  const { violations } = verdictOf(futuresSettleOnce, [row.opens("f", "reply"), row.resolves("f"), 5, row.rejects("f")])
  expect(violations).toMatchObject([
    { cause: 1, offence: 2, message: expect.stringContaining("5 ms later rejected again") },
  ])
})

it("fails a future that settles without having been opened", () => {
  expect(verdictOf(futuresSettleOnce, [row.resolves("ghost")]).messages).toEqual([
    'future "ghost" settled, but was never opened.',
  ])
})
