// Whom a fuzzing run is about: the subjects that were asked for, and along with them a mutant that must be found.
import { type SubjectEntry, subjects } from "../../adapters/index.ts"
import { responsesMutants } from "../../adapters/mutants/responses-table.ts"
import { mutants } from "../../adapters/mutants/table.ts"
import type { SuiteSubject } from "../runner/player.ts"
import { select } from "../runner/select.ts"

export interface Target {
  readonly subject: SuiteSubject
  /** For a mutant: it is done when this was found. */
  readonly caughtBy?: string
  /** It was not asked for: where it is not found, that nothing is found elsewhere says nothing. */
  readonly isCanary: boolean
}

const canaries = { realtime: "mutant/no-guard-on-create", responses: "mutant/responses-incomplete-is-no-end" } as const

/** Throws UsageFault where no subject is called so. */
export function targetsOf(globs: readonly string[]): Target[] {
  const asked = select("subject", subjects, globs, namesOf)
  const protocols = new Set(asked.filter((each) => mutantOf(each) === undefined).map(({ protocol }) => protocol))
  const along = subjects.filter((each) => [...protocols].some((protocol) => canaries[protocol] === each.name))
  return [
    ...along.filter((each) => !asked.includes(each)).map((each) => ({ ...targetOf(each), isCanary: true })),
    ...asked.map((each) => ({ ...targetOf(each), isCanary: false })),
  ]
}

/** As the runner knows it, with the server that it was made for. */
export const suiteSubject = ({ name, version, protocol, dialect, installed, program }: SubjectEntry): SuiteSubject => ({
  ...{ name, version, protocol, installed: installed(), isProgram: program !== undefined },
  ...(dialect === undefined ? {} : { dialect }),
})

const namesOf = ({ name, version }: SubjectEntry) => [name, `${name}@${version}`]
const mutantOf = ({ name }: SubjectEntry) =>
  [...mutants, ...responsesMutants].find((each) => `mutant/${each.name}` === name)

function targetOf(entry: SubjectEntry): Omit<Target, "isCanary"> {
  const mutant = mutantOf(entry)
  return { subject: suiteSubject(entry), ...(mutant ? { caughtBy: mutant.caughtBy } : {}) }
}
