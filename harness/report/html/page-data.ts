// What the page is made of: results and all that it shows beside them, as the page's script finds it in the document.
import { gzipSync } from "node:zlib"
import type { Trace } from "../../trace/trace.ts"
import { caseKey } from "../case-key.ts"
import type { FuzzFile } from "../fuzz.ts"
import type { HistoryRun } from "../history.ts"
import type { ResultsFile } from "../results.ts"

export interface PageData {
  readonly results: ResultsFile
  /** Earlier runs, oldest first; without this one. */
  readonly history: readonly HistoryRun[]
  readonly fuzz?: FuzzFile
}

/** Traces by caseKey: JSON, gzipped, in base64. Unpacked by the page when a case is looked at. */
export type PackedTraces = Readonly<Record<string, string>>

/** Strings of a trace that are longer than this many characters are cut in the page; the trace's own file has them whole. */
const longest = 400
const kept = 120

/** Audio is most of a trace and tells a reader nothing. */
function cutLongStrings(_key: string, value: unknown): unknown {
  if (typeof value !== "string" || value.length <= longest) return value
  return `${value.slice(0, kept)}… (${value.length.toLocaleString("en-US")} characters)`
}

export function packTraces(results: ResultsFile, traceOf: (key: string) => Trace | undefined): PackedTraces {
  const packed: Record<string, string> = {}
  for (const row of results.rows) {
    const key = caseKey(row)
    const trace = row.trace === undefined ? undefined : traceOf(key)
    if (trace) packed[key] = gzipSync(JSON.stringify(trace, cutLongStrings)).toString("base64")
  }
  return packed
}
