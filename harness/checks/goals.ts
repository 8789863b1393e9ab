// `sometimes` goals: situations that a full run must have reached in some case of some subject. A run that never saw one
// proves nothing about it, whatever its verdicts; so an unreached goal fails a full run.
import type { Trace } from "../trace/trace.ts"
import { realtimeGoals } from "./goals-realtime.ts"
import { responsesGoals } from "./goals-responses.ts"
import { type Reading, read } from "./reading.ts"

export interface Goal {
  readonly id: string
  /** What happens, in a sentence. */
  readonly says: string
  readonly isReached: (reading: Reading) => boolean
}

/** Of each protocol; no two share an id. */
export const goalsOf: Readonly<Record<Trace["header"]["protocol"], readonly Goal[]>> = {
  realtime: realtimeGoals,
  responses: responsesGoals,
}

/** The ids of the goals that a finished trace reached. */
export function goalsReached(trace: Trace): string[] {
  const reading = read(trace)
  return goalsOf[trace.header.protocol].filter(({ isReached }) => isReached(reading)).map(({ id }) => id)
}
