// What every report says of a failure that was promised and did not come: by a line of the ledger, or by a kept repro.
import { isRegression } from "../runner/regression-id.ts"

interface Promised {
  readonly scenario: string
}

export const whatToRemove = ({ scenario }: Promised) =>
  isRegression(scenario) ? "remove the repro, or shrink it again" : "remove its line from the ledger"

/** Who promised it, and what to do, where nothing was said before. */
export const notCome = (row: Promised) =>
  `${isRegression(row.scenario) ? "The kept repro" : "The ledger"} expects a failure that did not come: ${whatToRemove(row)}`
