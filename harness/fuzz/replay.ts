// Playing a repro again: whether the subject still fails.
import { openPlayer, type SuiteSubject } from "../runner/player.ts"
import type { CaseResult } from "../runner/result.ts"
import type { Repro } from "../script/repro.ts"

export interface Replayed {
  /** FAILED: by whatever invariant. BROKEN: it can not be played here. */
  readonly is: "FIXED" | "FAILED" | "BROKEN"
  readonly result: CaseResult
}

export async function replayRepro(
  { scenario, seed }: Pick<Repro, "scenario" | "seed">,
  subject: SuiteSubject,
  hostFile?: string,
): Promise<Replayed> {
  const player = openPlayer(subject, { transport: "memory", seed, strict: false, ...(hostFile ? { hostFile } : {}) })
  try {
    const result = await player.play(scenario, { told: true })
    const isBroken = result.verdict === "broken" || result.verdict === "not-installed"
    return { is: isBroken ? "BROKEN" : result.verdict === "fail" ? "FAILED" : "FIXED", result }
  } finally {
    player.stop()
  }
}
