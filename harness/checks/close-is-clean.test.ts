// Tests for close-is-clean.
import { describe, expect, it } from "vitest"
import { closeIsClean } from "./close-is-clean.ts"
import { row, verdictOf } from "./trace-for-tests.ts"

const judged = (...rows: Parameters<typeof verdictOf>[1]) => verdictOf(closeIsClean, rows)
const closing = [row.connects(), row.phase("closing"), row.performs({ do: "close" })] as const

it("passes a close that leaves nothing", () => {
  const rows = [...closing, row.cancels(), row.leaves(), "quiet", row.closes(1000), row.leftBehind(0, 0, 0)] as const
  expect(judged(...rows)).toMatchObject({ fired: 2, violations: [] })
})

it("does not fire when nothing was closed", () => {
  expect(judged(row.connects(), row.session()).fired).toBe(0)
})

it("fails on what is left behind", () => {
  expect(judged(...closing, row.leftBehind(1, 2, 0)).violations).toEqual([
    {
      invariant: "close-is-clean",
      message: "Close must leave nothing behind; at the end there was still 1 socket, 2 timers.",
      cause: 2,
      offence: 3,
    },
  ])
})

describe("after the close", () => {
  it("fails output, events and new connections", () => {
    expect(judged(...closing, "quiet", row.hears("r")).messages).toEqual([
      "After close the client must be still; it delivered output to the app.",
    ])
    expect(judged(...closing, 100, row.creates("e")).messages).toEqual([
      "After close the client must be still; it sent response.create.",
    ])
    expect(judged(...closing, row.leaves(), 1000, row.connects(2)).messages).toEqual([
      "After close the client must be still; it connected again.",
    ])
  })

  it("ends with what the app asks for then, if that is not refused", () => {
    const asks = ["quiet", row.says("a")] as const
    const refuses = {
      ...row.performs(asks[1].operation),
      kind: "refused",
      error: { name: "Error", message: "no" },
    } as const
    expect(judged(...closing, ...asks, row.connects(2)).violations).toEqual([])
    expect(judged(...closing, ...asks, refuses, "quiet", row.connects(2)).violations).toHaveLength(1)
    expect(judged(...closing, row.connects(2), ...asks).violations).toEqual([])
    expect(judged(...closing, "quiet", row.connects(2), ...asks).violations).toHaveLength(1)
  })

  it("does so, too, where the app closes once more", () => {
    const once = [...closing, row.opens("c1", "close"), row.resolves("c1"), 100, row.connects(2)] as const
    const again = ["quiet", row.performs({ do: "close" }), row.opens("c2", "close"), row.resolves("c2")] as const
    expect(judged(...once, ...again).violations).toHaveLength(1)
    const slow = [...closing, row.opens("c1", "close"), 100, row.creates("bye"), row.resolves("c1"), ...again] as const
    expect(judged(...slow).violations).toEqual([])
  })

  it("says nothing of what lay on a silent line, but of what goes over another", () => {
    const silent = [row.connects(), row.goesSilent(), row.performs({ do: "close" }), 100] as const
    expect(judged(...silent, row.creates("e")).violations).toEqual([])
    expect(judged(...silent, row.connects(2)).messages).toEqual([
      "After close the client must be still; it connected again.",
    ])
  })

  it("ends with the app's own wish to connect again, until it closes again", () => {
    const again = [
      ...closing,
      "quiet",
      row.performs({ do: "connect" }),
      row.connects(2),
      100,
      row.creates("e"),
    ] as const
    expect(judged(...again)).toMatchObject({ fired: 1, violations: [] })
    expect(judged(...again, row.leftBehind(1, 0, 0)).violations).toEqual([])
    const closed = [...again, row.performs({ do: "close" }), "quiet"] as const
    expect(judged(...closed, row.leftBehind(0, 0, 0))).toMatchObject({ fired: 2, violations: [] })
    expect(judged(...closed, row.creates("f"), row.leftBehind(1, 0, 0)).messages).toEqual([
      "Close must leave nothing behind; at the end there was still 1 socket.",
      "After close the client must be still; it sent response.create.",
    ])
  })

  it("counts what comes before its future settles as part of it", () => {
    expect(judged(...closing, row.opens("c", "close"), "quiet", row.cancels(), row.resolves("c")).violations).toEqual(
      [],
    )
  })
})

describe("an old connection", () => {
  const lost = [row.connects(), row.created("r"), row.drops(), 100, row.connects(2), row.session(2)] as const

  it("fails when its late frames reach the app", () => {
    expect(judged(...lost, row.textDelta("r"), row.hears("r")).violations).toMatchObject([{ cause: 5, offence: 6 }])
  })

  it("passes when they are ignored, and lets the new one speak", () => {
    const rows = [
      ...lost,
      row.textDelta("r"),
      row.created("n", null, "conv", 2),
      row.textDelta("n", 2),
      row.hears("n"),
    ] as const
    expect(judged(...rows)).toMatchObject({ fired: 1, violations: [] })
  })
})
