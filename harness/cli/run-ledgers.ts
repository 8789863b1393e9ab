// What the ledgers say of a run: each is read before anything is played, and asked when all is.
import { existsSync } from "node:fs"
import { fileURLToPath } from "node:url"
import { type SubjectEntry, subjects } from "../../adapters/index.ts"
import { responsesMutants } from "../../adapters/mutants/responses-table.ts"
import { mutants } from "../../adapters/mutants/table.ts"
import { scenarios } from "../../scenarios/index.ts"
import { invariants } from "../checks/all.ts"
import type { DialectName } from "../protocol/realtime/dialects.ts"
import { UsageFault } from "../runner/faults.ts"
import { isFor, type Judged, judgeByLedger, type Ledger, readLedger, speaksOf } from "../runner/ledger.ts"
import { judgeMutants } from "../runner/mutants.ts"
import { linesFor, type Regression } from "../runner/regressions.ts"
import type { CaseResult } from "../runner/result.ts"
import type { SuiteSubject } from "../runner/suite.ts"

/** By subject's name; read before anything is run, so that a mistake in one costs no run. */
export function readLedgers(chosen: readonly SubjectEntry[]): Map<string, Ledger> {
  return new Map(
    chosen.flatMap(({ name, protocol, ledger }) =>
      ledger ? [[name, ledgerIn(fileURLToPath(ledger), protocol)] as const] : [],
    ),
  )
}

/** Of a client of a person's own. Throws UsageFault. */
export function readOwnLedger(
  { ledger, adapter }: { readonly ledger: string; readonly adapter?: string | undefined },
  list: readonly SuiteSubject[],
): Map<string, Ledger> {
  if (adapter === undefined)
    throw new UsageFault(
      "--ledger goes with --adapter; the ledgers of rtspec's own subjects stand beside their adapters.",
    )
  if (!existsSync(ledger))
    throw new UsageFault(`there is no ledger ${ledger}; write [] into it, or leave --ledger out.`)
  return new Map(list.map(({ name, protocol }) => [name, ledgerIn(ledger, protocol)]))
}

function ledgerIn(file: string, protocol: SuiteSubject["protocol"]): Ledger {
  const own = scenarios.filter((scenario) => (scenario.protocol ?? "realtime") === protocol)
  return readLedger(file, new Set(own.map(({ id }) => id)), new Set(invariants.map(({ id }) => id)))
}

/** Each subject by its own ledger, which speaks of the server that it was made for alone; mutants by whether they were
 * caught. */
export function judgeAll(
  results: readonly CaseResult[],
  ledgers: ReadonlyMap<string, Ledger>,
  dialect: DialectName | undefined,
  regressions: readonly Regression[],
): Judged[] {
  const names = [...new Set(results.map(({ subject }) => subject))]
  return names.flatMap((name) => {
    const own = results.filter(({ subject }) => subject === name)
    const mutant = [...mutants, ...responsesMutants].find((each) => name === `mutant/${each.name}`)
    if (mutant) return judgeMutants(own, mutant.caughtBy)
    const { file = "", lines = [] } = ledgers.get(name) ?? {}
    const ledger = { file, lines: [...lines, ...linesFor(name, regressions, lines)] }
    const entries = subjects.filter((entry) => entry.name === name)
    const { dialect: home = "openai" } = entries[0] ?? {}
    if ((dialect ?? home) !== home) return judgeByLedger(own, { file: "", lines: [] }, [])
    const known = entries.map(({ version }) => version)
    const versions = known.length > 0 ? known : own.map(({ version }) => version)
    return judgeByLedger(own, ledger, versions)
  })
}

/** Whether a failure is one that nobody expects, as far as it can be said before all is played. */
export function newsIn(ledgers: ReadonlyMap<string, Ledger>, regressions: readonly Regression[]) {
  return (result: CaseResult): boolean => {
    if (result.subject.startsWith("mutant/")) return false
    const { lines = [] } = ledgers.get(result.subject) ?? {}
    const own = [...lines, ...linesFor(result.subject, regressions, lines)].filter((line) => isFor(line, result))
    return own.length === 0 || result.violations.some((violation) => !own.some((line) => speaksOf(line, violation)))
  }
}
