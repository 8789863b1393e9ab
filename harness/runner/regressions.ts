// The kept repros (fixtures/regressions) as scenarios of a run. Each is played by the reference client, which is to live
// through it, and by the client it was found on, which is to break in it what the file says.
import { existsSync, readdirSync, readFileSync } from "node:fs"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import { parseRepro, type Repro } from "../script/repro.ts"
import type { Scenario } from "../script/scenario.ts"
import { UsageFault } from "./faults.ts"
import type { LedgerLine } from "./ledger.ts"
import type { SuiteSubject } from "./player.ts"
import { isRegression, regressionId, reproOf } from "./regression-id.ts"

export const regressionsFolder = fileURLToPath(new URL("../../fixtures/regressions/", import.meta.url))

/** A repro with its scenario's id as it is in a run: `regressions/ID`. */
export type Regression = Repro

/** Whether a ledger can speak of it: the file is there. */
export const isKept = (scenario: string): boolean =>
  isRegression(scenario) && existsSync(join(regressionsFolder, `${reproOf(scenario)}.json`))

/** By name. None where there is no such folder. Throws UsageFault for a file that can not be played. */
export function readRegressions(folder = regressionsFolder): Regression[] {
  if (!existsSync(folder)) return []
  const files = readdirSync(folder).filter((name) => name.endsWith(".json"))
  return files.sort().map((name) => {
    const parsed = parseRepro(readFileSync(join(folder, name), "utf8"))
    if ("wrong" in parsed) throw new UsageFault(`${join(folder, name)} ${parsed.wrong}; mend or remove it.`)
    const { repro } = parsed
    if (name !== `${repro.id}.json`)
      throw new UsageFault(`${join(folder, name)} holds the repro ${repro.id}; a repro's file bears its name.`)
    return { ...repro, scenario: { ...repro.scenario, id: regressionId(repro.id) } }
  })
}

const isReference = (name: string) => name === "reference" || name === "reference-responses"

/** What was found on the reference client is mended, or it would not be kept. */
const isFoundOn = ({ subject, subjectVersion }: Repro, name: string, version: string) =>
  subject === name && subjectVersion === version && !isReference(name)

/** Whether a run has a case of this scenario and subject; a scenario that is no regression is for all. */
export function isPlayedBy(regressions: readonly Regression[]) {
  const byId = new Map(regressions.map((each) => [each.scenario.id, each]))
  return ({ name, version }: SuiteSubject, { id }: Scenario): boolean => {
    const regression = byId.get(id)
    return !regression || isReference(name) || isFoundOn(regression, name, version)
  }
}

/** What the client is to break in the repros that were found on it, as lines of its ledger; each with the reason of the
 * ledger's own line that names the repro. */
export function linesFor(
  name: string,
  regressions: readonly Regression[],
  ledger: readonly LedgerLine[],
): LedgerLine[] {
  return regressions
    .filter(({ subject }) => subject === name && !isReference(name))
    .flatMap(({ id, invariant, also = [], subjectVersion, scenario }) => {
      const named = ledger.find(
        ({ repro = [], ...line }) => line.scenario === scenario.id || [repro].flat().includes(id),
      )
      const reason = named?.reason ?? `It was found here and kept: ${regressionId(id)}.`
      return [invariant, ...also].map((each) => ({
        ...{ scenario: scenario.id, version: subjectVersion, invariant: each, reason },
      }))
    })
}
