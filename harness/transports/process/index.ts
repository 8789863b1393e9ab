// The door of the process transport: a client in a program of its own, ready for cases.
import type { Adapter, Program } from "../../adapter.ts"
import type { Clock } from "../../sim/clock.ts"
import type { Transport } from "../transport.ts"
import { createProxyAdapter, type ProgramWorld } from "./adapter.ts"
import { createSession, type SessionOptions } from "./session.ts"
import { createProcessTransport } from "./transport.ts"
import { openWire } from "./wire.ts"

export type { Ending } from "./channel.ts"

export interface OpenedProgram {
  readonly adapter: Adapter
  readonly transport: Transport
  /** What the program did against the protocol since this was last asked: sentences. */
  readonly programFaults: () => readonly string[]
}

export interface ProgramOptions extends ProgramWorld, Omit<SessionOptions, "now"> {
  readonly clock: Clock
}

/** Starts the program. Rejects with one sentence when it cannot be used. */
export async function openProgram(program: Program, options: ProgramOptions): Promise<OpenedProgram> {
  const session = createSession(program, { ...options, now: options.clock.now })
  const about = await session.start()
  const wire = await openWire(about.blocking, about.stepwise)
  return {
    adapter: createProxyAdapter(about, session, options),
    transport: createProcessTransport(session, wire, options.clock),
    programFaults: session.faults,
  }
}
