// Tests for no-late-output.
import { describe, expect, it } from "vitest"
import { noLateOutput } from "./no-late-output.ts"
import { row, verdictOf } from "./trace-for-tests.ts"

const timedOut = [row.requests("a"), row.opens("f", "reply", "a"), row.creates("e1"), 10_000, row.rejects("f")] as const
const playing = [
  row.requests("a"),
  row.creates("e1"),
  "quiet",
  row.created("r", "e1"),
  row.hears("r"),
  "quiet",
] as const
const cancel = row.performs({ do: "cancel" })

describe("a request that timed out", () => {
  it("passes when its late response stays silent", () => {
    const rows = [...timedOut, 500, row.created("late", "e1"), row.textDelta("late"), row.cancels("resp_late")] as const
    expect(verdictOf(noLateOutput, rows)).toMatchObject({ fired: 1, violations: [] })
  })

  it("fails when its late response is played", () => {
    const { violations } = verdictOf(noLateOutput, [...timedOut, 500, row.created("late", "e1"), row.hears("late")])
    expect(violations).toMatchObject([
      {
        message:
          'Nothing of resp_late may be delivered after the reply future of "a" was rejected; 500 ms later the app got text of it.',
        cause: 3,
        offence: 5,
      },
    ])
  })

  it("fails when the late response is delivered only as a whole", () => {
    expect(
      verdictOf(noLateOutput, [...timedOut, 500, row.created("late", "e1"), row.hears("late", { whole: true })])
        .violations,
    ).toHaveLength(1)
  })

  it("lets other responses speak", () => {
    expect(verdictOf(noLateOutput, [...timedOut, 500, row.created("vad"), row.hears("vad")]).violations).toEqual([])
  })
})

describe("a cancel", () => {
  it("allows output in its own round, and a whole text that repeats", () => {
    const rows = [
      ...playing,
      cancel,
      row.hears("r"),
      "quiet",
      row.done("r", "cancelled"),
      row.hears("r", { whole: true }),
    ] as const
    expect(verdictOf(noLateOutput, rows)).toMatchObject({ fired: 1, violations: [] })
  })

  it("fails when the response goes on being heard", () => {
    expect(verdictOf(noLateOutput, [...playing, cancel, "quiet", row.textDelta("r"), row.hears("r")]).messages).toEqual(
      ["Nothing of resp_r may be delivered after cancel; 0 ms later the app got text of it."],
    )
  })

  it("means, with a request, also the response that is yet to be created", () => {
    const rows = [
      row.requests("a"),
      row.creates("e1"),
      row.performs({ do: "cancel", request: "a" }),
      "quiet",
      row.created("r", "e1"),
      row.hears("r"),
    ] as const
    expect(verdictOf(noLateOutput, rows).messages).toEqual([expect.stringContaining('after cancel of "a"')])
  })

  it("does not fire when nothing was active, or when the client refused it", () => {
    expect(verdictOf(noLateOutput, [cancel, "quiet", row.created("vad"), row.hears("vad")]).fired).toBe(0)
    const refused = {
      lane: "app",
      kind: "refused",
      operation: { do: "cancel" },
      error: { name: "Error", message: "no" },
    } as const
    expect(verdictOf(noLateOutput, [...playing, cancel, refused, "quiet", row.hears("r")]).fired).toBe(0)
  })
})
