// `rtspec diff`: what changed from one report to another.
import type { Command } from "commander"
import pc from "picocolors"
import { type Change, compareResults, type Difference } from "../report/diff.ts"
import { marks } from "../report/matrix.ts"
import { readReport } from "../report/read-results.ts"

type Print = (line: string) => void

export function addDiff(program: Command, done: (code: number) => void): void {
  program
    .command("diff")
    .description("compare two reports: what got worse, better, is new or gone; exit code 1 where anything got worse")
    .argument("<old>", "folder of a report, or its results.json")
    .argument("<new>", "the other")
    .option("--json", "as JSON", false)
    .addHelpText("after", "\nExamples:\n  rtspec diff main/results.json reports/latest")
    .action((before: string, after: string, options: { json: boolean }) => done(diff(before, after, options)))
}

/** Gives the exit code: 1 where anything got worse. */
export function diff(before: string, after: string, { json }: { readonly json: boolean }, print: Print = console.log) {
  const found = compareResults(readReport(before).results, readReport(after).results)
  if (json) print(JSON.stringify(found, null, 1))
  else printDifference(found, print)
  return found.worse.length > 0 ? 1 : 0
}

const kinds = [
  ["worse", "worse", pc.red],
  ["better", "better", pc.green],
  ["added", "new", pc.bold],
  ["gone", "gone", pc.bold],
] as const

/** Cases of one kind beyond these are counted. */
const most = 200

function printDifference(found: Difference, print: Print) {
  for (const [kind, word, paint] of kinds) {
    const changes = found[kind]
    if (changes.length === 0) continue
    print(paint(`${word}: ${changes.length}`))
    for (const change of changes.slice(0, most)) print(`  ${lineOf(change)}`)
    if (changes.length > most) print(`  … ${changes.length - most} more; --json has them all`)
    print("")
  }
  print(kinds.map(([kind, word]) => `${found[kind].length} ${word}`).join(", "))
}

function lineOf({ scenario, subject, version, before, after, invariants }: Change): string {
  const was = before === undefined ? " " : marks[before]
  const is = after === undefined ? " " : marks[after]
  const which = invariants.length > 0 ? `  ${invariants.join(", ")}` : ""
  return `${was} → ${is}  ${scenario} · ${subject} ${version}${which}`
}
