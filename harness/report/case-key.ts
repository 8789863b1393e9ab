// A case's name within a run. Apart from results.ts, because the page uses it, too, and has no schemas to bring along.

export interface CaseName {
  readonly subject: string
  readonly version: string
  readonly scenario: string
}

/** No two cases of a run share it. */
export const caseKey = ({ subject, version, scenario }: CaseName): string => `${subject}@${version} ${scenario}`

/** `turn` of `turn/text-turn`: what the user lives through. */
export const roomOf = (scenario: string): string => scenario.split("/")[0] ?? scenario
