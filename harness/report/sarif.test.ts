// SARIF: kept to the schema of version 2.1.0, with a result for what is news and nothing else.
import { readFileSync } from "node:fs"
import { Ajv } from "ajv"
import { describe, expect, it } from "vitest"
import { failureBy, violationOf } from "../runner/result-for-tests.ts"
import { hostile, oneOfEach, resultsOf } from "./report-for-tests.ts"
import { sarifLog } from "./sarif.ts"

// It is written in draft 4, of which nothing here differs from what ajv reads but these two names.
const {
  $schema: _,
  id: __,
  ...schema
} = JSON.parse(readFileSync(new URL("../../fixtures/formats/sarif-2.1.0.json", import.meta.url), "utf8"))
const isValid = new Ajv({ strict: false, validateFormats: false, unicodeRegExp: false }).compile(schema)
const check = (log: object) => (isValid(JSON.parse(JSON.stringify(log))) ? [] : (isValid.errors ?? []))

describe("SARIF", () => {
  const log = sarifLog(resultsOf(oneOfEach, { placeOf: () => ({ file: "a folder/ledger.json", line: 3 }) }))
  const [run] = log.runs

  it("has a result for each case that is news, by the rule that was broken, where to look", () => {
    expect(run.results.map(({ ruleId }) => ruleId)).toEqual(["story", "stale-ledger-line", "broken"])
    expect(run.results.map(({ ruleIndex }) => run.tool.driver.rules[ruleIndex]?.id)).toEqual([
      ...["story", "stale-ledger-line", "broken"],
    ])
    expect(run.results[1]?.locations).toEqual([
      { physicalLocation: { artifactLocation: { uri: "a%20folder/ledger.json" }, region: { startLine: 3 } } },
    ])
    expect(run.results[0]?.partialFingerprints["rtspecCase/v1"]).toBe("fake@1 cancel/one")
  })

  it("keeps to the schema, whatever a subject says", () => {
    const nasty = hostile.map((text) => ({
      result: failureBy([], { subject: text, scenario: text, violations: [violationOf(text, { message: text })] }),
      asExpected: false,
    }))
    for (const judged of [oneOfEach, nasty, []]) expect(check(sarifLog(resultsOf(judged)))).toEqual([])
    expect(check(log)).toEqual([])
  })

  it("knows that the schema can be broken", () => {
    expect(check({ ...log, version: "2.0.0" })).not.toEqual([])
    expect(check({ ...log, runs: [{ ...run, results: [{ level: "fatal" }] }] })).not.toEqual([])
  })
})
