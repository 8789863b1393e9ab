// The protocol's state machines, read back from the names of their transitions, for drawing.
import type { ResultsFile } from "../results.ts"

export interface Step {
  readonly id: string
  /** The wire event. */
  readonly on: string
  readonly reached: boolean
  /** Why it may stay unreached; empty: nobody has said. */
  readonly because: string
}

/** All steps from one state to another: drawn as one arrow. */
export interface Edge {
  readonly from: string
  readonly to: string
  readonly steps: readonly Step[]
}

export interface MachineGraph {
  /** `realtime response`. */
  readonly name: string
  readonly states: readonly string[]
  readonly edges: readonly Edge[]
}

/** `[responses ]machine: from -> to on event`: how transitions.ts of each protocol names them. */
const idForm = /^(?:(\S+) )?(\S+): (\S+) -> (\S+) on (.+)$/

export function machineGraphs({ reached, unreached }: ResultsFile["transitions"]): MachineGraph[] {
  const machines = new Map<string, Map<string, { from: string; to: string; steps: Step[] }>>()
  const add = (id: string, isReached: boolean, because: string) => {
    const [, protocol = "realtime", machine, from, to, on] = idForm.exec(id) ?? []
    if (machine === undefined || from === undefined || to === undefined || on === undefined) return
    const name = `${protocol} ${machine}`
    const edges = machines.get(name) ?? new Map()
    machines.set(name, edges)
    const key = `${from} ${to}`
    const edge = edges.get(key) ?? { from, to, steps: [] }
    edge.steps.push({ id, on, reached: isReached, because })
    edges.set(key, edge)
  }
  for (const id of reached) add(id, true, "")
  for (const { id, because } of unreached) add(id, false, because)
  return [...machines]
    .sort(([one], [other]) => rankOf(one) - rankOf(other))
    .map(([name, edges]) => ({
      name,
      states: [...new Set([...edges.values()].flatMap(({ from, to }) => [from, to]))],
      edges: [...edges.values()],
    }))
}

/** From the whole to its parts. */
const order = ["session", "connection", "lane", "response", "item", "input"]
const rankOf = (name: string) => (name.startsWith("realtime ") ? 0 : 100) + order.indexOf(name.replace(/^\S+ /, ""))

export const isReached = ({ steps }: Edge): boolean => steps.some((each) => each.reached)
export const isWhole = ({ steps }: Edge): boolean => steps.every((each) => each.reached)
