// Tests for the reading of a Responses trace: what is tied to what, where nothing names it.
import { describe, expect, it } from "vitest"
import { responsesReadingOf, wire } from "./responses-for-tests.ts"
import { type Row, row } from "./trace-for-tests.ts"

/** `a → resp_x completed` for each create. */
const ties = (...rows: Row[]) =>
  responsesReadingOf(rows).creates.map(({ request, response, refusal, doubt }) => {
    const answer = response ? `${response.id} ${response.status ?? "running"}` : refusal ? "refused" : "-"
    return `${request?.name ?? "?"} → ${answer}${doubt === undefined ? "" : ", in doubt"}`
  })

describe("responses and errors", () => {
  it("answer the creates of their lane in order", () => {
    const left = { lane: "left" }
    const rows = [...wire.asks("a", left), ...wire.asks("b", left), ...wire.asks("c")]
    expect(ties(...rows, wire.created("x", left), wire.created("y"), wire.ends("x", "completed", left))).toEqual([
      "a → resp_x completed",
      "b → -",
      "c → resp_y running",
    ])
    expect(ties(...rows, wire.errs(null, left))).toEqual(["a → refused", "b → -", "c → -"])
  })

  it("end what is under way, in whatever shape", () => {
    const started = [...wire.asks("a"), wire.created("x")]
    expect(ties(...started, wire.errs("server_error"))).toEqual(["a → resp_x failed"])
    expect(ties(...started, row.delivers({ type: "error", code: null, message: "no" }))).toEqual(["a → resp_x failed"])
    expect(ties(...started, wire.ends("x", "incomplete"))).toEqual(["a → resp_x incomplete"])
  })

  it("of the connection's limit end all that is on it", () => {
    const rows = [...wire.asks("a"), wire.created("x"), ...wire.asks("b", { lane: "left" })]
    expect(ties(...rows, wire.errs("websocket_connection_limit_reached"))).toEqual(["a → resp_x failed", "b → refused"])
  })

  it("without an id, or with a strange one, throw doubt only", () => {
    expect(ties(...wire.asks("a"), wire.ends("strange"))).toEqual(["a → -, in doubt"])
    const failed = [...wire.asks("a"), wire.errs("invalid_prompt"), wire.ends("refused", "failed"), ...wire.asks("b")]
    expect(ties(...failed, wire.ends("refused", "failed"))).toEqual(["a → refused", "b → -"])
    expect(ties(...failed, wire.ends("other", "failed"))).not.toEqual(["a → refused", "b → -"])
    const [response] = responsesReadingOf([...wire.asks("a"), wire.created("x"), wire.ends(null)]).responses
    expect(response).toMatchObject({ done: undefined, maybeDone: 4 })
  })

  it("that a client took for its own are over for the error that follows, and else are not", () => {
    const strange = [...wire.asks("a"), wire.ends("strange", "failed")] as const
    const next = [...wire.asks("b"), wire.errs("invalid_value")] as const
    expect(ties(...strange, row.rejects("a"), ...next)).toEqual(["a → -, in doubt", "b → refused"])
    expect(ties(...strange, ...next)).toEqual(["a → refused, in doubt", "b → -"])
    expect(ties(...wire.asks("a"), row.rejects("a"), ...next)).toEqual(["a → refused", "b → -"])
  })

  it("that come late are of what was before", () => {
    const failed = [...wire.asks("a"), wire.errs("invalid_prompt"), ...wire.asks("b")]
    const late = responsesReadingOf([...failed, wire.ends("refused", "failed")])
    expect(late.ends.map(({ create }) => create?.request?.name)).toEqual(["a", "a"])
    const numbered = responsesReadingOf([...wire.turn("a", "x"), ...wire.asks("b"), wire.errs(null, { number: 4 })])
    expect(numbered.ends.map(({ create }) => create?.request?.name)).toEqual(["a", "a"])
    // An error before response.created bears number 0, or none: another number is not of what has not begun (C.4, W20).
    expect(ties(...wire.asks("a"), wire.errs("invalid_value", { number: -1 }))).toEqual(["a → -"])
  })
})

describe("a create", () => {
  it("that ends with a tool's output goes on with the request that called it", () => {
    const called = [...wire.asks("a"), wire.created("x"), wire.itemDone(wire.called("c1")), wire.ends("x")]
    const { creates, calls } = responsesReadingOf([...called, wire.creates([wire.answered("c1")], { after: "x" })])
    expect(creates.map(({ request }) => request?.name)).toEqual(["a", "a"])
    expect(calls.get("c1")).toMatchObject({ completed: { index: 4 }, outputs: [{ index: 6 }] })
  })

  it("with the whole context repeats outputs without sending them again", () => {
    const called = [...wire.asks("a"), wire.created("x"), wire.itemDone(wire.called("c1")), wire.ends("x")]
    const whole = wire.creates([wire.said("a"), wire.called("c1"), wire.answered("c1")])
    const { calls } = responsesReadingOf([...called, wire.creates([wire.answered("c1")], { after: "x" }), whole])
    expect(calls.get("c1")?.outputs).toHaveLength(1)
  })

  it("is not answered by the successor that is owed, though it continues from the same response", () => {
    const steer = (type: string) =>
      row.delivers({ type: `response.steer.${type}`, steer: { id: "s1", previous_response_id: "resp_x" } })
    const steered = [...wire.asks("a"), wire.created("x"), wire.steers("x"), steer("accepted"), wire.ends("x")] as const
    const asked = [...wire.asks("b", { after: "x" })] as const
    const answers = (...rows: Row[]) =>
      responsesReadingOf([...steered, ...rows]).responses.map(({ create }) => create?.request?.name)
    const successor = [wire.created("y", {}, "resp_x"), wire.ends("y")] as const
    expect(answers(...asked, ...successor, wire.created("z", {}, "resp_x"))).toEqual(["a", "a", "b"])
    expect(answers(steer("pending"), ...asked, wire.created("y", {}, "resp_x"))).toEqual(["a", "b"])
    expect(answers(steer("failed"), ...asked, wire.created("y", {}, "resp_x"))).toEqual(["a", "b"])
  })

  it("is not answered by the successor of a steered response", () => {
    const steered = [...wire.asks("a"), wire.created("x"), wire.steers("x"), wire.ends("x", "incomplete")]
    const { responses } = responsesReadingOf([
      ...steered,
      wire.creates([wire.said("b")]),
      wire.created("y", {}, "resp_x"),
    ])
    expect(responses.map(({ create }) => create?.request?.name)).toEqual(["a", "a"])
  })

  it("nor by that of one whose end was lost, or came without its id", () => {
    const steered = [...wire.asks("a"), wire.created("x"), wire.steers("x")] as const
    const answers = (...end: Row[]) =>
      responsesReadingOf([...steered, ...end, ...wire.asks("b"), wire.created("y", {}, "resp_x")]).responses[1]?.create
        ?.request?.name
    expect(answers(wire.ends(null))).toBe("a")
    expect(answers()).toBe("a")
  })
})

describe("a warm-up", () => {
  const warms = (request: string) => row.performs({ do: "warm-up", request })
  const create = (connection = 1) => row.sends({ type: "response.create", generate: false, input: [] }, connection)
  const asked = [row.connects(), warms("w"), create(), "quiet"] as const

  it("that came to nothing is asked for again", () => {
    expect(ties(...asked, wire.errs("server_error"), create())).toEqual(["w → refused", "w → -"])
    expect(ties(...asked, row.drops(), create(2))).toEqual(["w → -", "w → -"])
    expect(ties(...asked, wire.created("x"), wire.ends("x", "failed"), create())[1]).toBe("w → -")
  })

  it("that was answered is not, though its connection was lost later", () => {
    const answered = [...asked, wire.created("x"), wire.ends("x")] as const
    expect(ties(...answered, create())[1]).toBe("? → -")
    expect(ties(...answered, row.drops(), create(2))[1]).toBe("? → -")
    // What was written on a dead line reached nobody, and when it was written nobody knows.
    expect(ties(...answered, row.goesSilent(), create())[1]).toBe("w → -")
  })

  it("gives way to one that was not asked for yet", () => {
    expect(ties(...asked, wire.errs("server_error"), warms("v"), create())[1]).toBe("v → -")
  })
})

it("a create that brings the output of a call goes on with the request that called, though the call was cut off", () => {
  const called = (status: string) => wire.itemDone({ ...wire.called("c1"), status })
  for (const status of ["completed", "incomplete"]) {
    const rows = [...wire.asks("a"), wire.created("x"), called(status), wire.ends("x", "incomplete")] as const
    expect(ties(...rows, wire.creates([wire.answered("c1")]))[1]).toBe("a → -")
    expect(ties(...rows, wire.creates([wire.answered("c2")]))[1]).toBe("? → -")
  }
})

describe("a create that brings no words", () => {
  const ahead = row.sends({ type: "response.create", generate: false, input: [wire.said("a")] })
  const told = [row.says("a"), row.performs({ do: "warm-up", request: "w" }), ahead, "quiet"] as const

  it("is for the words of the warm-up that it continues from", () => {
    const rows = [...told, wire.created("x"), wire.ends("x"), wire.creates([], { after: "x" })] as const
    expect(ties(...rows)).toEqual(["w → resp_x completed", "a → -"])
  })

  it("so it is when the answer to them had failed before, and not when it had come", () => {
    const warms = [row.performs({ do: "warm-up", request: "w" }), ahead, "quiet"] as const
    const again = [...warms, wire.created("x"), wire.ends("x"), wire.creates([], { after: "x" })] as const
    const asked = (status: "failed" | "completed") => [...wire.asks("a"), wire.created("q"), wire.ends("q", status)]
    expect(ties(...asked("failed"), ...again)[2]).toBe("a → -")
    expect(ties(...asked("completed"), ...again)[2]).toBe("? → -")
  })

  it("is for nobody when they were answered, or when it continues from elsewhere", () => {
    const answered = [...wire.turn("a", "x"), wire.creates([], { after: "x" })] as const
    expect(ties(...answered)[1]).toBe("? → -")
    expect(ties(...told, wire.created("x"), wire.ends("x"), wire.creates([], { after: "y" }))[1]).toBe("? → -")
  })
})

describe("a line that has gone silent", () => {
  it("shows late what was written on it: before what went over other lines since", () => {
    const rows = [...wire.asks("a"), row.goesSilent(), wire.creates([wire.said("a")], { connection: 2 })]
    const { requests } = responsesReadingOf([...rows, wire.creates([wire.said("a")])])
    expect(requests[0]?.creates.map(({ connection }) => connection)).toEqual([1, 1, 2])
  })
})

it("an error that misses a parent ends nothing that has begun: it throws doubt on what continues from one behind it", () => {
  const missing = wire.errs("previous_response_not_found")
  const behind = [...wire.asks("a", { after: "x" }), wire.created("y"), ...wire.asks("b", { after: "x" })]
  expect(ties(...behind, missing, wire.ends("y", "incomplete"))).toEqual(["a → resp_y incomplete", "b → -, in doubt"])
  expect(ties(...behind, wire.errs("server_error"))).toEqual(["a → resp_y failed", "b → -"])
  const again = [...behind, missing, wire.creates([wire.said("b")])] as const
  const next = [...wire.asks("c"), wire.created("z"), wire.ends("z"), wire.errs("invalid_value")] as const
  expect(ties(...again, ...next).slice(1)).toEqual(["b → -, in doubt", "b → resp_z completed", "c → refused"])
  expect(ties(...behind, missing, ...next).slice(1)).toEqual(["b → refused, in doubt", "c → resp_z completed"])
  expect(ties(...wire.asks("a"), wire.created("y"), ...wire.asks("b"), missing)).toEqual([
    "a → resp_y running",
    "b → -",
  ])
})

it("an error behind an end that names nothing is of the first, of the next, or of either, as its caller was told when", () => {
  const asked = [...wire.asks("a"), ...wire.asks("b"), "quiet"] as const
  const [strange, error] = [wire.ends("strange", "failed"), wire.errs("server_error")] as const
  expect(ties(...asked, strange, "quiet", error)).toEqual(["a → refused, in doubt", "b → -"])
  expect(ties(...asked, strange, "quiet", row.rejects("a"), error)).toEqual(["a → refused, in doubt", "b → -"])
  expect(ties(...asked, strange, row.rejects("a"), "quiet", error)).toEqual(["a → -, in doubt", "b → refused"])
  expect(ties(...asked, row.rejects("a"), "quiet", strange, "quiet", error)).toEqual([
    "a → -, in doubt",
    "b → -, in doubt",
  ])
})

it("the second error that misses a parent throws doubt on the next, once the first was asked again", () => {
  const missing = wire.errs("previous_response_not_found")
  const asked = [...wire.asks("a", { after: "x" }), wire.created("y"), ...wire.asks("b", { after: "x" })] as const
  const both = [...asked, ...wire.asks("c", { after: "x" }), missing] as const
  const again = [wire.creates([wire.said("b")]), missing, wire.creates([wire.said("c")])] as const
  const ends = [wire.ends("y"), wire.created("z")] as const
  expect(ties(...both, ...again, ...ends).slice(1)).toEqual([
    "b → -, in doubt",
    "c → -, in doubt",
    "b → resp_z running",
    "c → -",
  ])
  expect(ties(...both, missing, ...ends).slice(1)).toEqual(["b → -, in doubt", "c → resp_z running"])
})

it("an error that misses a parent refuses nothing that continues from none", () => {
  const missing = wire.errs("previous_response_not_found")
  expect(ties(...wire.asks("a"), missing)).toEqual(["a → -"])
  expect(ties(...wire.asks("a", { after: "x" }), missing)).toEqual(["a → refused"])
})

describe("an end that names nothing known is that of what is under way", () => {
  const asked = [...wire.asks("a"), wire.created("x"), ...wire.asks("b"), ...wire.asks("c")] as const
  const strange = wire.ends("strange", "failed")

  it("and so the next may be of the first that waits", () => {
    const may = ["a → resp_x running", "b → -, in doubt", "c → -"]
    expect(ties(...asked, strange, wire.errs("server_error"))).toEqual(may)
    expect(ties(...asked, strange, wire.ends("stranger", "failed"))).toEqual(may)
    expect(ties(...asked, wire.errs("server_error"))[0]).toBe("a → resp_x failed")
    expect(ties(...asked, strange)).toEqual(["a → resp_x running", "b → -", "c → -"])
  })

  it("but for one with a number: what waits has none", () => {
    expect(ties(...asked, strange, wire.errs("server_error", { number: 4 }))[0]).toBe("a → resp_x failed")
  })

  it("when nothing waits, so is the next; and what fails behind an error is that error's", () => {
    const alone = [...wire.asks("a"), wire.created("x"), strange] as const
    expect(ties(...alone, wire.errs("server_error"))).toEqual(["a → resp_x failed"])
    const both = ties(...asked, strange, wire.errs("server_error"), wire.ends("stranger", "failed"))
    expect(both).toEqual(["a → resp_x running", "b → -, in doubt", "c → -"])
  })
})
