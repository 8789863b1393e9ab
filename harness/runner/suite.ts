// Runs subjects through scenarios, each subject in a process of its own, and gives one result for every case, whatever
// becomes of the process.
import type { Scenario } from "../script/scenario.ts"
import { openPlayer, type PlayerOptions, type SuiteSubject } from "./player.ts"
import type { CaseResult } from "./result.ts"

export type { SuiteSubject } from "./player.ts"

export interface SuiteOptions extends PlayerOptions {
  readonly subjects: readonly SuiteSubject[]
  readonly scenarios: readonly Scenario[]
  /** How many subjects run at a time. */
  readonly jobs: number
  /** Seeds of the scenarios that stand in no catalogue, by id. */
  readonly told?: ReadonlyMap<string, string>
  /** Whether this run plays the case; default: all. */
  readonly plays?: (subject: SuiteSubject, scenario: Scenario) => boolean
  /** Told of each result as it comes. */
  readonly onResult?: (result: CaseResult) => void
}

/** Whether the scenario is told in the subject's protocol; no case is made of others. */
export const isOfProtocol = ({ protocol }: SuiteSubject, scenario: Scenario): boolean =>
  (scenario.protocol ?? "realtime") === protocol

/** Results in the order subjects × scenarios, for the scenarios of the subject's protocol. */
export async function runSuite(options: SuiteOptions): Promise<CaseResult[]> {
  const results: CaseResult[][] = options.subjects.map(() => [])
  const waiting = options.subjects.map((subject, at) => ({ subject, at }))
  const work = async () => {
    for (let next = waiting.shift(); next && !options.signal?.aborted; next = waiting.shift()) {
      const { at, subject } = next
      const { adapterFile } = subject
      const { plays = () => true } = options
      const scenarios = options.scenarios.filter((each) => isOfProtocol(subject, each) && plays(subject, each))
      await runSubject(subject, { ...options, scenarios }, (found) => {
        const result = adapterFile === undefined ? found : { ...found, adapterFile }
        results[at]?.push(result)
        options.onResult?.(result)
      })
    }
  }
  await Promise.all(Array.from({ length: Math.max(1, options.jobs) }, work))
  return results.flat()
}

async function runSubject(
  subject: SuiteSubject,
  options: SuiteOptions,
  give: (result: CaseResult) => void,
): Promise<void> {
  const player = openPlayer(subject, options)
  try {
    for (const scenario of options.scenarios) {
      const seed = options.told?.get(scenario.id)
      const result = await player.play(scenario, seed === undefined ? undefined : { told: true, seed })
      if (options.signal?.aborted) return
      give(result)
    }
  } finally {
    player.stop()
  }
}
