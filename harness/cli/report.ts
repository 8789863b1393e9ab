// `rtspec report`: renders a report again, or puts the shards of one run together.
import type { Command } from "commander"
import pc from "picocolors"
import { caseKey } from "../report/case-key.ts"
import { writeReport } from "../report/folder.ts"
import { mergeShards } from "../report/merge.ts"
import { judgedOf, readFuzz, readHistory, readReport } from "../report/read-results.ts"
import { defaultReporters, parseReporters, reporterHelp } from "../report/reporters.ts"
import type { Judged } from "../runner/ledger.ts"
import { shortfall } from "./coverage.ts"
import { publish } from "./publish.ts"
import { printRun } from "./summary.ts"

export interface ReportOptions {
  readonly out?: string
  readonly reporter: string
  readonly history?: readonly string[]
  readonly fuzz?: string
}

export function addReport(program: Command, done: (code: number) => void): void {
  program
    .command("report")
    .description("render reports again, and put the shards of one run together")
    .argument("<dirs...>", "folders of reports, or their results.json: one, or every shard of one run")
    .option("--out <dir>", "folder of the new report (default: the one given, or reports/latest for shards)")
    .option("--reporter <list>", reporterHelp, defaultReporters)
    .option("--history <old...>", "earlier reports or results.json, the oldest first")
    .option("--fuzz <file>", "what a fuzzing campaign came to: the .rtspec/fuzz.json of rtspec fuzz")
    .addHelpText("after", examples)
    .action((dirs: string[], options: ReportOptions) => done(report(dirs, options)))
}

const examples = `
Examples:
  rtspec report reports/latest --reporter junit,sarif       other forms of the last run
  rtspec report shards/1 shards/2 shards/3 --out merged     three shards as the one run they are
  rtspec report reports/latest --history last-week.json     with how it went before
  rtspec report reports/latest --fuzz .rtspec/fuzz.json     with what fuzzing came to`

/** Gives the exit code that the run had, or would have had as one: 0 as expected, 1 a subject failed, 3 the harness broke. */
export function report(dirs: readonly string[], options: ReportOptions, print: (line: string) => void = console.log) {
  const reporters = parseReporters(options.reporter)
  const reports = dirs.map(readReport)
  const results = mergeShards(reports)
  const byKey = new Map(reports.flatMap(judgedOf).map((judged) => [caseKey(judged.result), judged]))
  const judged = results.rows.flatMap((row): Judged[] => {
    const found = byKey.get(caseKey(row))
    return found ? [found] : []
  })
  const [only] = reports
  const out = options.out ?? (reports.length === 1 && only ? only.folder : "reports/latest")
  const titles = new Map(results.invariants.map(({ id, title }) => [id, title]))
  const extras = {
    history: (options.history ?? []).map(readHistory),
    ...(options.fuzz === undefined ? {} : { fuzz: readFuzz(options.fuzz) }),
  }
  const written = writeReport(out, { results, judged, pages: { width: 100, titles }, reporters, extras })
  const missing = results.run.full && !results.run.shard ? shortfall(results) : []
  const width = Math.max(60, Math.min(process.stdout.columns ?? 100, 120))
  const look = { titles, width, out, written, isBrief: !reporters.has("text"), allFailures: false, colors: pc, missing }
  printRun({ judged, results, ...look }, print)
  publish(results, reporters, print)
  if (results.rows.some(({ verdict }) => verdict === "broken")) return 3
  return results.totals.failed > 0 || missing.length > 0 ? 1 : 0
}
