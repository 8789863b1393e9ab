// Tests for settles-when-answered in Responses, where a client may ask again by itself.
import { describe, expect, it } from "vitest"
import { responsesVerdictOf, wire } from "./responses-for-tests.ts"
import { settlesWhenAnswered } from "./settles-when-answered.ts"
import { terminalSetIsComplete } from "./terminal-set-is-complete.ts"
import { type Row, row } from "./trace-for-tests.ts"

describe("in Responses, what failed or was lost", () => {
  const retries = ["retry"]
  const judged = (rows: readonly Row[], can = retries) => responsesVerdictOf(settlesWhenAnswered, rows, can)
  const begun: Row[] = [row.connects(), ...wire.asks("a"), wire.created("x"), "quiet"] as const
  const again: Row[] = [
    wire.creates([wire.said("a")], { connection: 2 }),
    "quiet",
    wire.created("y", { connection: 2 }),
  ]
  const answered: Row[] = [...again, wire.ends("y", "completed", { connection: 2 })]

  it("and was asked for again is judged by that", () => {
    const failed: Row[] = [...begun, wire.ends("x", "failed"), "quiet", ...answered]
    expect(judged([...failed, row.resolves("a")])).toMatchObject({ fired: 1, violations: [] })
    expect(judged([...failed, 500, row.resolves("a")]).messages[0]).toContain("response.completed of resp_y")
    const lost: Row[] = [...begun, row.drops(), 500, ...answered]
    expect(judged([...lost, row.resolves("a")])).toMatchObject({ fired: 1, violations: [] })
    expect(judged([...lost, 500, row.resolves("a")]).violations).toHaveLength(1)
  })

  it("may be told in full (W02), while the client tries, which dials for that at once", () => {
    const lost = wire.errs("previous_response_not_found")
    const goesOn: Row[] = [row.connects(), ...wire.asks("a"), wire.created("x"), wire.ends("x"), row.resolves("a")]
    const next: Row[] = [...goesOn, "quiet", ...wire.asks("b", { after: "x" }), "quiet"]
    const refused = [row.connects(2), row.refuses(2), 3_000, row.rejects("b")] as const
    expect(judged([...next, lost, ...refused]).violations).toEqual([])
    expect(judged([...next, lost, ...refused], []).violations).toHaveLength(1)
    expect(judged([...next, lost, "quiet", ...refused]).violations).toHaveLength(1)
    expect(judged([...next, lost, 3_000, row.rejects("b")]).violations).toHaveLength(1)
    const tries = (...before: readonly Row[]) => judged([...next, ...before, "quiet", lost, 3_000, row.rejects("b")])
    expect(tries(row.connects(2)).violations).toEqual([])
    expect(tries(row.connects(2), row.accepts(2)).violations).toHaveLength(1)
    expect(tries(row.connects(2), row.refuses(2)).violations).toHaveLength(1)
    const silent = [row.connects(2), row.goesSilent(2), ...next, lost, 3_000, row.rejects("b")] as const
    expect(judged([...silent]).violations).toEqual([])
    expect(judged([...next, wire.errs("invalid_prompt", { status: 400 }), ...refused]).violations).toHaveLength(1)
  })

  it("may be what is answered next, if it was ended by what named nothing known, and its caller waits on, or had been told before", () => {
    const asked: Row[] = [row.connects(), ...wire.asks("a"), ...wire.asks("b"), "quiet"]
    const ended: Row[] = [...asked, wire.ends("strange", "failed")]
    const next: Row[] = ["quiet", wire.created("y"), wire.ends("y"), 1, row.rejects("b")]
    for (const checker of [settlesWhenAnswered, terminalSetIsComplete]) {
      expect(responsesVerdictOf(checker, [...ended, ...next], retries).violations).toEqual([])
      expect(responsesVerdictOf(checker, [...ended, row.rejects("a"), ...next], retries).violations).toHaveLength(1)
      const givenUp = [...asked, row.rejects("a"), "quiet", wire.ends("strange", "failed"), ...next] as const
      expect(responsesVerdictOf(checker, givenUp, retries).violations).toEqual([])
    }
  })

  it("is not excused by a create that was there before", () => {
    const both: Row[] = [...begun, wire.creates([wire.said("a")], { connection: 2 }), "quiet", wire.ends("x", "failed")]
    expect(judged([...both, 500, row.rejects("a")]).violations).toHaveLength(1)
  })

  it("is judged by the loss of the connection over which it was asked for again, too", () => {
    const twice: Row[] = [
      ...begun,
      row.drops(),
      500,
      wire.creates([wire.said("a")], { connection: 2 }),
      1,
      row.drops(2),
    ]
    expect(judged([...twice, row.rejects("a")]).violations).toEqual([])
    expect(judged([...twice, 20_000, row.rejects("a")]).messages[0]).toContain("connection 2 was dropped")
  })

  it.each([row.drops(), wire.errs("websocket_connection_limit_reached")])(
    "may be asked for again ($kind), while the client tries",
    (end) => {
      const lost: Row[] = [row.connects(), ...wire.asks("a"), end]
      const dials = [500, row.connects(2), row.refuses(2)] as const
      expect(judged([...lost, ...dials, 10_000, row.rejects("a")]).violations).toEqual([])
      expect(judged([...lost, 500, row.performs({ do: "close" }), row.rejects("a")]).violations).toEqual([])
      expect(judged([...lost, ...dials, 10_001, row.rejects("a")]).violations).toHaveLength(1)
      expect(judged([...lost, ...dials, 10_000, row.rejects("a")], []).violations).toHaveLength(1)
      expect(judged([...lost, 500, row.performs({ do: "close" }), 5, row.rejects("a")]).messages[0]).toContain(
        "as soon as the app took it back; it settled 5 ms later",
      )
      const other = row.performs({ do: "cancel", request: "b" })
      expect(judged([...lost, 11_000, other, row.rejects("a")]).violations).toHaveLength(1)
    },
  )

  it("settles at the connection's limit if that was told to it, and with the close that follows if to another", () => {
    const limit = wire.errs("websocket_connection_limit_reached")
    const told: Row[] = [row.connects(), ...wire.asks("a"), ...wire.asks("b", { lane: "left" }), limit]
    const two: Row[] = [...told, row.rejects("a"), 2]
    expect(judged([...two, row.drops(), row.rejects("b")], []).violations).toEqual([])
    expect(judged([...two, row.drops(), 5, row.rejects("b")], []).messages[0]).toContain("5 ms later")
    expect(judged([...two, 10_000, row.drops(), row.rejects("b")], []).violations).toHaveLength(1)
    expect(judged([...told, 2, row.drops(), row.rejects("a"), row.rejects("b")], []).violations).toHaveLength(1)
  })

  it("waits ten more seconds for a dial that nobody answers, and no longer", () => {
    const dialled: Row[] = [row.connects(), ...wire.asks("a"), row.drops(), 500, row.connects(2)]
    expect(judged([...dialled, 20_000, row.rejects("a")]).violations).toEqual([])
    expect(judged([...dialled, 20_001, row.rejects("a")]).violations).toHaveLength(1)
    const answered: Row[] = [...dialled, row.refuses(2)]
    expect(judged([...answered, 10_001, row.rejects("a")]).violations).toHaveLength(1)
  })

  it("waits so for a dial that was begun before, and not for one that was answered before", () => {
    const dialling = [row.connects(), row.connects(2)] as const
    const lost = [...wire.asks("a"), 9_000, row.drops()] as const
    expect(judged([...dialling, ...lost, 11_000, row.rejects("a")]).violations).toEqual([])
    expect(judged([...dialling, ...lost, 11_001, row.rejects("a")]).violations).toHaveLength(1)
    expect(judged([...dialling, row.refuses(2), ...lost, 10_001, row.rejects("a")]).violations).toHaveLength(1)
    expect(judged([...dialling, row.accepts(2), ...lost, 10_001, row.rejects("a")]).violations).toHaveLength(1)
  })

  it("may have been asked for again on a line that went silent, but not on one that was heard to its end", () => {
    const again: Row[] = [row.connects(), ...wire.asks("a"), row.drops(), 500, row.connects(2)]
    expect(judged([...again, row.goesSilent(2), 60_000, row.rejects("a")]).violations).toEqual([])
    expect(judged([...again, row.drops(2), 60_000, row.rejects("a")]).violations).toHaveLength(1)
  })

  it("may have been asked for again in what was written on a silent line, which comes to light later", () => {
    const asked = [row.connects(), row.goesSilent(), row.says("a"), row.opens("a", "stream", "a"), row.connects(2)]
    const refused = [wire.creates([wire.said("a")], { connection: 2 }), wire.errs("invalid_prompt", { connection: 2 })]
    const written = (connection: number) => wire.creates([wire.said("a")], { connection })
    const ends = [20_000, row.rejects("a")] as const
    expect(judged([...asked, ...refused, "quiet", written(1), ...ends]).violations).toEqual([])
    expect(judged([...asked, ...refused, "quiet", ...ends]).violations).toHaveLength(1)
  })

  it("may not on one that had been silent, and was over before", () => {
    const before = [row.connects(3), row.goesSilent(3), row.drops(3), "quiet"] as const
    const lost = [row.connects(), ...wire.asks("a"), row.drops(), 60_000, row.rejects("a")] as const
    expect(judged([...before, ...lost]).violations).toHaveLength(1)
  })

  it("may not, once something of it was heard (W15)", () => {
    const heard = [
      ...begun,
      wire.delta("x"),
      row.hears("x"),
      row.drops(),
      500,
      row.connects(2),
      row.refuses(2),
      1,
    ] as const
    expect(judged([...heard, row.rejects("a")]).violations).toHaveLength(1)
  })
})

describe("a request whose response calls a tool", () => {
  const item = wire.itemDone(wire.called("c1"))
  const runs = { lane: "app", kind: "tool-started", tool: "weather", args: "{}", call_id: "c1" } as const
  const called = (...rows: Row[]): Row[] => [...wire.asks("a"), wire.created("x"), item, wire.ends("x"), ...rows]
  const cancels = [5, row.performs({ do: "cancel" }), row.rejects("a")] as const
  const followsUp = ["quiet", wire.creates([wire.answered("c1")], { after: "x" })] as const

  it.each([settlesWhenAnswered, terminalSetIsComplete])("goes on with it where the client runs it: $id", (checker) => {
    const verdict = (...rows: Row[]) => responsesVerdictOf(checker, called(...rows)).violations
    expect(verdict(runs, ...cancels)).toEqual([])
    expect(verdict(...cancels)).toHaveLength(1)
    expect(verdict({ ...runs, call_id: "c2" }, ...cancels)).toHaveLength(1)
    expect(verdict(runs, ...followsUp, "quiet", wire.errs("server_error"), row.rejects("a"))).toEqual([])
    expect(verdict(runs, ...followsUp, "quiet", wire.errs("server_error"), 5, row.rejects("a"))).toHaveLength(1)
  })
})
