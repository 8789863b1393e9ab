// A mutant as an adapter: the reference adapter with the mutant's decision.
import type { Adapter } from "../../harness/adapter.ts"
import { referenceWith } from "../reference/adapter.ts"
import { mutants } from "./table.ts"

/** Throws where there is no mutant of that name. */
export function mutantAdapter(name: string): Adapter {
  const mutant = mutants.find((each) => each.name === name)
  if (!mutant) throw new Error(`there is no mutant "${name}"; they stand in adapters/mutants/table.ts`)
  return referenceWith(mutant.policy, { name: `mutant/${name}`, caughtBy: mutant.caughtBy })
}
