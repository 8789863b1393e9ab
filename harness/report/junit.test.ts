// JUnit's XML: what is a failure, an error, skipped; that it keeps to the XSD of Jenkins and Surefire, whatever is said.
import { execFileSync, spawnSync } from "node:child_process"
import { fileURLToPath } from "node:url"
import { describe, expect, it } from "vitest"
import { failureBy, violationOf } from "../runner/result-for-tests.ts"
import { junitXml } from "./junit.ts"
import { hostile, oneOfEach, resultsOf } from "./report-for-tests.ts"

const pages = { width: 80, titles: new Map() }
const schema = fileURLToPath(new URL("../../fixtures/formats/junit-10.xsd", import.meta.url))
const hasXmllint = spawnSync("xmllint", ["--version"]).status === 0

const nasty = hostile.map((text, at) => ({
  result: failureBy([], {
    ...{ subject: `s${at}${text}`, version: text, scenario: `turn/${text}` },
    violations: [violationOf(text, { message: text })],
  }),
  asExpected: false,
}))

/** An attribute's value as a reader has it. */
const read = (value: string) =>
  value.replace(/&(?:#(x?)([0-9A-Fa-f]+)|(\w+));/g, (_, x, number, name) =>
    name
      ? ({ lt: "<", gt: ">", quot: '"', apos: "'", amp: "&" }[name as string] ?? "?")
      : String.fromCodePoint(Number.parseInt(number, x ? 16 : 10)),
  )

const validate = (xml: string) =>
  execFileSync("xmllint", ["--noout", "--schema", schema, "-"], { input: xml, stdio: "pipe" })

describe("JUnit", () => {
  const xml = junitXml(resultsOf(oneOfEach, { placeOf: () => ({ file: "ledger.json", line: 3 }) }), oneOfEach, pages)

  it("counts failures that are news as failures, our own faults as errors, what says nothing as skipped", () => {
    expect(xml).toContain('<testsuites name="rtspec" time="0.007" tests="6" failures="2" errors="1">')
    expect(xml).toContain('<testsuite name="fake@1" id="0" time="0.004" tests="3" failures="1" errors="0" skipped="1">')
    expect(xml).toContain('<testsuite name="fake@2" id="1" time="0.004" tests="3" failures="1" errors="1" skipped="1">')
  })

  it("says why", () => {
    expect(xml).toContain('<skipped message="expected: It has always been so."/>')
    expect(xml).toContain('<skipped message="it cannot: cancel"/>')
    expect(xml).toContain('<error message="broken: the adapter lied" type="broken">')
    expect(xml).toContain('<failure message="story was broken." type="story">')
    expect(xml).toContain("remove its line from the ledger (ledger.json:3): It was so before.")
    expect(xml).toContain("npx rtspec run --subject 'fake@1' --scenario cancel/one --seed 7")
  })

  it("is read back as it was meant, whatever a subject says", () => {
    const xml = junitXml(resultsOf(nasty), nasty, pages)
    for (const [at, text] of hostile.entries()) {
      const [, name = ""] = new RegExp(`<testsuite name="s${at}([^"]*)"`).exec(xml) ?? []
      const whole = [...text]
        .map((each) => (/[\t\n\r\u0020-\uD7FF\uE000-\uFFFD]/.test(each) ? each : "\uFFFD"))
        .join("")
      expect(read(name)).toBe(`${whole}@${whole}`)
    }
  })

  it.skipIf(!hasXmllint)("keeps to the XSD (skipped where there is no xmllint: apt-get install libxml2-utils)", () => {
    for (const judged of [oneOfEach, nasty, []])
      expect(() => validate(junitXml(resultsOf(judged), judged, pages))).not.toThrow()
  })

  it.skipIf(!hasXmllint)("knows that the XSD can be broken", () => {
    expect(() => validate(xml.replace(' failures="1"', ""))).toThrow("required but missing")
  })
})
