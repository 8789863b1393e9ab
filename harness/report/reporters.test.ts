// Which forms of a report were asked for.
import { describe, expect, it } from "vitest"
import { UsageFault } from "../runner/faults.ts"
import { parseReporters } from "./reporters.ts"

describe("--reporter", () => {
  it("takes names with commas, in any order and as often as one likes", () => {
    expect([...parseReporters("html, junit,html,")]).toEqual(["html", "junit"])
  })

  it.each([
    ["htm", 'did you mean html for "htm"?'],
    ["text,toString", 'for "toString"?'],
    ["", "--reporter takes text, html, junit, json, markdown, github, sarif"],
  ])("refuses %j", (list, sentence) => {
    expect(() => parseReporters(list)).toThrow(UsageFault)
    expect(() => parseReporters(list)).toThrow(sentence)
  })
})
