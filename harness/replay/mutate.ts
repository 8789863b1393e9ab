// A recorded session with faults: what else could have befallen the client there. Each plan is drawn from a seed, and what
// fails is reduced to the faults and the part of the story that matter.
import type { FaultPlan } from "../faults/fault.ts"
import { createDice } from "../fuzz/dice.ts"
import { drawPlan } from "../fuzz/plans.ts"
import type { Player } from "../runner/player.ts"
import type { CaseResult } from "../runner/result.ts"
import type { Scenario } from "../script/scenario.ts"
import { createRandom } from "../sim/random.ts"

export interface Mutation {
  /** The first truth that was broken. */
  readonly invariant: string
  readonly scenario: Scenario
  readonly result: CaseResult
  /** How many of the plans broke it. */
  times: number
}

export interface Mutations {
  readonly played: number
  /** What the client breaks in this session without any fault. */
  readonly calm: CaseResult
  /** By invariant; what `calm` breaks is left out. */
  readonly found: readonly Mutation[]
}

const faultsAtMost = 3

/** Plays the scenario under `count` plans drawn from `seed`. Where it ends by the app's close, it ends open: what becomes of
 * the client after the faults is asked of a fresh turn. */
export async function mutate(player: Player, recorded: Scenario, count: number, seed: string): Promise<Mutations> {
  const scenario = { ...recorded, story: openEnded(recorded.story) }
  const calm = await player.play(scenario, { told: true })
  const known = new Set(calm.violations.map(({ invariant }) => invariant))
  const found = new Map<string, Mutation>()
  for (let at = 0; at < count; at++) {
    const dice = createDice(createRandom(`${seed}/mutate/${at}`))
    const plan = drawPlan(scenario.protocol ?? "realtime", "all", faultsAtMost, dice)
    const faulted = { ...scenario, faults: plan }
    const result = await player.play(faulted, { told: true })
    for (const invariant of new Set(result.violations.map((violation) => violation.invariant))) {
      if (known.has(invariant)) continue
      const before = found.get(invariant)
      if (before) before.times += 1
      else found.set(invariant, { invariant, times: 1, ...(await reduced(player, faulted, result, invariant)) })
    }
  }
  return { played: count, calm, found: [...found.values()] }
}

function openEnded(story: Scenario["story"]): Scenario["story"] {
  const last = story.findLastIndex((step) => !(step.step === "performs" && step.operation.do === "close"))
  return story.slice(0, last + 1)
}

/** The least that still breaks the invariant: first without the faults that play no part, then without the story's end. */
async function reduced(player: Player, scenario: Scenario, result: CaseResult, invariant: string) {
  let best = { scenario, result }
  const better = async (candidate: Scenario) => {
    const again = await player.play(candidate, { told: true })
    if (!again.violations.some((violation) => violation.invariant === invariant)) return false
    best = { scenario: candidate, result: again }
    return true
  }
  for (let at = (scenario.faults ?? []).length - 1; at >= 0; at--) {
    const faults: FaultPlan = (best.scenario.faults ?? []).filter((_, index) => index !== at)
    await better({ ...best.scenario, faults })
  }
  for (let cut = Math.ceil(best.scenario.story.length / 2); cut >= 1; cut = Math.floor(cut / 2)) {
    const { story } = best.scenario
    while (
      best.scenario.story.length > cut &&
      (await better({ ...best.scenario, story: best.scenario.story.slice(0, -cut) }))
    );
    if (story.length === 0) break
  }
  return best
}
