// Tests for tool-runs-once.
import { describe, expect, it } from "vitest"
import { responsesVerdictOf, wire } from "./responses-for-tests.ts"
import { toolRunsOnce } from "./tool-runs-once.ts"
import { type Row, row, verdictOf } from "./trace-for-tests.ts"

const judged = (...rows: Parameters<typeof verdictOf>[1]) => verdictOf(toolRunsOnce, rows)
const item = (status: string) => ({
  type: "function_call",
  call_id: "c1",
  name: "weather",
  status,
  arguments: '{"city":"Oslo","days":2}',
})
const itemDone = (status: string) =>
  row.delivers({ type: "response.output_item.done", response_id: "resp_r", item: item(status) })
const args = '{"days": 2, "city": "Oslo"}'
const starts = (given = args, call_id: string | undefined = "c1") =>
  ({ lane: "app", kind: "tool-started", tool: "weather", args: given, ...(call_id ? { call_id } : {}) }) as const
const finishes = { lane: "app", kind: "tool-finished", tool: "weather", call_id: "c1" } as const

describe("passes", () => {
  it("one run after the completed item, though response.done repeats it", () => {
    const rows = [
      itemDone("completed"),
      starts(),
      finishes,
      row.sendsOutput("c1"),
      row.done("r", "completed", [item("completed")]),
    ] as const
    expect(judged(...rows)).toMatchObject({ fired: 1, violations: [] })
  })

  it("a call that is incomplete and not run", () => {
    expect(judged(itemDone("incomplete"))).toMatchObject({ fired: 1, violations: [] })
  })

  it("runs without call_id, one for each completed call", () => {
    const other = row.delivers({ type: "conversation.item.done", item: { ...item("completed"), call_id: "c2" } })
    const run = { lane: "app", kind: "tool-started", tool: "weather", args } as const
    expect(judged(itemDone("completed"), other, run, run)).toMatchObject({ fired: 2, violations: [] })
    expect(judged(itemDone("completed"), run, run).violations).toHaveLength(1)
  })

  it("an output that is given again to a new connection, and none to a connection that is gone", () => {
    expect(
      judged(itemDone("completed"), starts(), finishes, row.sendsOutput("c1"), row.sendsOutput("c1", 2)).violations,
    ).toEqual([])
    expect(judged(itemDone("completed"), starts(), row.drops(), finishes).violations).toEqual([])
  })
})

describe("an output that was never sent, and an app that closed", () => {
  const closes = ["quiet", row.performs({ do: "close" })] as const
  const ran = [row.created("r"), itemDone("completed"), starts(), finishes] as const
  const ends = row.done("r", "completed", [item("completed")])

  it("before the response with the call had ended: outputs may wait for that", () => {
    expect(judged(...ran, ...closes).violations).toEqual([])
    expect(judged(...ran, ...closes, "quiet", ends).violations).toEqual([])
  })

  it("is owed where that had ended before", () => {
    expect(judged(...ran, "quiet", ends, ...closes).violations).toHaveLength(1)
  })

  it("is not, where the client dialled for it at once, and that was not there yet", () => {
    const late = [row.created("r"), itemDone("completed"), starts(), ends, "quiet", finishes] as const
    expect(judged(...late, row.connects(2), ...closes).violations).toEqual([])
    expect(judged(...late, row.connects(2), row.session(2), ...closes).violations).toHaveLength(1)
    expect(judged(...late, "quiet", row.connects(2), ...closes).violations).toHaveLength(1)
    expect(judged(...late, row.connects(2)).violations).toHaveLength(1)
  })
})

describe("fails", () => {
  it("a second run for the same call", () => {
    expect(
      judged(itemDone("completed"), starts(), row.done("r", "completed", [item("completed")]), starts()).violations,
    ).toMatchObject([
      { message: "Tool weather for call c1 must run once; it was started again.", cause: 1, offence: 3 },
    ])
  })

  it("a run before the item is completed, or for an incomplete one", () => {
    const early = row.delivers({ type: "response.function_call_arguments.done", call_id: "c1", arguments: args })
    expect(judged(early, starts(), itemDone("completed")).violations).toMatchObject([{ offence: 1 }])
    expect(judged(itemDone("incomplete"), starts()).messages).toEqual([
      "Tool weather for call c1 may run only when its function_call item was delivered as completed; it ran without.",
    ])
  })

  it("other arguments than the final ones", () => {
    expect(judged(itemDone("completed"), starts('{"city":"Os"}')).messages).toEqual([
      expect.stringContaining('must get the final arguments {"city":"Oslo","days":2}; it got {"city":"Os"}'),
    ])
  })

  it("an output that is sent twice, or never", () => {
    expect(
      judged(itemDone("completed"), starts(), finishes, row.sendsOutput("c1"), row.sendsOutput("c1")).messages,
    ).toEqual(["The output of call c1 must be sent once; it was sent again."])
    const unsent = [itemDone("completed"), starts(), finishes, "quiet", row.phase("ended")] as const
    const never = ["The output of call c1 must be sent after tool weather finished; it never was."]
    expect(judged(...unsent).messages).toEqual(never)
    expect(judged(row.connects(), row.session(), ...unsent).messages).toEqual(never)
    // Before the session is there, nothing can be sent.
    expect(judged(row.connects(), ...unsent).messages).toEqual([])
  })
})

describe("in Responses, an output that is told with another request", () => {
  const verdict = (...rows: Row[]) => responsesVerdictOf(toolRunsOnce, rows)
  const call = wire.itemDone({ ...item("completed"), call_id: "c1" })
  const called = [...wire.asks("a"), wire.created("x"), call, wire.ends("x"), starts(), finishes, "quiet"] as const
  const followsUp = wire.creates([wire.answered("c1")], { after: "x" })

  it("is owed where that continues from the response with the call", () => {
    const other = [row.says("b"), wire.creates([wire.answered("c1"), wire.said("b")], { after: "x" })] as const
    expect(verdict(...called, followsUp, "quiet", ...other)).toMatchObject({ fired: 1, violations: [] })
  })

  it("is sent twice where it continues from elsewhere, or is the same request again", () => {
    const later = [row.says("b"), wire.creates([wire.answered("c1"), wire.said("b")], { after: "y" })] as const
    expect(verdict(...called, followsUp, "quiet", ...later).violations).toHaveLength(1)
    expect(verdict(...called, followsUp, "quiet", followsUp).violations).toHaveLength(1)
    const reworded = wire.creates([wire.answered("c1"), wire.said("a")], { after: "x" })
    expect(verdict(...called, followsUp, "quiet", reworded).violations).toHaveLength(1)
  })
})

describe("in Responses, an output whose request waits in line", () => {
  const verdict = (...rows: Row[]) => responsesVerdictOf(toolRunsOnce, rows).violations
  const call = wire.itemDone({ ...item("completed"), call_id: "c1" })
  const runs = ["quiet", starts(), finishes] as const
  const called = [...wire.asks("a"), wire.created("x"), call, wire.ends("x"), ...runs] as const
  const fails = ["quiet", row.rejects("a"), row.phase("ended")] as const

  it("is not owed where the app is told that it failed while another holds the lane", () => {
    expect(verdict(...called, ...wire.asks("b"), ...fails)).toEqual([])
    expect(verdict(...called, ...wire.asks("b"), wire.created("y"), ...fails)).toEqual([])
  })

  it("is owed where the lane was free, or the app was told nothing", () => {
    expect(verdict(...called, ...fails)).toHaveLength(1)
    expect(verdict(...called, "quiet", ...wire.asks("b"), ...fails)).toHaveLength(1)
    expect(verdict(...called, ...wire.asks("b"), wire.created("y"), wire.ends("y"), ...fails)).toHaveLength(1)
    expect(verdict(...called, ...wire.asks("b", { lane: "left" }), ...fails)).toHaveLength(1)
    expect(verdict(...called, ...wire.asks("b"), row.phase("ended"))).toHaveLength(1)
    const ran = [row.requests("a"), row.opens("f", "reply", "a"), row.creates("e1"), row.created("r", "e1")] as const
    const done = row.done("r", "completed", [item("completed")])
    const next = [row.requests("b"), row.creates("e2"), "quiet", row.rejects("f"), row.phase("ended")] as const
    expect(judged(...ran, itemDone("completed"), done, "quiet", starts(), finishes, ...next).violations).toHaveLength(1)
  })
})
