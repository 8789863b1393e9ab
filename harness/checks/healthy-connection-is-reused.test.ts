// Tests for healthy-connection-is-reused.
import { describe, expect, it } from "vitest"
import { healthyConnectionIsReused } from "./healthy-connection-is-reused.ts"
import { responsesVerdictOf, wire } from "./responses-for-tests.ts"
import { type Row, row } from "./trace-for-tests.ts"

const judged = (...rows: Row[]) => responsesVerdictOf(healthyConnectionIsReused, rows)
const asked = [row.connects(), ...wire.asks("a")]
const refused = [...asked, wire.errs("invalid_prompt", { status: 400 }), row.rejects("a")]
const elsewhere = [row.connects(2), ...wire.asks("b", { connection: 2 })]

describe("fails", () => {
  it("a client that closes the connection for it", () => {
    expect(judged(...refused, row.leaves()).messages).toEqual([
      "Connection 1 was healthy after invalid_prompt, which concerned one request; the client closed it.",
    ])
  })

  it("a client that opens another for the next request", () => {
    expect(judged(...refused, "quiet", ...elsewhere).violations).toMatchObject([{ cause: 4, offence: 6 }])
  })

  it("the same after a response that failed for what was asked", () => {
    const failed = [...asked, wire.created("x"), wire.ends("x", "failed"), "quiet"] as const
    expect(judged(...failed, ...elsewhere).violations).toHaveLength(1)
  })
})

describe("is fair to", () => {
  it("the next request over the same connection", () => {
    expect(judged(...refused, "quiet", ...wire.asks("b"))).toMatchObject({ fired: 1, violations: [] })
  })

  it("a server's fault, a limit of rate, and the limit of the connection", () => {
    expect(judged(...asked, wire.errs("server_error", { status: 500 }), row.leaves()).fired).toBe(0)
    expect(judged(...asked, wire.errs("rate_limit_exceeded", { status: 429 }), row.leaves()).fired).toBe(0)
    expect(judged(...asked, wire.errs("websocket_connection_limit_reached"), row.leaves()).fired).toBe(0)
  })

  it("a connection that is lost, or busy with another request, or closed by the app", () => {
    expect(judged(...refused, row.drops(), "quiet", ...elsewhere).violations).toEqual([])
    expect(judged(...refused, "quiet", ...wire.asks("c"), ...elsewhere).violations).toEqual([])
    expect(judged(...refused, row.performs({ do: "close" }), row.leaves()).violations).toEqual([])
  })

  it("a client that dialled while it was busy, whenever the request could go out", () => {
    const busy = [...refused, "quiet", ...wire.asks("c"), row.connects(2)] as const
    const after = ["quiet", wire.created("x"), wire.ends("x"), "quiet", ...wire.asks("b", { connection: 2 })] as const
    expect(judged(...busy, ...after)).toMatchObject({ fired: 1, violations: [] })
    expect(judged(...refused, "quiet", row.connects(2), ...after).violations).toHaveLength(1)
  })

  it("what is busy until a refusal that comes later, and not after one that came before", () => {
    const refusal = wire.errs("invalid_prompt", { status: 400 })
    const busy = [...asked, ...wire.asks("c"), refusal, row.rejects("a"), "quiet"] as const
    expect(judged(...busy, ...elsewhere, refusal).violations).toEqual([])
    expect(judged(...busy, refusal, row.rejects("c"), "quiet", ...elsewhere).violations).not.toEqual([])
  })

  it("a client that closes it for a frame that is no event, if that came with the error and not before", () => {
    const binary = { lane: "server", kind: "binary", connection: 1, bytes: 8 } as const
    const refusal = [wire.errs("invalid_prompt", { status: 400 }), row.rejects("a")] as const
    expect(judged(...asked, "quiet", binary, ...refusal, row.leaves())).toMatchObject({ fired: 1, violations: [] })
    expect(judged(...asked, binary, "quiet", ...refusal, row.leaves()).violations).toHaveLength(1)
    expect(judged(...refused, row.leaves(), binary).violations).toHaveLength(1)
    const later = [...refused, "quiet", binary] as const
    expect(judged(...later, row.leaves(), "quiet", ...elsewhere)).toMatchObject({ fired: 1, violations: [] })
    expect(judged(...later, "quiet", row.leaves(), "quiet", ...elsewhere).violations).toHaveLength(1)
  })

  it("a connection that is too old to go on with", () => {
    expect(judged(...refused, 56 * 60_000, row.leaves(), "quiet", ...elsewhere).violations).toEqual([])
  })
})

it("takes a connection for busy while a response runs on its lane, such as the successor of a steered one", () => {
  const runs = (at: object) => [...refused, "quiet", wire.created("y", at), "quiet"] as const
  expect(judged(...runs({}), ...elsewhere)).toMatchObject({ fired: 1, violations: [] })
  expect(judged(...runs({ lane: "left" }), ...elsewhere).violations).toHaveLength(1)
  expect(judged(...runs({ connection: 3 }), ...elsewhere).violations).toHaveLength(1)
  expect(judged(...runs({}), wire.ends("y"), "quiet", ...elsewhere).violations).toHaveLength(1)
})

it("takes a connection for busy while the successor of a steered response is awaited on its lane", () => {
  const accepted = row.delivers({ type: "response.steer.accepted", steer: { previous_response_id: "resp_y" } })
  const steered = (at: object = {}) => [...refused, "quiet", wire.created("y", at), accepted] as const
  const ended = (at: object = {}) => [...steered(at), wire.ends("y", "completed", at), "quiet"] as const
  expect(judged(...ended(), ...elsewhere)).toMatchObject({ fired: 1, violations: [] })
  expect(judged(...ended({ lane: "left" }), ...elsewhere).violations).toHaveLength(1)
  expect(judged(...runsOnce(), ...elsewhere).violations).toHaveLength(1)
  const followed = [wire.created("z", {}, "resp_y"), wire.ends("z"), "quiet"] as const
  expect(judged(...ended(), ...followed, ...elsewhere).violations).toHaveLength(1)
})

const runsOnce = () => [...refused, "quiet", wire.created("y"), wire.ends("y"), "quiet"] as const

describe("a connection on which something was waited for in vain", () => {
  const left = { lane: "left" }
  const waits = [row.connects(), ...wire.asks("slow", left), 10_000, ...wire.asks("a")] as const
  const error = wire.errs("invalid_prompt", { status: 400 })

  it("may be left, and another dialled", () => {
    expect(judged(...waits, error, row.leaves())).toMatchObject({ fired: 1, violations: [] })
    expect(judged(...waits, error, "quiet", ...elsewhere).violations).toEqual([])
  })

  it("may be left when that is what was to follow on a steering, and only then", () => {
    const accepted = row.delivers({ type: "response.steer.accepted", steer: { previous_response_id: "resp_x" } })
    const steered = [row.connects(), ...wire.asks("slow", left), wire.created("x", left), accepted] as const
    const ended = [...steered, wire.ends("x", "completed", left), "quiet"] as const
    const next = [...wire.asks("a"), error, "quiet"] as const
    expect(judged(...ended, ...next, 10_000, ...elsewhere)).toMatchObject({ fired: 1, violations: [] })
    expect(judged(...ended, ...next, 9_999, ...elsewhere).violations).toHaveLength(1)
    const begun = [...ended, wire.created("y", left, "resp_x"), wire.ends("y", "completed", left)] as const
    expect(judged(...begun, ...next, 10_000, ...elsewhere).violations).toHaveLength(1)
  })

  it("may be left when that has begun by itself, and is silent", () => {
    const begun = [row.connects(), wire.created("y", left), ...wire.asks("a"), error, "quiet"] as const
    expect(judged(...begun, 10_000, ...elsewhere)).toMatchObject({ fired: 1, violations: [] })
    expect(judged(...begun, 9_999, ...elsewhere).violations).toHaveLength(1)
    expect(judged(...begun, wire.ends("y", "completed", left), 10_000, ...elsewhere).violations).toHaveLength(1)
  })

  it("may not, when that lane was heard of within ten seconds, however long it takes", () => {
    const alive = [row.connects(), ...wire.asks("slow", left), wire.created("x", left), 9_000, wire.delta("x", 1, left)]
    const goesOn = [...alive, 9_000, wire.delta("x", 2, left), ...wire.asks("a"), error] as const
    expect(judged(...goesOn, row.leaves()).violations).toHaveLength(1)
    expect(judged(...goesOn, "quiet", ...elsewhere).violations).toHaveLength(1)
  })

  it("may be left, though an event of an unknown type came on it, or an end that was told again", () => {
    const heard = (what: Row) => {
      const slow = [row.connects(), ...wire.turn("old", "x"), ...wire.asks("slow"), 9_000, what] as const
      return [...slow, ...wire.asks("a", left), 2_000, wire.errs("invalid_prompt", { ...left, status: 400 })] as const
    }
    const judgedWith = (what: Row) => judged(...heard(what), row.leaves()).violations
    expect(judgedWith(row.delivers({ type: "vendor.notice" }))).toEqual([])
    expect(judgedWith(wire.ends("x"))).toEqual([])
    expect(judgedWith(row.delivers({ type: "response.steer.accepted" }))).toHaveLength(1)
    expect(judgedWith(wire.created("y"))).toHaveLength(1)
  })

  it("may not, when it was another connection, or was waited for after the error", () => {
    const other = [row.connects(), row.connects(3), ...wire.asks("slow", { connection: 3 }), 10_000, ...wire.asks("a")]
    expect(judged(...other, error, row.leaves()).violations).toHaveLength(1)
    expect(judged(...refused, row.leaves(), ...wire.asks("slow", left), 10_000).violations).toHaveLength(1)
  })
})

describe("the connection's limit, told between the error and the next request", () => {
  const limit = (connection: number) => wire.errs("websocket_connection_limit_reached", { connection })

  it("makes another connection right", () => {
    expect(judged(...refused, "quiet", limit(1), "quiet", ...elsewhere)).toMatchObject({ fired: 1, violations: [] })
  })

  it("makes it right to close that, in the same instant", () => {
    expect(judged(...refused, limit(1), row.leaves())).toMatchObject({ fired: 1, violations: [] })
    expect(judged(...refused, limit(3), row.leaves()).violations).toHaveLength(1)
    expect(judged(...refused, row.leaves(), limit(1)).violations).toHaveLength(1)
  })

  it("does not, if it was that of another connection", () => {
    expect(judged(...refused, "quiet", limit(3), "quiet", ...elsewhere).violations).toHaveLength(1)
  })
})
