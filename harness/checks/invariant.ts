// What an invariant is: whenever X, then Y, over a finished trace; and the one way to make one.
import type { Trace } from "../trace/trace.ts"
import { type Reading, read } from "./reading.ts"

/** The entry that raises the question. Invariants extend it with what they found there. */
export interface Trigger {
  readonly index: number
}

/** A broken truth: one sentence for a person, and the entries of its cause and of the offence. Where something never
 * happened, the offence is the last entry. */
export interface Violation {
  readonly invariant: string
  readonly message: string
  readonly cause: number
  readonly offence: number
}

interface About {
  readonly id: string
  readonly title: string
  /** Wire event names, and situations or sections of PROTOCOL.md. */
  readonly cites: readonly string[]
  /** One or two sentences: why a user cares. */
  readonly why: string
  readonly protocols: readonly ("realtime" | "responses")[]
}

/** Has a member called `then`, so never resolve a promise with one: `await` would take it for a promise. */
export interface Invariant extends About {
  whenever(trace: Trace): readonly Trigger[]
  then(trigger: Trigger, trace: Trace): readonly Violation[]
}

/** What a checker finds; the invariant's id is added to it. */
export type Finding = Omit<Violation, "invariant">

/** Makes an invariant of two pure functions over the reading of a trace. `then` only ever gets triggers that `whenever`
 * gave, which is why their type may be forgotten in the list of all invariants. */
export function invariant<T extends Trigger>(
  about: About,
  whenever: (reading: Reading) => readonly T[],
  judged: (trigger: T, reading: Reading) => readonly Finding[],
): Invariant {
  return {
    ...about,
    whenever: (trace) => whenever(read(trace)),
    // biome-ignore lint/suspicious/noThenProperty: "whenever, then" is the word for it; see Invariant
    then: (trigger: T, trace: Trace) =>
      judged(trigger, read(trace)).map((found) => ({ invariant: about.id, ...found })),
  }
}
