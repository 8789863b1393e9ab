// `npm run repros [-- CLIENT…]`: makes the kept repros of the newest release of each client again from its ledger, and names
// them in the ledger and in its notes. What fuzzing found, and what was found on older releases, stays as it is.
import { readFileSync, rmSync } from "node:fs"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import type { SubjectEntry } from "../../adapters/index.ts"
import { invariants } from "../checks/all.ts"
import { type Shown, shrinkBugs } from "../fuzz/shrink-bugs.ts"
import { writeWhole } from "../report/folder.ts"
import { UsageFault } from "../runner/faults.ts"
import type { WrittenLine } from "../runner/ledger.ts"
import { readRegressions, regressionsFolder } from "../runner/regressions.ts"
import type { CaseResult } from "../runner/result.ts"
import { matchesGlob, select } from "../runner/select.ts"
import type { Repro } from "../script/repro.ts"
import { suiteSubject } from "./fuzz-targets.ts"
import { ledgerText, notesWith, reprosSection } from "./repro-names.ts"
import { bugsOf, openPair, textOf } from "./shrinking.ts"
import { newestClients } from "./standings.ts"

const seed = "1"
const titles = new Map(invariants.map(({ id, title }) => [id, title]))

/** Gives the exit code: 1 where a bug could not be shrunk. */
export async function makeRepros(names: readonly string[]): Promise<number> {
  const clients = select("subject", newestClients(), names.length > 0 ? names : ["*"], ({ name }) => [name])
  const missing = clients.find((each) => !each.installed())
  if (missing)
    throw new UsageFault(`${missing.name}@${missing.version} is not installed; run rtspec subjects install first.`)
  let code = 0
  for (const entry of clients) {
    const { shown, results } = await shrinkAll(entry)
    const failed = shown.filter(({ by }) => typeof by === "string")
    for (const { id, by } of failed) console.error(`${id}: ${by}.`)
    if (failed.length > 0) code = 1
    keep(entry, shown, results)
    console.log(
      `${entry.name} ${entry.version}: ${shown.filter(({ own }) => own).length} repros of ${shown.length} bugs`,
    )
  }
  return code
}

async function shrinkAll(entry: SubjectEntry) {
  const pair = openPair(suiteSubject(entry), seed)
  try {
    const { bugs, results } = await bugsOf(entry, pair.subject)
    const shown: Shown[] = []
    for await (const each of shrinkBugs(bugs, { name: entry.name, seed, ...pair })) shown.push(each)
    return { shown, results }
  } finally {
    pair.stop()
  }
}

function keep(entry: SubjectEntry, shown: readonly Shown[], results: readonly CaseResult[]): void {
  const { name, version, ledger } = entry
  if (!ledger) return
  const fresh = new Map(shown.flatMap(({ own }) => (own ? [[own.repro.id, own.repro] as const] : [])))
  const isOld = ({ subject, subjectVersion, foundBy, id }: Repro) =>
    subject === name && subjectVersion === version && "scenario" in foundBy && !fresh.has(id)
  for (const { id } of readRegressions().filter(isOld)) rmSync(join(regressionsFolder, `${id}.json`))
  for (const repro of fresh.values()) writeWhole(join(regressionsFolder, `${repro.id}.json`), textOf(repro))
  const file = fileURLToPath(ledger)
  const lines: readonly WrittenLine[] = JSON.parse(readFileSync(file, "utf8"))
  // What a fuzzing run found is named by a person.
  const found = new Set(readRegressions().flatMap(({ id, foundBy }) => ("seed" in foundBy ? [id] : [])))
  const renamed = lines.map(({ repro = [], ...line }) => {
    const kept = [repro].flat().filter((id) => found.has(id))
    const all = [...new Set([...reprosOf(line, version, shown, results), ...kept])]
    const [only = ""] = all
    return all.length === 0 ? line : { ...line, repro: all.length === 1 ? only : all }
  })
  writeWhole(file, ledgerText(renamed))
  const notes = fileURLToPath(new URL("notes.md", ledger))
  writeWhole(notes, notesWith(readFileSync(notes, "utf8"), name, reprosSection(name, version, shown, titles)))
}

/** Ids of those that show what the line speaks of in this version. */
function reprosOf(
  line: WrittenLine,
  version: string,
  shown: readonly Shown[],
  results: readonly CaseResult[],
): string[] {
  if (line.version !== undefined && ![line.version].flat().includes(version)) return []
  const broken = brokenBy(line, results)
  return shown.flatMap(({ bug, by }) =>
    typeof by !== "string" && bug.reason === line.reason && broken.includes(bug.invariant) ? [by.id] : [],
  )
}

function brokenBy({ scenario, invariant }: WrittenLine, results: readonly CaseResult[]): string[] {
  const failing = results.filter(
    (result) => result.verdict === "fail" && [scenario].flat().some((glob) => matchesGlob(glob, result.scenario)),
  )
  const broken = failing.flatMap(({ violations }) => violations.map((each) => each.invariant))
  return [...new Set(broken)].filter((each) => invariant === undefined || [invariant].flat().includes(each))
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  try {
    process.exitCode = await makeRepros(process.argv.slice(2))
  } catch (error) {
    if (!(error instanceof UsageFault)) throw error
    console.error(`rtspec: ${error.message}`)
    process.exitCode = 2
  }
}
