// Tests for reconnect-is-bounded.
import { expect, it } from "vitest"
import { reconnectIsBounded } from "./reconnect-is-bounded.ts"
import { row, verdictOf } from "./trace-for-tests.ts"

/** The first connection is lost; then `times` refused attempts, the first after `everyMs` and so on. */
const attempts = (times: number, everyMs: number) => [
  row.performs({ do: "connect" }),
  row.connects(),
  row.session(),
  row.drops(),
  ...Array.from({ length: times }, (_, at) => [everyMs, row.connects(at + 2), row.refuses(at + 2)] as const).flat(),
]

it("passes attempts that keep their distance, and does not fire without a loss", () => {
  expect(verdictOf(reconnectIsBounded, attempts(20, 4000))).toMatchObject({ fired: 1, violations: [] })
  expect(verdictOf(reconnectIsBounded, [row.connects(), row.session()]).fired).toBe(0)
})

it("fails more than 20 attempts in a minute", () => {
  const { messages } = verdictOf(reconnectIsBounded, attempts(21, 500))
  expect(messages).toEqual([
    "The client may connect 20 times within 60 s after a lost connection; it connected more often.",
  ])
})

it("allows two immediate attempts and no third", () => {
  expect(verdictOf(reconnectIsBounded, attempts(2, 0)).violations).toEqual([])
  expect(verdictOf(reconnectIsBounded, attempts(3, 0)).violations).toMatchObject([{ cause: 7, offence: 8 }])
})

it("begins anew after a session, and does not count what the app asked for", () => {
  const again = [2, 3, 4, 5, 6].flatMap((number) => [row.connects(number), row.session(number), row.drops(number)])
  expect(verdictOf(reconnectIsBounded, [row.connects(), row.session(), row.drops(), ...again]).violations).toEqual([])
  const asked = [2, 3, 4, 5].flatMap((number) => [
    row.performs({ do: "connect" }),
    row.connects(number),
    row.refuses(number),
  ])
  expect(
    verdictOf(reconnectIsBounded, [row.performs({ do: "connect" }), row.connects(), row.refuses(1), ...asked])
      .violations,
  ).toEqual([])
})

it("lets a pool dial at once for each request that waits, and no more", () => {
  const asks = (name: string) => [row.says(name), row.opens(`f ${name}`, "stream", name)] as const
  const rows = attempts(3, 0)
  const judged = (...asked: Parameters<typeof verdictOf>[1]) =>
    verdictOf(reconnectIsBounded, [...rows.slice(0, 4), ...asked, ...rows.slice(4)], ["connection-pool"]).violations
  expect(judged(...asks("a"), ...asks("b"), ...asks("c"))).toEqual([])
  expect(judged(...asks("a"), ...asks("b"), ...asks("c"), row.resolves("f c"))).toHaveLength(1)
  expect(verdictOf(reconnectIsBounded, [...asks("a"), ...asks("b"), ...asks("c"), ...rows]).violations).toHaveLength(1)
})
