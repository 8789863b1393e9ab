// What a run prints at its end: the matrix, a page for each failure, the totals, where the report lies.
import { failureInShort, failurePage, wrap } from "../report/failure.ts"
import { tally, terminalMatrix } from "../report/matrix.ts"
import type { ResultsFile } from "../report/results.ts"
import { whatToRemove } from "../report/stale.ts"
import { totalsInWords } from "../report/totals.ts"
import type { Judged, LedgerLine } from "../runner/ledger.ts"
import { isRegression } from "../runner/regression-id.ts"
import type { CaseResult, Verdict } from "../runner/result.ts"

interface Colors {
  green(text: string): string
  red(text: string): string
  yellow(text: string): string
  dim(text: string): string
  bold(text: string): string
}

export interface Summary {
  readonly judged: readonly Judged[]
  readonly results: ResultsFile
  readonly titles: ReadonlyMap<string, string>
  readonly width: number
  readonly out: string
  readonly allFailures: boolean
  readonly colors: Colors
  /** Names of the files in the report's folder. */
  readonly written: readonly string[]
  /** Only the totals and where the report lies. */
  readonly isBrief?: boolean
  /** What a full run should have reached and did not, in sentences. */
  readonly missing: readonly string[]
  /** How the releases of pairs did, in sentences. */
  readonly pairs?: readonly string[]
}

export function printRun(summary: Summary, print: (line: string) => void = console.log): void {
  const { results, colors, written, missing, width, isBrief = false } = summary
  if (!isBrief) printAll(summary, print)
  for (const sentence of missing) for (const line of wrap(`✗ ${sentence}`, width, "")) print(colors.red(line))
  print(`report: ${[summary.out, written.includes("report.html") ? "report.html" : "results.json"].join("/")}`)
  print(colors.bold(totalsInWords(results.totals)))
}

function printAll(summary: Summary, print: (line: string) => void) {
  const { judged, colors, width } = summary
  const results = judged.map(({ result }) => result)
  const catalogue = results.filter(({ scenario }) => !isRegression(scenario))
  print("")
  for (const line of terminalMatrix(catalogue.length > 0 ? catalogue : results, width, (verdict, mark) =>
    paint(colors, verdict, mark),
  ))
    print(line)
  printFailures(summary, print)
  print("")
  for (const sentence of [...howReprosWent(results), tally(results)])
    for (const line of wrap(sentence, width, "")) print(line)
  printCoverage(summary, print)
  const install = howToInstall(results)
  if (install !== undefined) print(install)
}

/** All of them where they are many. */
function howToInstall(results: readonly CaseResult[]): string | undefined {
  const absent = results.filter(({ verdict }) => verdict === "not-installed")
  const names = [...new Set(absent.map(({ subject, version }) => `${subject}@${version}`))]
  if (names.length === 0) return undefined
  return `Not installed, and not judged. To have ${names.length === 1 ? "it" : "them"}: npx rtspec subjects install${names.length > 3 ? "" : ` ${names.join(" ")}`}`
}

function printCoverage({ results, pairs = [], colors, width }: Summary, print: (line: string) => void) {
  const { transitions, goals } = results
  const excused = transitions.unreached.filter(({ because }) => because !== "").length
  const rest = excused > 0 ? `; ${excused} of the others have their reason in results.json` : ""
  const all = transitions.reached.length + transitions.unreached.length
  const say = (text: string) => wrap(text, width, "").forEach((line) => void print(line))
  say(`protocol transitions reached: ${transitions.reached.length} of ${all}${rest}`)
  say(`goals reached: ${goals.reached.length} of ${goals.reached.length + goals.unreached.length}`)
  for (const line of wrap(goals.reached.join(", "), width, "  ")) print(colors.dim(line))
  for (const sentence of pairs) say(sentence)
}

/** Each is of one client: as columns of the matrix they would be empty for nearly all. */
function howReprosWent(results: readonly CaseResult[]): string[] {
  const kept = results.filter(({ scenario }) => isRegression(scenario))
  if (kept.length === 0) return []
  const [own, others] = [kept.filter(isOfReference), kept.filter((each) => !isOfReference(each))]
  const survived = own.filter(({ verdict }) => verdict !== "fail" && verdict !== "broken").length
  const failing = others.filter(({ verdict }) => verdict === "fail").length
  const parts = [
    ...(own.length > 0 ? [`${survived} of ${own.length} survived by the reference client`] : []),
    ...(others.length > 0 ? [`${failing} of ${others.length} still fail where they were found`] : []),
  ]
  return [`kept repros: ${parts.join(", ")}`]
}

const isOfReference = ({ subject }: CaseResult) => subject.startsWith("reference")

const outcome = ({ verdict, because }: CaseResult, { scenario, invariant, covers }: LedgerLine) => {
  if (verdict === "inconclusive") return `is inconclusive (${because})`
  if (covers) return `and all else that ${scenario} covers keeps ${invariant}`
  return verdict === "pass" ? "passes" : `does not break ${invariant}`
}

function paint(colors: Colors, verdict: Verdict, mark: string): string {
  if (verdict === "pass") return colors.green(mark)
  if (verdict === "fail" || verdict === "broken") return colors.red(mark)
  return verdict === "inconclusive" ? colors.yellow(mark) : colors.dim(mark)
}

function printFailures({ judged, titles, width, allFailures, colors }: Summary, print: (line: string) => void) {
  const expected = judged.filter(({ result, asExpected }) => asExpected && result.verdict === "fail")
  for (const { result, reason = "" } of expected) {
    print("")
    const lines = allFailures ? failurePage(result, { width, titles }) : failureInShort(result, reason, width)
    lines.forEach((line, at) => {
      print(at === 0 ? colors.yellow(line) : line)
    })
  }
  for (const { result, asExpected, staleLine } of judged) {
    if (asExpected) continue
    print("")
    if (staleLine)
      wrap(
        `✗ ${result.scenario} · ${result.subject} ${result.version} ${outcome(result, staleLine)}: ${whatToRemove(result)} (“${staleLine.reason}”)`,
        width,
        "",
      ).forEach((line) => void print(colors.red(line)))
    else
      failurePage(result, { width, titles }).forEach((line, at) => {
        print(at === 0 ? colors.red(line) : line)
      })
  }
}
