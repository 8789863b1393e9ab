// Tests for full-context-after-eviction.
import { describe, expect, it } from "vitest"
import { fullContextAfterEviction } from "./full-context-after-eviction.ts"
import { responsesVerdictOf, wire } from "./responses-for-tests.ts"
import { type Row, row } from "./trace-for-tests.ts"

const judged = (...rows: Row[]) => responsesVerdictOf(fullContextAfterEviction, rows)
const first = wire.turn("a", "x")
const failed = [
  ...first,
  ...wire.asks("b", { after: "x" }),
  wire.created("y"),
  wire.ends("y", "failed"),
  "quiet",
] as const

describe("fails a create that continues", () => {
  it("from the parent of a continuation that failed", () => {
    expect(judged(...failed, wire.creates([wire.said("c")], { after: "x" })).messages).toEqual([
      "No request may continue from resp_x, for a request that continued from it had failed; this one named it as previous_response_id.",
    ])
  })

  it("from a response of another connection", () => {
    const rows = [
      ...first,
      row.drops(),
      "quiet",
      wire.creates([wire.said("b")], { after: "x", connection: 2 }),
    ] as const
    expect(judged(...rows).messages[0]).toContain("for it was known to connection 1 alone")
  })

  it("from what the server has not found, stored or not", () => {
    const rows = [...wire.turn("a", "x", { stores: true }), ...wire.asks("b", { after: "x", stores: true })]
    const again = wire.creates([wire.said("b")], { after: "x", stores: true })
    expect(judged(...rows, wire.errs("previous_response_not_found"), "quiet", again).violations).toHaveLength(1)
  })

  it("from a response that its lane has gone on from", () => {
    const rows = [...first, ...wire.turn("b", "y", { after: "x" })]
    expect(judged(...rows, wire.creates([wire.said("c")], { after: "x" })).messages[0]).toContain("gone on to resp_y")
  })
})

it("fails one that starts anew without what was said", () => {
  expect(judged(...failed, wire.creates([wire.said("c")])).messages).toEqual([
    'A request that continues from nothing must tell the conversation in full; "a", which resp_x had answered, was not in its input.',
  ])
})

describe("is fair to", () => {
  it("a create that tells it all", () => {
    const whole = wire.creates([wire.said("a"), wire.said("b"), wire.said("c")])
    expect(judged(...failed, whole)).toMatchObject({ fired: 1, violations: [] })
  })

  it("continuing from what is remembered, or stored", () => {
    expect(judged(...first, ...wire.asks("b", { after: "x" }))).toMatchObject({ fired: 0, violations: [] })
    const stored = [...wire.turn("a", "x", { stores: true }), row.drops(), "quiet"] as const
    expect(judged(...stored, wire.creates([wire.said("b")], { after: "x", connection: 2 })).violations).toEqual([])
  })

  it("asking the connection that answered, when only another one had not found it", () => {
    const elsewhere = { after: "x", stores: true, connection: 2 }
    const rows = [...wire.turn("a", "x", { stores: true }), wire.creates([wire.said("b")], elsewhere)]
    const notFound = row.delivers({ type: "error", error: { code: "previous_response_not_found" } }, 2)
    const told = [...rows, notFound, "quiet"] as const
    expect(judged(...told, wire.creates([wire.said("c")], { after: "x", stores: true })).violations).toEqual([])
    expect(judged(...told, wire.creates([wire.said("c")], elsewhere)).violations).toHaveLength(1)
    expect(judged(...told, wire.creates([wire.said("c")], { ...elsewhere, connection: 3 })).violations).toHaveLength(1)
  })

  it("a client that keeps no conversation, and another lane", () => {
    expect(judged(...first, row.drops(), "quiet", ...wire.asks("b", { connection: 2 }))).toMatchObject({
      fired: 1,
      violations: [],
    })
    expect(judged(...failed, wire.creates([wire.said("c")], { lane: "left" })).violations).toEqual([])
  })
})

describe("a tool's follow-up that tells the conversation in full", () => {
  const called = [
    ...wire.asks("a"),
    wire.created("x"),
    wire.itemDone(wire.called("c1")),
    wire.ends("x"),
    "quiet",
  ] as const
  const before = [...wire.turn("zero", "w"), ...called] as const
  const meanwhile = wire.turn("b", "y", { after: "x" })
  const lost = [row.drops(), "quiet"] as const
  const tells = (...names: string[]) =>
    wire.creates([...names.map(wire.said), wire.called("c1"), wire.answered("c1")], { connection: 2 })

  it("need not tell what was said after its own request", () => {
    expect(judged(...before, ...meanwhile, ...lost, tells("zero", "a"))).toMatchObject({ violations: [] })
  })

  it("must tell what was said before it, and so must a request that was said later", () => {
    expect(judged(...before, ...meanwhile, ...lost, tells("a")).messages[0]).toContain('"zero"')
    const later = wire.creates([wire.said("zero"), wire.said("b"), wire.said("c")], { connection: 2 })
    expect(judged(...before, ...meanwhile, ...lost, row.says("c"), later).messages[0]).toContain('"a"')
  })
})

it("is fair to what comes to light of a silent line: when it was written, nobody knows", () => {
  const late = wire.creates([wire.said("c")], { after: "x" })
  expect(judged(...failed, row.goesSilent(), late, row.drops()).violations).toEqual([])
  expect(judged(...failed, late, row.goesSilent(), row.drops()).violations).toHaveLength(1)
})
