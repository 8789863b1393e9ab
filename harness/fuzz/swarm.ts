// Swarm: what a case is made of is itself drawn. A case that can do everything seldom does one thing often enough; so in
// each some moves are off, and some come four times as often.
import type { Dice } from "./dice.ts"
import type { Move, MoveKind } from "./move.ts"

export type Oracle = "lawful" | "hostile" | "all"

export interface Swarm {
  /** At most so many moves. */
  readonly length: number
  /** By the move's name. */
  readonly weights: ReadonlyMap<string, number>
  /** Once in so many steps the next does not wait for what follows on it; 0: always waits. */
  readonly hurriesOnceIn: number
  readonly faultsAtMost: number
}

/** Moves without which hardly anything happens. */
const staple = new Set(["says", "starts", "connects-first", "releases", "acknowledges-now"])
/** Of a short tale most is what every case has, from the connection to the fresh turn: long ones show more for their time
 * (measured: reports/fuzzing.md). */
const lengths = [5, 8, 12, 20, 20, 30, 40]
const shares = { lawful: 10, loss: 4, hostile: 4, spin: 3 } satisfies Record<MoveKind, number>

export function drawSwarm(all: readonly Move[], oracle: Oracle, dice: Dice): Swarm {
  const kinds = new Set<MoveKind>(
    (["lawful", "loss", "hostile", "spin"] as const).filter(
      (kind) => kind === "lawful" || (isAllowed(kind, oracle) && dice.between(1, 10) <= shares[kind]),
    ),
  )
  const weights = new Map(
    all.map(({ name, kind }) => [name, kinds.has(kind) ? (staple.has(name) ? 1 : dice.pick([0, 1, 1, 4])) : 0]),
  )
  return {
    length: dice.pick(lengths),
    weights,
    hurriesOnceIn: dice.pick([0, 0, 6, 2]),
    faultsAtMost: dice.pick([0, 0, 1, 1, 2, 4]),
  }
}

/** Under `lawful` faults the connection holds, too; the app may do as it likes under both. */
const isAllowed = (kind: MoveKind, oracle: Oracle) => kind === "spin" || oracle !== "lawful"
