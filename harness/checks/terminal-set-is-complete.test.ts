// Tests for terminal-set-is-complete.
import { describe, expect, it } from "vitest"
import { responsesVerdictOf, wire } from "./responses-for-tests.ts"
import { terminalSetIsComplete } from "./terminal-set-is-complete.ts"
import { type Row, row } from "./trace-for-tests.ts"

const judged = (...rows: Row[]) => responsesVerdictOf(terminalSetIsComplete, rows)
const started = [...wire.asks("a"), wire.created("x")]
const ends = {
  "response.completed": wire.ends("x"),
  "response.failed": wire.ends("x", "failed"),
  "response.incomplete": wire.ends("x", "incomplete"),
  error: wire.errs(null),
}

describe.each(Object.entries(ends))("%s", (type, end) => {
  it("must end its request", () => {
    expect(judged(...started, end, 30_000, row.resolves("a")).messages).toEqual([
      `${type} must end its request, and so the stream future of "a"; it settled 30,000 ms later.`,
    ])
    expect(judged(...started, end, 5_000, row.phase("ended")).messages[0]).toContain("still pending 5,000 ms later")
  })

  it("may", () => {
    expect(judged(...started, end, row.resolves("a"))).toMatchObject({ fired: 1, violations: [] })
  })
})

it("counts an error before response.created", () => {
  expect(judged(...wire.asks("a"), wire.errs("invalid_prompt"), 1_000, row.rejects("a")).violations).toHaveLength(1)
})

it("is fair to a request that goes on", () => {
  const again = [wire.errs("previous_response_not_found"), "quiet", wire.creates([wire.said("a")]), 1_000] as const
  expect(judged(...wire.asks("a"), ...again, wire.created("y"), wire.ends("y"), row.resolves("a")).violations).toEqual(
    [],
  )
})

it("fires once for an end that is told twice", () => {
  expect(judged(...started, wire.ends("x"), row.resolves("a"), wire.ends("x")).fired).toBe(1)
})

describe("what the connection's limit cut off", () => {
  const limited = [row.connects(), ...wire.asks("a"), wire.errs("websocket_connection_limit_reached")] as const
  const dials = [500, row.connects(2), row.refuses(2)] as const
  const verdict = (...rows: Row[]) => responsesVerdictOf(terminalSetIsComplete, [...limited, ...rows], ["retry"])

  it("may be asked for again: it settles when the client gives up, or the app takes it back", () => {
    expect(verdict(...dials, 2_000, row.rejects("a"))).toMatchObject({ fired: 1, violations: [] })
    expect(verdict(500, row.performs({ do: "cancel", request: "a" }), row.rejects("a")).violations).toEqual([])
  })

  it("does not wait longer than that, nor for a client that does not ask again", () => {
    expect(verdict(...dials, 20_000, row.rejects("a")).violations).toHaveLength(1)
    expect(verdict(500, row.performs({ do: "cancel", request: "a" }), 5, row.rejects("a")).violations).toHaveLength(1)
    expect(
      verdict(...dials, 11_000, row.performs({ do: "cancel", request: "b" }), row.rejects("a")).violations,
    ).toHaveLength(1)
    expect(judged(...limited, ...dials, 2_000, row.rejects("a")).violations).toHaveLength(1)
  })

  it("settles with the close that follows at the latest, behind the one that was told", () => {
    const limit = wire.errs("websocket_connection_limit_reached")
    const two = [row.connects(), ...wire.asks("a"), ...wire.asks("b"), limit, row.rejects("a"), 2] as const
    expect(judged(...two, row.closes(1001), row.rejects("b"))).toMatchObject({ fired: 2, violations: [] })
    expect(judged(...two, row.closes(1001), 5, row.rejects("b")).violations).toHaveLength(1)
    expect(judged(...two, 10_000, row.closes(1001), row.rejects("b")).violations).toHaveLength(1)
    expect(judged(...two, row.leaves(), 5, row.closes(1001), row.rejects("b")).violations).toHaveLength(1)
    expect(judged(...limited, 2, row.closes(1001), row.rejects("a")).violations).toHaveLength(1)
  })

  it("is no excuse for other ends", () => {
    const failed = [
      row.connects(),
      ...wire.asks("a"),
      wire.errs("server_error"),
      ...dials,
      1,
      row.rejects("a"),
    ] as const
    expect(responsesVerdictOf(terminalSetIsComplete, failed, ["retry"]).violations).toHaveLength(1)
  })
})
