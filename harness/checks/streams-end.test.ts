// Tests for streams-end.
import { expect, it } from "vitest"
import { streamsEnd } from "./streams-end.ts"
import { row, verdictOf } from "./trace-for-tests.ts"

it("passes a stream that delivers and then ends", () => {
  const rows = [row.opens("s", "stream"), row.hears("r", { future: "s" }), "quiet", row.resolves("s")] as const
  expect(verdictOf(streamsEnd, rows)).toMatchObject({ fired: 1, violations: [] })
})

it("does not fire for futures that are no streams", () => {
  expect(verdictOf(streamsEnd, [row.opens("f", "reply")]).fired).toBe(0)
})

it("fails a stream that never ends", () => {
  const { messages } = verdictOf(streamsEnd, [row.opens("s", "stream", "a"), 120_000, row.phase("ended")])
  expect(messages).toEqual(['The stream future of "a" must end; it was still open after 120,000 ms.'])
})

it("fails a stream that delivers after its end", () => {
  const rows = [row.opens("s", "stream"), row.resolves("s"), 20, row.hears("r", { future: "s" })] as const
  expect(verdictOf(streamsEnd, rows).violations).toMatchObject([{ cause: 1, offence: 2 }])
})

it("allows a whole text that repeats what was streamed", () => {
  const rows = [
    row.opens("s", "stream"),
    row.resolves("s"),
    "quiet",
    row.hears("r", { future: "s", whole: true }),
  ] as const
  expect(verdictOf(streamsEnd, rows).violations).toEqual([])
})
