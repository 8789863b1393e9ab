// The page's matrix: what each filter lets through, and where what is left stands.
import { describe, expect, it } from "vitest"
import { oneOfEach, resultsOf } from "../report-for-tests.ts"
import { filterRows, makeGrid } from "./grid.ts"
import { type Filter, noFilter } from "./route.ts"

const results = resultsOf(oneOfEach)
const left = (filter: Partial<Filter>) =>
  filterRows(results, { ...noFilter, ...filter }).map(({ scenario, version }) => `${scenario} ${version}`)

describe("a filter", () => {
  it.each<[Partial<Filter>, string[]]>([
    [{ verdicts: ["broken", "unsupported"] }, ["turn/two 2", "cancel/one 2"]],
    [{ subject: "fake 2", room: "turn" }, ["turn/one 2", "turn/two 2"]],
    [{ ledger: "news" }, ["cancel/one 1", "turn/one 2", "turn/two 2"]],
    [{ ledger: "known" }, ["turn/two 1"]],
    [{ text: "no-crash TURN" }, ["turn/two 1"]],
    [{ text: "c01 cancel/" }, ["cancel/one 1", "cancel/one 2"]],
    [{ text: "always been" }, ["turn/two 1"]],
    [{ text: "nobody says this" }, []],
  ])("%j leaves %j", (filter, rows) => {
    expect(left(filter)).toEqual(rows)
  })
})

describe("the grid", () => {
  it("has a room with lines for each room, a cell for each subject", () => {
    const grid = makeGrid(results.rows)
    expect(grid.subjects).toEqual(["fake 1", "fake 2"])
    const lines = grid.rooms.map(({ name, lines }) => [
      name,
      lines.map(({ cells }) => cells.map((row) => row?.verdict)),
    ])
    expect(lines).toEqual([
      [
        "turn",
        [
          ["pass", "pass"],
          ["fail", "broken"],
        ],
      ],
      ["cancel", [["fail", "unsupported"]]],
    ])
  })

  it("leaves a place empty where there is no case", () => {
    const [, , cancel, again] = results.rows
    const grid = makeGrid([cancel, again].flatMap((row) => row ?? []))
    expect(grid.rooms.map(({ lines }) => lines[0]?.cells.map((row) => row?.scenario))).toEqual([
      ["cancel/one", undefined],
      [undefined, "turn/one"],
    ])
    expect(grid.shown).toBe(2)
  })
})
