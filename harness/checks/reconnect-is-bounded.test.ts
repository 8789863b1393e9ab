// Tests for reconnect-is-bounded.
import { expect, it } from "vitest"
import { reconnectIsBounded } from "./reconnect-is-bounded.ts"
import { responsesVerdictOf } from "./responses-for-tests.ts"
import { type Row, row, verdictOf } from "./trace-for-tests.ts"

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

it("counts no attempt that came before the connection before it was lost", () => {
  const loss = [row.performs({ do: "connect" }), row.connects(), row.session(), row.drops(), 5] as const
  const [third, fourth] = [
    [row.connects(3), row.refuses(3)],
    [row.connects(4), row.refuses(4), row.connects(5)],
  ] as const
  const judged = (...rows: Row[]) => verdictOf(reconnectIsBounded, [...loss, row.connects(2), ...rows]).violations
  expect(judged(row.refuses(2), ...third, ...fourth)).toHaveLength(1)
  expect(judged(...third, row.refuses(2), ...fourth)).toEqual([])
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

it("in Responses lets each request of the last minute dial once for itself, and no more than that", () => {
  const loss = [row.performs({ do: "connect" }), row.connects(), row.drops()]
  const dials = (times: number) =>
    Array.from({ length: times }, (_, at) => [row.connects(at + 2), row.drops(at + 2), 10])
  const judged = (...rows: Row[]) => responsesVerdictOf(reconnectIsBounded, rows).messages
  const [message] = ["The client may connect 20 times within 60 s after a lost connection; it connected more often."]
  expect(judged(...loss, row.says("a"), row.says("b"), ...dials(22).flat())).toEqual([])
  expect(judged(...loss, row.says("a"), row.says("b"), ...dials(23).flat())).toEqual([message])
  expect(judged(...loss, row.says("a"), 60_000, row.says("b"), ...dials(22).flat())).toEqual([message])
  expect(verdictOf(reconnectIsBounded, [...loss, row.says("a"), row.says("b"), ...dials(21).flat()]).messages).toEqual([
    message,
  ])
})

it("in Responses lets each request that waits dial once for itself, and no more", () => {
  const asks = (name: string) => [row.says(name), row.opens(`f ${name}`, "stream", name)] as const
  const all = [...asks("a"), ...asks("b"), ...asks("c")] as const
  const rows = attempts(3, 0)
  const judged = (...between: readonly Row[]) =>
    responsesVerdictOf(reconnectIsBounded, [...rows.slice(0, 4), ...all, ...between, ...rows.slice(4)]).violations
  expect(judged()).toEqual([])
  expect(judged(row.rejects("f a"), row.rejects("f b"))).toEqual([])
  expect(judged(row.resolves("f c"))).toHaveLength(1)
  const before = [...rows.slice(0, 4), ...all, row.rejects("f c"), 1, row.connects(2), row.refuses(2)]
  const late = [row.connects(3), row.refuses(3), row.connects(4), row.refuses(4), row.connects(5)]
  expect(responsesVerdictOf(reconnectIsBounded, [...before, ...late]).violations).toHaveLength(1)
  expect(verdictOf(reconnectIsBounded, [...rows.slice(0, 4), ...all, ...rows.slice(4)]).violations).toHaveLength(1)
})
