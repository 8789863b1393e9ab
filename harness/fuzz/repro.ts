// The repro of a failure.
import type { Repro } from "../script/repro.ts"
import { reproVersion } from "../script/repro.ts"
import type { Failure } from "./examine.ts"
import { tellTale } from "./tale.ts"

type Found = Pick<Failure, "id" | "invariant" | "result" | "tale" | "foundAt">

export function reproOf({ id, invariant, result, tale, foundAt }: Found, seed: string): Repro {
  return {
    format: "rtspec-repro",
    version: reproVersion,
    ...{ id, invariant },
    ...{ subject: result.subject, subjectVersion: result.version, seed: result.seed },
    foundBy: { seed, case: foundAt },
    scenario: tellTale(tale, `fuzz/${id}`),
  }
}
