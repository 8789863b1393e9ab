// The sequence diagram as numbers: where entries stand, where arrows go, how long futures lived, and what is on the screen.
import { describe, expect, it } from "vitest"
import { row, traceOf } from "../../checks/trace-for-tests.ts"
import { layOut, visible } from "./sequence.ts"

const open = (future: string, request?: string) =>
  ({ lane: "app", kind: "opened", future, of: "reply", ...(request ? { request } : {}) }) as const
const settle = (future: string, as: "resolved" | "rejected" = "resolved") =>
  ({
    lane: "app",
    kind: "settled",
    future,
    as,
    ...(as === "rejected" ? { error: { name: "E", message: "no" } } : {}),
  }) as const

describe("the rows", () => {
  const { rows, height } = layOut(
    traceOf([
      { lane: "app", kind: "phase", phase: "story" },
      row.connects(),
      { lane: "server", kind: "event", connection: 1, event: { type: "session.created" }, fault: "delay" },
      10_000,
      { lane: "server", kind: "event", connection: 1, event: { type: "error", error: { code: "x" } } },
      { lane: "app", kind: "crash", how: "exit", error: { name: "E", message: "gone" } },
    ]).entries,
  )

  it("go from lifeline to lifeline", () => {
    expect(rows.map(({ from, to, tone }) => `${from} ${to} ${tone}`)).toEqual([
      ...["app app phase", "client server plain", "server client plain", "server client error", "client client crash"],
    ])
    expect(rows.map(({ fault }) => fault)).toEqual([undefined, undefined, "delay", undefined, undefined])
  })

  it("stand one below the other, a long wait folded to two rows", () => {
    expect(rows.map(({ y }) => y)).toEqual([0.5, 1.5, 2.5, 5.5, 6.5])
    expect(rows[3]?.gapMs).toBe(10_000)
    expect(height).toBe(7)
  })

  it("are found by where the screen is", () => {
    expect(visible(rows, 0, 2)).toEqual([0, 2])
    expect(visible(rows, 2, 5.5)).toEqual([2, 3])
    expect(visible(rows, 100, 200)).toEqual([5, 5])
    expect(visible([], 0, 10)).toEqual([0, 0])
  })
})

describe("the futures", () => {
  it("live from opened to settled, side by side where they overlap", () => {
    const { spans, columns } = layOut(
      traceOf([open("a", "greeting"), open("b"), settle("a"), open("c"), settle("b", "rejected"), settle("b")]).entries,
    )
    expect(spans.map(({ name, from, to, as, column }) => [name, from, to, as, column])).toEqual([
      ["reply of greeting", 0, 2, "resolved", 0],
      ["reply b", 1, 4, "rejected", 1],
      ["reply c", 3, undefined, "never", 0],
    ])
    expect(columns).toBe(2)
  })

  it("may be none", () => {
    expect(layOut([])).toEqual({ rows: [], spans: [], columns: 0, height: 0 })
  })
})
