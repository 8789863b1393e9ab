// A tale made from one that has shown something new: cut short and told on, with a part moved, doubled or left out, with
// another order or other faults.

import { createRandom } from "../sim/random.ts"
import { createDice, type Dice } from "./dice.ts"
import { moves } from "./moves.ts"
import { drawPlan } from "./plans.ts"
import { drawSwarm } from "./swarm.ts"
import { possible, type Tale } from "./tale.ts"
import { extend, type Ground } from "./walk.ts"

/** The same for the same seed, ground and parent. */
export function vary(seed: string, ground: Ground, parent: Tale): Tale {
  const dice = createDice(createRandom(seed))
  const swarm = drawSwarm(moves[ground.protocol], ground.oracle, dice)
  const way = dice.pick(["tell-on", "tell-on", "leave-out", "move", "hurry", "faults"] as const)
  switch (way) {
    case "tell-on": {
      const beats = parent.beats.slice(0, dice.between(0, parent.beats.length))
      const length = Math.max(1, Math.min(swarm.length, longest - beats.length))
      return extend({ ...parent, beats }, ground, { ...swarm, length }, dice)
    }
    case "leave-out": {
      if (parent.beats.length === 0) return parent
      const from = dice.between(0, parent.beats.length - 1)
      return possible({ ...parent, beats: parent.beats.toSpliced(from, dice.between(1, 3)) })
    }
    case "move":
      return moved(parent, dice)
    case "hurry": {
      const beats = parent.beats.map((beat) => (dice.once(3) ? { ...beat, lets: dice.pick([null, 0, 1, 2]) } : beat))
      return { ...parent, beats }
    }
    case "faults":
      return { ...parent, faults: drawPlan(ground.protocol, ground.oracle, Math.max(1, swarm.faultsAtMost), dice) }
  }
}

/** Longer tales cost more than they show. */
const longest = 40

function moved(parent: Tale, dice: Dice): Tale {
  if (parent.beats.length < 2) return parent
  const from = dice.between(0, parent.beats.length - 1)
  const part = parent.beats.slice(from, from + dice.between(1, 2))
  const rest = parent.beats.toSpliced(from, part.length)
  return possible({ ...parent, beats: rest.toSpliced(dice.between(0, rest.length), 0, ...part) })
}
