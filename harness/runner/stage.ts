// One case's stage: the server, the recorder, the clock and the transport together, and the two ways in which anything
// happens on it: settle (deliver, one at a time, until all is quiet) and advance (virtual time, one deadline at a time).
import type { DialectName } from "../protocol/realtime/dialects.ts"
import type { Scenario } from "../script/scenario.ts"
import { createScriptedServer, type ScriptedServer } from "../server/server.ts"
import type { Clock } from "../sim/clock.ts"
import { NeverQuiet } from "../sim/quiet.ts"
import { createLabels } from "../trace/content.ts"
import { noteError } from "../trace/error-note.ts"
import { createRecorder, type Recorder } from "../trace/recorder.ts"
import type { Entry, TraceHeader } from "../trace/trace.ts"
import type { Listener } from "../transports/endpoint.ts"
import type { Transport } from "../transports/transport.ts"

/** Deadlines that may fire in one case. A client that needs more is in a loop of timers. */
const deadlinesAtMost = 200_000

export interface Stage {
  readonly clock: Clock
  readonly recorder: Recorder
  readonly server: ScriptedServer
  readonly transport: Transport
  /** Delivers what waits, each time letting the client go quiet, until nothing is left. */
  settle(): Promise<void>
  /** Lets the client go quiet, then makes at most that many deliveries, and lets no time pass. */
  deliver(atMost: number): Promise<void>
  /** Takes away sockets and timers that the subject has left behind, and lets it notice before another case begins. */
  clear(): Promise<void>
  /** Lets `ms` pass, or less when `until` holds before. Both reject with NeverQuiet. */
  advance(ms: number, until?: () => boolean): Promise<void>
}

export interface StageOptions {
  readonly scenario: Scenario
  readonly clock: Clock
  readonly transport: Transport
  readonly header: TraceHeader
  readonly dialect?: DialectName
  readonly onEntry?: (entry: Entry) => void
  readonly complaints?: string[]
}

/** Hears what comes of a case that is over. */
const nobody: Listener = { connecting: () => ({ as: "ignore" }), accepted() {}, message() {}, closed() {} }

const unlessNeverQuiet = (error: unknown) => {
  if (!(error instanceof NeverQuiet)) throw error
}

export function setStage({ scenario, clock, transport, dialect = "openai", ...recorded }: StageOptions): Stage {
  const labels = createLabels()
  clock.reset()
  const recorder = createRecorder({ now: clock.now, labels, ...recorded })
  const server = createScriptedServer({ scenario, clock, recorder, labels, dialect })
  transport.reset(server.listener)
  let deadlines = 0

  const activity = () => recorder.entries.length
  const next = () => {
    recorder.quiet()
    return server.deliverNext()
  }
  const settle = () => transport.settle(activity, next)
  return {
    clock,
    recorder,
    server,
    transport,
    settle,
    async deliver(atMost) {
      for (let left = atMost; ; left--) {
        await transport.settle(() => recorder.entries.length)
        recorder.quiet()
        if (left <= 0 || !server.deliverNext()) return
      }
    },
    async clear() {
      if (transport.openSockets() === 0 && clock.pending() === 0 && !transport.pendingTimers?.()) return
      clock.reset()
      transport.reset(nobody)
      await transport.settle(() => recorder.entries.length).catch(unlessNeverQuiet)
    },
    async advance(ms, until) {
      let over = false
      const cancel = clock.schedule(ms, () => {
        over = true
      })
      await settle()
      while (!over && !until?.()) {
        if (++deadlines > deadlinesAtMost) throw new NeverQuiet(`more than ${deadlinesAtMost} timers fired in one case`)
        const fired = clock.next()
        // In a real process an exception out of a timer is uncaught.
        if (fired)
          recorder.record({ lane: "app", kind: "crash", how: "uncaught-exception", error: noteError(fired.threw) })
        await settle()
      }
      cancel()
    },
  }
}
