// JUnit's XML, in the form that Jenkins and Surefire agree on: a suite a subject, a case a scenario. What did not come out as
// the ledger says is a failure, our own fault an error; what could not be played is skipped.
import { create } from "xmlbuilder2"
import type { Judged } from "../runner/ledger.ts"
import type { CaseResult } from "../runner/result.ts"
import { failurePage, type PageOptions } from "./failure.ts"
import type { ResultRow, ResultsFile } from "./results.ts"
import { notCome } from "./stale.ts"

type Outcome = "passed" | "failure" | "error" | "skipped"

const unplayed: readonly CaseResult["verdict"][] = ["unsupported", "not-installed"]

/** A failure that the ledger expects is skipped, with its reason: it is no news, and it is no pass. */
export function outcomeOf({ verdict, expected }: ResultRow): Outcome {
  if (verdict === "broken") return "error"
  if (!expected) return "failure"
  return verdict === "pass" ? "passed" : "skipped"
}

/** Text as it must be handed to xmlbuilder2. XML 1.0 cannot hold some characters even as references, and the builder reads
 * references in what it is given: a subject that says `&#0;` means five characters. */
const inXml = (text: string) =>
  text.replace(/[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu, "\uFFFD").replaceAll("&", "&amp;")

const seconds = (rows: readonly ResultRow[]) =>
  (rows.reduce((sum, { durationMs }) => sum + durationMs, 0) / 1000).toFixed(3)

const counts = (rows: readonly ResultRow[]) => {
  const of = (outcome: Outcome) => String(rows.filter((row) => outcomeOf(row) === outcome).length)
  return { tests: String(rows.length), failures: of("failure"), errors: of("error"), skipped: of("skipped") }
}

export function junitXml(results: ResultsFile, judged: readonly Judged[], pages: PageOptions): string {
  const subjects = [...new Set(results.rows.map(({ subject, version }) => `${subject}@${version}`))]
  const titles = new Map(results.scenarios.map(({ id, title }) => [id, title]))
  const pageOf = new Map(results.rows.map((row, at) => [row, judged[at]?.result]))
  const { skipped: _, ...totals } = counts(results.rows)
  const root = create({ version: "1.0", encoding: "UTF-8" }).ele("testsuites", {
    name: "rtspec",
    time: seconds(results.rows),
    ...totals,
  })
  for (const [id, name] of subjects.entries()) {
    const rows = results.rows.filter(({ subject, version }) => `${subject}@${version}` === name)
    const suite = root.ele("testsuite", { name: inXml(name), id: String(id), time: seconds(rows), ...counts(rows) })
    const properties = suite.ele("properties")
    for (const [key, value] of Object.entries({ rtspec: results.run.rtspec, seed: results.run.seed }))
      properties.ele("property", { name: key, value: inXml(value) })
    for (const row of rows) {
      const title = titles.get(row.scenario) ?? ""
      const time = seconds([row])
      const classname = inXml(`${name}.${row.scenario.replaceAll("/", ".")}`)
      const element = suite.ele("testcase", { name: inXml(`${row.scenario}: ${title}`), classname, time })
      const outcome = outcomeOf(row)
      if (outcome === "passed") continue
      const message = inXml(messageOf(row))
      const child = element.ele(outcome, { message, ...(outcome === "skipped" ? {} : { type: inXml(typeOf(row)) }) })
      const result = pageOf.get(row)
      if (outcome !== "skipped" && result && !row.staleLine)
        child.txt(inXml(`\n${failurePage(result, pages).join("\n")}\n`))
    }
  }
  return `${root.end({ prettyPrint: true })}\n`
}

const typeOf = ({ verdict, invariants, staleLine }: ResultRow) =>
  staleLine ? "unexpected-pass" : (invariants[0] ?? verdict)

function messageOf(row: ResultRow): string {
  const { verdict, staleLine, place, reason, because, violations } = row
  if (staleLine) {
    const where = place ? ` (${place.file}:${place.line})` : ""
    return `${notCome(row)}${where}: ${staleLine.reason}`
  }
  if (verdict === "fail") return reason === undefined ? (violations[0]?.message ?? "") : `expected: ${reason}`
  return unplayed.includes(verdict) ? because : `${verdict}: ${because}`
}
