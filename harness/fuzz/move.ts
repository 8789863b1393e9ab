// A move: one thing that may come next in a tale, how likely in its present state, and the steps that it is.
import type { Capability, Operation } from "../adapter.ts"
import type { NetworkAction, ServerAction, Step } from "../script/steps.ts"
import type { Dice } from "./dice.ts"
import type { Sketch } from "./sketch.ts"

/** `lawful`: a correct server and a network that holds. `loss`: connections fail. `hostile`: the server breaks the protocol.
 * `spin`: the app asks in an order that makes little sense. */
export type MoveKind = "lawful" | "loss" | "hostile" | "spin"

export interface Context {
  readonly sketch: Sketch
  readonly can: ReadonlySet<Capability>
  readonly tools: readonly string[]
}

export interface Move {
  readonly name: string
  readonly kind: MoveKind
  readonly needs?: Capability
  /** Zero where it can not or need not come now. */
  weight(context: Context): number
  steps(context: Context, dice: Dice): readonly Step[]
}

export const performs = (operation: Operation): Step => ({ actor: "user", step: "performs", operation })
export const serverActs = (action: ServerAction): Step => ({ actor: "server", step: "acts", action })
export const networkActs = (action: NetworkAction): Step => ({ actor: "network", step: "acts", action })
export const passes = (ms: number): Step => ({ actor: "time", step: "passes", ms })

export const isOpen = ({ sketch }: Context): boolean => sketch.connection === "open"
