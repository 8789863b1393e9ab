// The job summary as Markdown, and the annotations: what is news, where to look, and nothing that a subject says as markup.
import { describe, expect, it } from "vitest"
import { failureBy, violationOf } from "../runner/result-for-tests.ts"
import { annotations } from "./annotations.ts"
import { markdownSummary } from "./markdown.ts"
import { hostile, oneOfEach, resultsOf } from "./report-for-tests.ts"

const placed = { placeOf: () => ({ file: "scenarios/turn/one.ts", line: 4 }) }
const nasty = hostile.map((text) => ({
  result: failureBy([], { subject: text, violations: [violationOf("x", { message: text })] }),
  asExpected: false,
}))

describe("the summary", () => {
  it("begins with how it went", () => {
    const [head, , tally] = markdownSummary(resultsOf(oneOfEach)).split("\n")
    expect(head).toBe("## ❌ rtspec: 3 as expected, 3 not")
    expect(tally).toBe("● 2 pass · ✗ 2 fail · · 1 unsupported · ! 1 broken")
    expect(markdownSummary(resultsOf(oneOfEach.slice(0, 2)))).toMatch(
      /^## ✅ rtspec: 2 as expected, 0 not\n\n.*\n\n<details>/,
    )
  })

  it("has a line for each case that is news, with where to look and how to play it again", () => {
    const lines = markdownSummary(resultsOf(oneOfEach, placed)).split("\n")
    expect(lines).toContain(
      "| ✗ <code>cancel/one</code> | fake 1 | story was broken.<br><code>scenarios/turn/one.ts:4</code> | <code>npx rtspec run --subject 'fake@1' --scenario cancel/one --seed 7</code> |",
    )
    expect(lines.filter((line) => line.includes("remove its line from the ledger"))).toHaveLength(1)
  })

  it("folds how each subject did in each room", () => {
    const lines = markdownSummary(resultsOf(oneOfEach)).split("\n")
    expect(lines).toContain("| subject | turn | cancel |")
    expect(lines).toContain("| fake 1 | ●&nbsp;1 ✗&nbsp;1 | ✗&nbsp;1 |")
  })

  it("is cut where there is too much news", () => {
    const many = Array.from({ length: 60 }, (_, at) => ({
      result: failureBy(["x"], { scenario: `turn/n${at}` }),
      asExpected: false,
    }))
    expect(markdownSummary(resultsOf(many))).toContain("… and 10 more, in results.json.")
  })

  it("takes nothing that a subject says for markup", () => {
    const lines = markdownSummary(resultsOf(nasty)).split("\n")
    const rows = lines.filter((line) => line.startsWith("| ✗ "))
    expect(rows).toHaveLength(hostile.length)
    for (const row of rows) {
      expect(row.match(/\|/g)).toHaveLength(5)
      expect(row.replace(/<\/?code>|<br>/g, "")).not.toMatch(/[<>`]/)
    }
  })
})

describe("annotations", () => {
  it("point at the line to look at", () => {
    expect(annotations(resultsOf(oneOfEach, placed))).toEqual([
      "::error file=scenarios/turn/one.ts,line=4,title=fake 1%3A cancel/one::story was broken.%0AAgain: npx rtspec run --subject 'fake@1' --scenario cancel/one --seed 7",
      "::error file=scenarios/turn/one.ts,line=4,title=fake 2%3A turn/one::The ledger expects a failure that did not come: remove its line from the ledger (“It was so before.”).",
      expect.stringContaining("broken: the adapter lied"),
    ])
  })

  it("name files from the root of the repository, wherever rtspec ran", () => {
    expect(annotations(resultsOf(oneOfEach, placed), "packages/voice")[0]).toContain(
      "file=packages/voice/scenarios/turn/one.ts,line=4,",
    )
  })

  it("are ten at most, the last of which counts the others", () => {
    const many = Array.from({ length: 12 }, (_, at) => ({
      result: failureBy(["x"], { scenario: `turn/n${at}` }),
      asExpected: false,
    }))
    expect(annotations(resultsOf(many))).toHaveLength(10)
    expect(annotations(resultsOf(many)).at(-1)).toBe(
      "::error title=rtspec::3 more cases did not come out as expected; see the report.",
    )
    expect(annotations(resultsOf(many.slice(0, 10))).at(-1)).toContain("turn/n9")
  })

  it("are one line each, whatever a subject says", () => {
    for (const line of annotations(resultsOf(nasty))) {
      expect(line).toMatch(/^::error (title=[^:,\r\n]*)::[^\r\n]*$/)
    }
  })
})
