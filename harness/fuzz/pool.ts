// Several processes of one subject: whoever is free plays the next thing.
import type { AboutAdapter } from "../runner/messages.ts"
import { inShort, type Outcome } from "../runner/outcome.ts"
import { openPlayer, type Player, type PlayerOptions, type SuiteSubject } from "../runner/player.ts"
import type { CaseResult } from "../runner/result.ts"
import type { Scenario } from "../script/scenario.ts"

export interface Pool {
  about(): Promise<AboutAdapter | string>
  /** One case; with its trace, unless it passed and that is not asked for. */
  play(scenario: Scenario, how?: { keepTrace: boolean }): Promise<CaseResult>
  /** One outcome for each, whatever becomes of the process. */
  playBatch(cases: readonly Scenario[]): Promise<readonly Outcome[]>
  stop(): void
}

export function openPool(subject: SuiteSubject, size: number, options: PlayerOptions): Pool {
  const players = Array.from({ length: Math.max(1, size) }, () => openPlayer(subject, options))
  const free = [...players]
  const waiting: ((player: Player) => void)[] = []
  let isOver = false
  /** Single cases go before batches that wait: a failure is looked into, and who finds it is often done. */
  const withPlayer = async <T>(work: (player: Player) => Promise<T>, goes: "first" | "last"): Promise<T> => {
    const wait = (resolve: (player: Player) => void) =>
      void (goes === "first" ? waiting.unshift(resolve) : waiting.push(resolve))
    const player = free.shift() ?? (await new Promise<Player>(wait))
    try {
      return await work(player)
    } finally {
      const next = waiting.shift()
      if (next) next(player)
      else free.push(player)
    }
  }
  return {
    about: () => withPlayer((player) => player.about(), "first"),
    play: (scenario, how) => withPlayer((player) => player.play(scenario, { told: true, ...how }), "first"),
    playBatch: (cases) =>
      withPlayer(async (player) => {
        const outcomes = isOver ? [] : [...((await player.playBatch(cases)) ?? [])]
        for (const scenario of cases.slice(outcomes.length)) {
          if (isOver || options.signal?.aborted) break
          outcomes.push(inShort(await player.play(scenario, { told: true }), new Set()))
        }
        return outcomes
      }, "last"),
    stop: () => {
      isOver = true
      for (const player of players) player.stop()
    },
  }
}
