// Plays a wire log against a client, in virtual time: exactly, to see whether the client does again what it had done.
import type { DialectName } from "../protocol/realtime/dialects.ts"
import type { Player } from "../runner/player.ts"
import type { CaseResult } from "../runner/result.ts"
import type { Scenario } from "../script/scenario.ts"
import type { Entry } from "../trace/trace.ts"
import { compare, type Divergence } from "./compare.ts"
import { playedAgainst, type WholeLog } from "./sessions.ts"
import { storyOf } from "./story.ts"

export interface LogReplay {
  /** `same`: the client's lane is as recorded. `broken`: the harness or the adapter is. */
  readonly is: "same" | "diverged" | "broken"
  readonly result: CaseResult
  readonly divergence: Divergence | undefined
  /** With faults, and a fresh turn at the end, it may be played too. */
  readonly scenario: Scenario
  /** What the app may have asked for and this client cannot be asked for. */
  readonly cannot: readonly string[]
  /** Futures that the client had handed out and not settled when the log was at its end. */
  readonly pending: readonly string[]
}

export interface LogReplayOptions {
  readonly id: string
  readonly protocol: "realtime" | "responses"
  readonly dialect: DialectName
}

/** A sentence where the log cannot be played against this client. The player speaks the dialect that it was opened with. */
export async function replayLog(
  whole: WholeLog,
  player: Player,
  options: LogReplayOptions,
): Promise<LogReplay | string> {
  const about = await player.about()
  if (typeof about === "string") return about
  if (about.protocol !== options.protocol)
    return `it speaks ${about.protocol}, and the log is of ${options.protocol}; give --subject a client of that.`
  const log = playedAgainst(whole, about.name)
  const { scenario, cannot } = storyOf(log, { ...options, can: about.can })
  const result = await player.play({ ...scenario, ends: "unusable" }, { told: true })
  if (result.verdict === "unsupported" || result.verdict === "not-installed")
    return `${result.because}; the log is of a session with the ${options.dialect} server.`
  const entries = storyPart(result.trace?.entries ?? [])
  const isBroken = result.verdict === "broken"
  const divergence = isBroken ? undefined : compare(log, entries)
  const is = isBroken ? "broken" : divergence ? "diverged" : "same"
  return { is, result, divergence, scenario, cannot, pending: pendingIn(entries) }
}

/** What happened before the server healed: the rest was not recorded. */
const storyPart = (entries: readonly Entry[]): readonly Entry[] => {
  const end = entries.findIndex((entry) => entry.lane === "app" && entry.kind === "phase" && entry.phase === "healed")
  return end < 0 ? entries : entries.slice(0, end)
}

function pendingIn(entries: readonly Entry[]): string[] {
  const open = new Map<string, string>()
  for (const entry of entries) {
    if (entry.lane !== "app") continue
    if (entry.kind === "opened") open.set(entry.future, `${entry.of} future of "${entry.request ?? entry.future}"`)
    else if (entry.kind === "settled") open.delete(entry.future)
  }
  return [...open.values()]
}
