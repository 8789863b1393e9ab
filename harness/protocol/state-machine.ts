// Lifecycles as tables: a protocol's machines, every lawful step a row. These only say where a thing can be and how it
// moves; rules judge.

export interface Transition<Machine extends string = string> {
  readonly machine: Machine
  readonly from: string
  /** The wire event, with `{…}` where its outcome, or what it answers, decides. */
  readonly on: string
  readonly to: string
}

/** Rows of `from, on, to`. */
export type Table = readonly (readonly string[])[]

/** The name under which a transition is counted, such as `response: active -> completed on response.done{completed}`. */
export const transitionId = ({ machine, from, on, to }: Transition): string => `${machine}: ${from} -> ${to} on ${on}`

export interface StateMachines<Machine extends string> {
  readonly transitions: readonly Transition<Machine>[]
  /** Where `machine` goes from `from` on `on`, noted in `taken`; null when no row allows it. */
  step(taken: Set<string>, machine: Machine, from: string, on: string): string | null
}

export function stateMachines<Machine extends string>(
  tables: Readonly<Record<Machine, Table>>,
): StateMachines<Machine> {
  const transitions = (Object.entries(tables) as [Machine, Table][]).flatMap(([machine, table]) =>
    table.map(([from = "", on = "", to = ""]) => ({ machine, from, on, to })),
  )
  const steps = new Map<Machine, Map<string, Map<string, { id: string; to: string }>>>()
  for (const transition of transitions) {
    const states = ensured(steps, transition.machine)
    ensured(states, transition.from).set(transition.on, { id: transitionId(transition), to: transition.to })
  }
  return {
    transitions,
    step(taken, machine, from, on) {
      const found = steps.get(machine)?.get(from)?.get(on)
      if (found === undefined) return null
      taken.add(found.id)
      return found.to
    },
  }
}

function ensured<K, Inner, V>(maps: Map<K, Map<Inner, V>>, key: K): Map<Inner, V> {
  const known = maps.get(key) ?? new Map<Inner, V>()
  maps.set(key, known)
  return known
}
