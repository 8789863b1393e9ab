// `--update-ledger`: proposes a line for each failure that no ledger expects. A proposed line has an empty reason, and a
// ledger with such a line is refused: a person must say why a failure is to be expected.
import { readFileSync } from "node:fs"
import { writeWhole } from "../report/folder.ts"
import type { Judged } from "../runner/ledger.ts"

export interface ProposedLine {
  readonly scenario: string
  readonly version: string | readonly string[]
  readonly invariant: string
  readonly reason: ""
}

/** One line for each scenario and invariant of a subject that is news, naming the versions. */
export function proposedLines(judged: readonly Judged[]): ProposedLine[] {
  const versions = new Map<string, { scenario: string; invariant: string; versions: string[] }>()
  for (const { result, asExpected, staleLine } of judged) {
    if (asExpected || staleLine || result.verdict !== "fail") continue
    for (const { invariant } of result.violations) {
      const key = `${result.scenario}\n${invariant}`
      const line = versions.get(key) ?? { scenario: result.scenario, invariant, versions: [] }
      if (!line.versions.includes(result.version)) line.versions.push(result.version)
      versions.set(key, line)
    }
  }
  return [...versions.values()].map(({ scenario, invariant, versions: all }) => {
    const [only = ""] = all
    return { scenario, version: all.length === 1 ? only : all, invariant, reason: "" }
  })
}

/** The ledger's text with lines after its own, which stay as they are. `text` is a JSON array. */
export function withLines(text: string, lines: readonly ProposedLine[]): string {
  const body = text.trimEnd().replace(/\]$/, "").trimEnd()
  const added = lines.map((line) => JSON.stringify(line, null, 2).replace(/^/gm, "  ")).join(",\n")
  return `${body}${body.endsWith("[") ? "" : ","}\n${added}\n]\n`
}

/** Writes the proposals into the subjects' ledgers, and gives a sentence on each file and on each subject that has none.
 * `ledgers`: the file of each subject's ledger. */
export function updateLedgers(judged: readonly Judged[], ledgers: ReadonlyMap<string, string>): string[] {
  const said: string[] = []
  for (const subject of new Set(judged.map(({ result }) => result.subject))) {
    const lines = proposedLines(judged.filter(({ result }) => result.subject === subject))
    if (lines.length === 0) continue
    const file = ledgers.get(subject)
    if (file === undefined) {
      said.push(`${subject} has no ledger, so its ${lines.length} failures stay news.`)
      continue
    }
    writeWhole(file, withLines(readFileSync(file, "utf8"), lines))
    const what = lines.length === 1 ? "1 line was proposed; give it" : `${lines.length} lines were proposed; give each`
    said.push(`${file}: ${what} a reason, or mend the client. Until then the ledger is refused.`)
  }
  return said.length > 0 ? said : ["No failure is news: the ledgers stay as they are."]
}
