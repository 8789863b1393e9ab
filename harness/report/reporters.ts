// The forms that a report can take, and which of them a person asked for.
import { UsageFault } from "../runner/faults.ts"
import { nearest } from "../runner/select.ts"

/** What each writes; the record of the run (results.json, traces/, matrix.md, failures.txt) is always written. */
export const reporters = {
  text: "the matrix and the failures, on the terminal",
  html: "report.html: one page that opens from disk, with a page for each case",
  junit: "junit.xml, for Jenkins, GitLab and the like",
  json: "results.json alone",
  markdown: "summary.md, and the job summary where GITHUB_STEP_SUMMARY names a file",
  github: "annotations for GitHub Actions, on the terminal",
  sarif: "results.sarif, for code scanning",
} as const
export type Reporter = keyof typeof reporters

export const defaultReporters = "text,html"
export const reporterHelp = `what to make of it: ${Object.keys(reporters).join(", ")}, with commas`

const isReporter = (name: string): name is Reporter => Object.hasOwn(reporters, name)

/** Reads `html,junit`. Throws UsageFault for a name that is none. */
export function parseReporters(list: string): ReadonlySet<Reporter> {
  const names = list
    .split(",")
    .map((name) => name.trim())
    .filter((name) => name !== "")
  const wanted = new Set<Reporter>()
  for (const name of names.length > 0 ? names : [""]) {
    if (!isReporter(name)) {
      const known = Object.keys(reporters)
      throw new UsageFault(
        `--reporter takes ${known.join(", ")}, or several with commas; did you mean ${nearest(name, known)[0]} for "${name}"?`,
      )
    }
    wanted.add(name)
  }
  return wanted
}
