// The matrix in both forms: every verdict, groups by room, and a width that is kept.
import { describe, expect, it } from "vitest"
import type { Verdict } from "../runner/result.ts"
import { failureBy, resultWith } from "../runner/result-for-tests.ts"
import { legend, markdownMatrix, tally, terminalMatrix } from "./matrix.ts"

const plain = (_: Verdict, mark: string) => mark
const row = (subject: string, version: string, verdicts: Readonly<Record<string, Verdict>>) =>
  Object.entries(verdicts).map(([scenario, verdict]) =>
    verdict === "fail"
      ? failureBy(["no-crash", "story", "no-crash"], { subject, version, scenario })
      : resultWith({ subject, version, scenario, verdict }),
  )
const results = [
  ...row("reference", "1", { "turn/one": "pass", "turn/two": "pass", "cancel/one": "pass" }),
  ...row("agents", "0.8.0", { "turn/one": "fail", "turn/two": "unsupported", "cancel/one": "inconclusive" }),
  ...row("agents", "0.9.0", { "turn/one": "broken", "turn/two": "not-installed" }),
]

describe("the matrix", () => {
  it("has a row a scenario as Markdown, naming what failed, with legend and totals", () => {
    expect(markdownMatrix(results)).toBe(`# Results

${legend}

| scenario | grade | reference 1 | agents 0.8.0 | agents 0.9.0 |
| --- | --- | --- | --- | --- |
| turn/one | documented | ● | ✗ no-crash, story | ! |
| turn/two | documented | ● | · | ○ |
| cancel/one | documented | ● | ? |   |

- **reference 1**: 3 pass
- **agents 0.8.0**: 1 fail, 1 inconclusive, 1 unsupported
- **agents 0.9.0**: 1 not-installed, 1 broken
`)
  })

  it("has a mark a scenario on a terminal, grouped by room", () => {
    expect(terminalMatrix(results, 80, plain)).toEqual([
      "              turn  cancel",
      "reference 1   ●●    ●",
      "agents 0.8.0  ✗·    ?",
      "agents 0.9.0  !○",
      "",
      legend,
    ])
  })

  it("breaks between rooms where the width asks for it", () => {
    const lines = terminalMatrix(results, 22, plain)
    expect(lines.slice(0, 6).map((each) => each.trim())).toEqual([
      "turn",
      "reference 1   ●●",
      "agents 0.8.0  ✗·",
      "agents 0.9.0  !○",
      "",
      "cancel",
    ])
  })

  it("lets a room go on below that is wider than the terminal, and the legend", () => {
    const wide = Array.from({ length: 45 }, (_, at) => resultWith({ subject: "reference", scenario: `turn/n${at}` }))
    expect(terminalMatrix(wide, 33, plain)).toEqual([
      ...["             turn", `reference 1  ${"●".repeat(20)}`, ""],
      ...["             …", `reference 1  ${"●".repeat(20)}`, ""],
      ...["             …", "reference 1  ●●●●●", ""],
      ...["● pass  ✗ fail  ? inconclusive", "· unsupported  ○ not installed", "! broken"],
    ])
  })

  it("colours by verdict without disturbing the columns", () => {
    const painted = terminalMatrix(results, 80, (verdict, mark) => `<${verdict}>${mark}`)
    expect(painted[2]).toBe("agents 0.8.0  <fail>✗<unsupported>·    <inconclusive>?")
  })

  it("counts verdicts", () => {
    expect(tally(results)).toBe("3 pass, 1 fail, 1 inconclusive, 1 unsupported, 1 not-installed, 1 broken")
  })
})
