// Playing a repro again: whether the subject still fails.
import { openPlayer, type Player, type SuiteSubject } from "../runner/player.ts"
import type { CaseResult } from "../runner/result.ts"
import type { Repro } from "../script/repro.ts"

export interface Replayed {
  /** FAILED: by whatever invariant. BROKEN: it can not be played here. */
  readonly is: "FIXED" | "FAILED" | "BROKEN"
  readonly result: CaseResult
}

type Played = Pick<Repro, "scenario" | "seed">

/** In a process of its own. */
export async function replayRepro(repro: Played, subject: SuiteSubject, hostFile?: string): Promise<Replayed> {
  const wishes = { transport: "memory", seed: repro.seed, strict: false } as const
  const player = openPlayer(subject, { ...wishes, ...(hostFile ? { hostFile } : {}) })
  try {
    return await replayWith(repro, player)
  } finally {
    player.stop()
  }
}

/** In a process that plays others, too; the seed is the repro's. */
export async function replayWith({ scenario, seed }: Played, player: Pick<Player, "play">): Promise<Replayed> {
  const result = await player.play(scenario, { told: true, seed })
  const isBroken = result.verdict === "broken" || result.verdict === "not-installed"
  return { is: isBroken ? "BROKEN" : result.verdict === "fail" ? "FAILED" : "FIXED", result }
}
