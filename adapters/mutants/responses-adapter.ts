// A mutant for Responses as an adapter: the reference adapter with the mutant's decision.
import type { Adapter } from "../../harness/adapter.ts"
import { responsesReferenceWith } from "../reference-responses/adapter.ts"
import { responsesMutants } from "./responses-table.ts"

/** Throws where there is no mutant of that name. */
export function responsesMutantAdapter(name: string): Adapter {
  const mutant = responsesMutants.find((each) => each.name === name)
  if (!mutant) throw new Error(`there is no mutant "${name}"; they stand in adapters/mutants/responses-table.ts`)
  return responsesReferenceWith(mutant.policy, { name: `mutant/${name}`, caughtBy: mutant.caughtBy })
}
