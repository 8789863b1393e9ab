// The forms of a report that are files, each made on request.
import type { Judged } from "../runner/ledger.ts"
import { caseKey } from "./case-key.ts"
import type { PageOptions } from "./failure.ts"
import type { FuzzFile } from "./fuzz.ts"
import type { HistoryRun } from "./history.ts"
import { renderPage } from "./html/page.ts"
import { packTraces } from "./html/page-data.ts"
import { junitXml } from "./junit.ts"
import { markdownSummary } from "./markdown.ts"
import type { Reporter } from "./reporters.ts"
import type { ResultsFile } from "./results.ts"
import { sarifLog } from "./sarif.ts"

/** What a page can show beside the run itself. */
export interface Extras {
  readonly history?: readonly HistoryRun[]
  readonly fuzz?: FuzzFile
}

interface Source {
  readonly results: ResultsFile
  readonly judged: readonly Judged[]
  readonly pages: PageOptions
  readonly reporters: ReadonlySet<Reporter>
  readonly extras: Extras
}

interface Form {
  readonly file: string
  make(source: Source): string
}

const forms: { readonly [R in Reporter]?: Form } = {
  html: { file: "report.html", make: htmlPage },
  junit: { file: "junit.xml", make: ({ results, judged, pages }) => junitXml(results, judged, pages) },
  markdown: { file: "summary.md", make: ({ results }) => markdownSummary(results) },
  sarif: { file: "results.sarif", make: ({ results }) => `${JSON.stringify(sarifLog(results), null, 1)}\n` },
}

/** Files and their texts, and the names of files that an earlier report may have left. */
export function formsOf(source: Source): { written: [string, string][]; left: string[] } {
  const written: [string, string][] = []
  const left: string[] = []
  for (const [name, form] of Object.entries(forms) as [Reporter, Form][]) {
    if (source.reporters.has(name)) written.push([form.file, form.make(source)])
    else left.push(form.file)
  }
  return { written, left }
}

function htmlPage({ results, judged, extras: { history = [], fuzz } }: Source): string {
  const traces = new Map(judged.map(({ result }) => [caseKey(result), result.trace]))
  const data = { results, history, ...(fuzz ? { fuzz } : {}) }
  return renderPage(
    data,
    packTraces(results, (key) => traces.get(key)),
  )
}
