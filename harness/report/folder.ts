// The folder of a report: each file is written beside its place and then moved there, so that what is found is whole, the
// old or the new.
import { accessSync, constants, mkdirSync, readdirSync, renameSync, rmSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { UsageFault } from "../runner/faults.ts"
import type { Judged } from "../runner/ledger.ts"
import type { CaseResult } from "../runner/result.ts"
import { failurePage, type PageOptions } from "./failure.ts"
import { markdownMatrix } from "./matrix.ts"
import type { ResultsFile } from "./results.ts"

/** Writes a file whole or not at all. */
export function writeWhole(file: string, text: string): void {
  const draft = `${file}.${process.pid}.draft`
  writeFileSync(draft, text)
  renameSync(draft, file)
}

const traceName = ({ subject, version, scenario }: CaseResult) =>
  `${`${subject}@${version} ${scenario}`.replace(/[^\w.@-]+/g, "_")}.ndjson`

/** Makes the folder, before a run is spent on it. Throws UsageFault where that cannot be. */
export function makeFolder(folder: string): void {
  try {
    mkdirSync(join(folder, "traces"), { recursive: true })
    accessSync(folder, constants.W_OK)
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error)
    throw new UsageFault(`the report cannot be written to ${folder} (${why}); give --out another folder.`)
  }
}

/** A trace of ours, by its name: what else a user keeps there is not ours to remove. */
const isTrace = (name: string) => /^[\w.-]+@[\w.@-]+\.ndjson$/.test(name)

/** results.json, matrix.md, failures.txt, and a trace (NDJSON: header, then entries) for each failure under traces/. */
export function writeReport(folder: string, results: ResultsFile, judged: readonly Judged[], pages: PageOptions): void {
  const traces = join(folder, "traces")
  makeFolder(folder)
  const failed = judged.map(({ result }) => result).filter(({ verdict }) => verdict === "fail" || verdict === "broken")
  const kept = new Set<string>()
  for (const result of failed) {
    if (!result.trace) continue
    const name = traceName(result)
    kept.add(name)
    const lines = [result.trace.header, ...result.trace.entries].map((line) => JSON.stringify(line))
    writeWhole(join(traces, name), `${lines.join("\n")}\n`)
  }
  writeWhole(join(folder, "matrix.md"), markdownMatrix(judged.map(({ result }) => result)))
  writeWhole(
    join(folder, "failures.txt"),
    `${failed.map((result) => failurePage(result, pages).join("\n")).join("\n\n\n")}\n`,
  )
  writeWhole(join(folder, "results.json"), `${JSON.stringify(results, null, 1)}\n`)
  for (const name of readdirSync(traces)) if (isTrace(name) && !kept.has(name)) rmSync(join(traces, name))
}
