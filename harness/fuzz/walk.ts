// A weighted random walk over what the user, the server, the network and time can do next: a tale from a seed.
import type { Capability } from "../adapter.ts"
import type { ToolScript } from "../script/scenario.ts"
import { createRandom } from "../sim/random.ts"
import { createDice, type Dice } from "./dice.ts"
import { moves } from "./moves.ts"
import { drawPlan } from "./plans.ts"
import { blank, follow } from "./sketch.ts"
import { drawSwarm, type Oracle, type Swarm } from "./swarm.ts"
import { type Beat, possible, type Tale } from "./tale.ts"

export interface Ground {
  readonly protocol: "realtime" | "responses"
  readonly can: readonly Capability[]
  readonly oracle: Oracle
}

/** The same tale for the same seed and ground. */
export function tellByChance(seed: string, ground: Ground): Tale {
  const random = createRandom(seed)
  const dice = createDice(random)
  const swarm = drawSwarm(moves[ground.protocol], ground.oracle, dice)
  const stage = setting(ground, dice)
  const faults = drawPlan(ground.protocol, ground.oracle, swarm.faultsAtMost, dice)
  return extend({ ...stage, faults, beats: [] }, ground, swarm, dice)
}

/** Goes on with a tale from where it stands. */
export function extend(tale: Tale, ground: Ground, swarm: Swarm, dice: Dice): Tale {
  const sketch = blank(tale.begins)
  for (const { step } of tale.beats) follow(sketch, step)
  const context = { sketch, can: new Set(ground.can), tools: tale.tools.map(({ name }) => name) }
  const known = moves[tale.protocol].filter(({ needs }) => needs === undefined || context.can.has(needs))
  const beats: Beat[] = []
  for (let left = swarm.length; left > 0; left--) {
    const move = dice.weigh(known, (each) => (swarm.weights.get(each.name) ?? 0) * each.weight(context))
    if (!move) break
    for (const step of move.steps(context, dice)) {
      follow(sketch, step)
      beats.push({ step, lets: swarm.hurriesOnceIn > 0 && dice.once(swarm.hurriesOnceIn) ? dice.between(0, 2) : null })
    }
  }
  return possible({ ...tale, beats: [...tale.beats, ...beats] })
}

function setting({ protocol, can }: Ground, dice: Dice): Omit<Tale, "faults" | "beats"> {
  const isText = protocol === "responses" || (can.includes("text-output") && dice.once(4))
  const echoes = dice.pick([undefined, undefined, true, false])
  return {
    protocol,
    output: isText ? "text" : "audio",
    begins: dice.once(12) ? "unconnected" : "connected",
    tools: can.includes("tools") && dice.once(2) ? [drawTool(dice)] : [],
    server: {
      ...(protocol === "realtime" && echoes !== undefined ? { echoEventId: echoes } : {}),
      ...(protocol === "realtime" && dice.once(3) ? { turnDetection: "none" } : {}),
      ...(protocol === "responses" && dice.once(4) ? { stored: false } : {}),
    },
  }
}

const drawTool = (dice: Dice): ToolScript => ({
  name: "lookup",
  ...(dice.once(5) ? { throws: "the tool failed" } : { answers: "sunny" }),
  ...(dice.once(3) ? { afterMs: dice.pick([10, 3_000]) } : {}),
})
