// Reads reports back: results.json, its traces, and from both what every form of a report is made of.
import { existsSync, readFileSync, statSync } from "node:fs"
import { basename, dirname, join } from "node:path"
import { z } from "zod"
import { UsageFault } from "../runner/faults.ts"
import type { Judged, LedgerLine } from "../runner/ledger.ts"
import { type FuzzFile, fuzzFile } from "./fuzz.ts"
import { type HistoryRun, historyRun } from "./history.ts"
import { type ResultRow, type ResultsFile, resultsFile, schemaVersion } from "./results.ts"
import { resultOfRow } from "./row-result.ts"
import { readTrace } from "./trace-file.ts"

/** A report on disk: what was read, and the folder that its traces are found from. */
export interface ReportOnDisk {
  readonly file: string
  readonly folder: string
  readonly results: ResultsFile
}

/** The results.json that a person means who names it or its folder. */
const resultsIn = (path: string) =>
  existsSync(path) && statSync(path).isDirectory() ? join(path, "results.json") : path

function readJson(file: string, what: string): unknown {
  if (!existsSync(file))
    throw new UsageFault(`there is no ${what} ${file}; name a report's folder or its results.json.`)
  try {
    return JSON.parse(readFileSync(file, "utf8"))
  } catch (error) {
    throw new UsageFault(`${file} is not JSON (${error instanceof Error ? error.message : error}); run again.`)
  }
}

const versioned = z.object({ schemaVersion: z.number() })

/** Throws UsageFault for what is no results.json of this version. */
export function readReport(path: string): ReportOnDisk {
  const file = resultsIn(path)
  const data = readJson(file, "report")
  const version = versioned.safeParse(data).data?.schemaVersion
  if (version !== undefined && version !== schemaVersion)
    throw new UsageFault(
      `${file} is of schema version ${version}, this rtspec reads version ${schemaVersion}; run again with this rtspec.`,
    )
  const parsed = resultsFile.safeParse(data)
  if (!parsed.success) throw new UsageFault(`${file} is no results.json: ${firstIssue(parsed.error)}.`)
  return { file, folder: dirname(file), results: parsed.data }
}

/** An earlier run, of which only rows and totals must be understood. Throws UsageFault. */
export function readHistory(path: string): HistoryRun {
  const file = resultsIn(path)
  const parsed = historyRun.safeParse(readJson(file, "earlier report"))
  if (!parsed.success) throw new UsageFault(`${file} is no results.json: ${firstIssue(parsed.error)}.`)
  const name = basename(file)
  return { ...parsed.data, label: name === "results.json" ? basename(dirname(file)) : name.replace(/\.json$/, "") }
}

/** Throws UsageFault. */
export function readFuzz(file: string): FuzzFile {
  const parsed = fuzzFile.safeParse(readJson(file, "fuzz.json"))
  if (!parsed.success) throw new UsageFault(`${file} is no fuzz.json: ${firstIssue(parsed.error)}.`)
  return parsed.data
}

const firstIssue = ({ issues: [issue] }: z.ZodError) => `${issue?.path.join(".") || "it"}: ${issue?.message}`

function ledgerLine({ invariant, ...rest }: NonNullable<ResultRow["staleLine"]>): LedgerLine {
  return { ...rest, ...(invariant === undefined ? {} : { invariant }) }
}

/** The rows as results again, with their traces. */
export function judgedOf({ results, folder }: ReportOnDisk): Judged[] {
  return results.rows.map((row) => {
    const trace = row.trace === undefined ? undefined : readTrace(join(folder, row.trace))
    const { staleLine, reason } = row
    return {
      result: resultOfRow(row, results, trace),
      asExpected: row.expected,
      ...(reason === undefined ? {} : { reason }),
      ...(staleLine === undefined ? {} : { staleLine: ledgerLine(staleLine) }),
    }
  })
}
