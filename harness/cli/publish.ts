// What a report says outside its folder: annotations on the terminal, and the page of a GitHub job.
import { appendFileSync } from "node:fs"
import { relative, sep } from "node:path"
import { annotations } from "../report/annotations.ts"
import { markdownSummary } from "../report/markdown.ts"
import type { Reporter } from "../report/reporters.ts"
import type { ResultsFile } from "../report/results.ts"
import { UsageFault } from "../runner/faults.ts"

/** Throws UsageFault where GITHUB_STEP_SUMMARY names a file that cannot be written. */
export function publish(
  results: ResultsFile,
  reporters: ReadonlySet<Reporter>,
  print: (line: string) => void = console.log,
): void {
  const summary = process.env.GITHUB_STEP_SUMMARY
  if (reporters.has("markdown") && summary) {
    try {
      appendFileSync(summary, markdownSummary(results))
    } catch (error) {
      const why = error instanceof Error ? error.message : error
      throw new UsageFault(`GITHUB_STEP_SUMMARY names a file that cannot be written (${why}); unset it.`)
    }
  }
  const repository = process.env.GITHUB_WORKSPACE
  const folder = repository ? relative(repository, process.cwd()).split(sep).join("/") : ""
  if (reporters.has("github")) for (const line of annotations(results, folder)) print(line)
}
