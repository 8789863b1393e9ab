// The folder of a report. Every file is first written apart, and when all are written, they take their places at one moment
// (switch.ts): what is found is whole, the old report or the new, whenever the run is killed.
import { accessSync, constants, existsSync, mkdirSync, readdirSync, renameSync, rmSync, writeFileSync } from "node:fs"
import { dirname, join } from "node:path"
import { UsageFault } from "../runner/faults.ts"
import type { Judged } from "../runner/ledger.ts"
import { failurePage, type PageOptions } from "./failure.ts"
import { type Extras, formsOf } from "./forms.ts"
import { markdownMatrix } from "./matrix.ts"
import type { Reporter } from "./reporters.ts"
import { type ResultsFile, resultsFile } from "./results.ts"
import { switchTogether } from "./switch.ts"
import { isTraceName, traceFolder, traceText } from "./trace-file.ts"

/** Writes a file whole or not at all. */
export function writeWhole(file: string, text: string): void {
  const draft = `${file}.${process.pid}.draft`
  writeFileSync(draft, text)
  renameSync(draft, file)
}

/** Makes the folder, before a run is spent on it. Throws UsageFault where that cannot be. */
export function makeFolder(folder: string): void {
  try {
    mkdirSync(join(folder, traceFolder), { recursive: true })
    accessSync(folder, constants.W_OK)
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error)
    throw new UsageFault(`the report cannot be written to ${folder} (${why}); give --out another folder.`)
  }
}

export interface Report {
  readonly results: ResultsFile
  /** In the order of the rows. */
  readonly judged: readonly Judged[]
  readonly pages: PageOptions
  readonly reporters: ReadonlySet<Reporter>
  readonly extras: Extras
}

/** results.json, matrix.md, failures.txt, the traces that the rows name, and the forms that were asked for. Forms of an
 * earlier report that were not asked for go: they would tell of another run. Returns the names of what lies in the folder. */
export function writeReport(folder: string, report: Report): string[] {
  makeFolder(folder)
  const { judged, pages } = report
  // In the order of the schema, so that a report that is read and written again is the same.
  const results = resultsFile.parse(report.results)
  const kept = new Set(results.rows.flatMap(({ trace }) => trace ?? []))
  writeTraces(folder, report)
  const failed = judged.map(({ result }) => result).filter(({ verdict }) => verdict === "fail" || verdict === "broken")
  const forms = formsOf({ ...report, results })
  const files = new Map([
    ["matrix.md", markdownMatrix(judged.map(({ result }) => result))],
    ["failures.txt", `${failed.map((result) => failurePage(result, pages).join("\n")).join("\n\n\n")}\n`],
    ...forms.written,
    ["results.json", `${JSON.stringify(results, null, 1)}\n`],
  ])
  switchTogether(folder, { files, gone: forms.left })
  // Only now: until that moment the old report spoke of them. A draft is of a process that was killed.
  for (const name of readdirSync(join(folder, traceFolder)))
    if (isTraceName(name.replace(/\.\d+\.draft$/, "")) && !kept.has(`${traceFolder}/${name}`))
      rmSync(join(folder, traceFolder, name))
  return [...files.keys()]
}

/** A file that is there holds the same: its name says what is in it. */
function writeTraces(folder: string, { results, judged }: Report) {
  for (const [at, { trace: name }] of results.rows.entries()) {
    const trace = judged[at]?.result.trace
    if (name === undefined || trace === undefined || existsSync(join(folder, name))) continue
    mkdirSync(dirname(join(folder, name)), { recursive: true })
    writeWhole(join(folder, name), traceText(trace))
  }
}
