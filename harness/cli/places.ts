// Where a person has to look when a case did not come out as expected: the ledger's line, the scenario, or their adapter.
import { existsSync, readFileSync } from "node:fs"
import { join, relative, sep } from "node:path"
import { fileURLToPath } from "node:url"
import type { Place } from "../report/results.ts"
import type { Judged, LedgerLine } from "../runner/ledger.ts"
import { isRegression } from "../runner/regression-id.ts"
import { regressionsFolder } from "../runner/regressions.ts"

/** `ledgers`: the file of each subject's ledger. Paths are from `folder`, with `/`. */
export function placesIn(
  ledgers: ReadonlyMap<string, string>,
  folder = process.cwd(),
): (judged: Judged) => Place | undefined {
  const near = (file: string) => relative(folder, file).split(sep).join("/")
  return ({ result, staleLine }) => {
    const ledger = isRegression(result.scenario) ? undefined : ledgers.get(result.subject)
    if (staleLine && ledger !== undefined) return { file: near(ledger), line: lineOf(ledger, staleLine) }
    if (result.adapterFile !== undefined) return { file: near(result.adapterFile), line: 1 }
    const kept = join(regressionsFolder, "..", `${result.scenario}.json`)
    if (isRegression(result.scenario)) return { file: near(kept), line: 1 }
    const scenario = fileURLToPath(new URL(`../../scenarios/${result.scenario}.ts`, import.meta.url))
    if (!existsSync(scenario)) return undefined
    const lines = readFileSync(scenario, "utf8").split("\n")
    return { file: near(scenario), line: Math.max(1, lines.findIndex((line) => /^\s*id:/.test(line)) + 1) }
  }
}

/** The line of the file on which the entry begins that says this; 1 where none does. */
function lineOf(file: string, wanted: LedgerLine): number {
  const text = readFileSync(file, "utf8")
  const entries: unknown = JSON.parse(text)
  const at = Array.isArray(entries) ? entries.findIndex((entry) => says(entry, wanted)) : -1
  return beginnings(text)[at] ?? 1
}

/** An entry may name several scenarios and invariants; a line that is judged names one of each. */
function says(entry: Readonly<Record<string, unknown>>, { scenario, invariant, reason }: LedgerLine): boolean {
  const names = (member: unknown, name: string | undefined) =>
    name === undefined ? member === undefined : [member].flat().includes(name)
  return entry.reason === reason && names(entry.scenario, scenario) && names(entry.invariant, invariant)
}

/** The lines, from 1, on which the members of a JSON array begin that are objects. */
export function beginnings(json: string): number[] {
  const found: number[] = []
  let depth = 0
  let line = 1
  for (const [token] of json.matchAll(/"(?:[^"\\]|\\.)*"|[[\]{}\n]/g)) {
    if (token === "\n") line += 1
    else if (token === "{" || token === "[") {
      if (token === "{" && depth === 1) found.push(line)
      depth += 1
    } else if (token === "}" || token === "]") depth -= 1
  }
  return found
}
