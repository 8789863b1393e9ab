// The process transport: the client runs in a program of its own, in any language, over real sockets. Virtual time stands
// still while frames and lines are on their way, and steps to the program's deadlines as to our own.
import type { Clock } from "../../sim/clock.ts"
import { NeverQuiet, untilQuiet } from "../../sim/quiet.ts"
import type { Transport } from "../transport.ts"
import type { Steps } from "./ahead.ts"
import { createBarrier } from "./barrier.ts"
import { createLedger } from "./bytes.ts"
import type { Settled } from "./messages.ts"
import type { Session } from "./session.ts"
import type { Wire } from "./wire.ts"

/** Rounds of asking in which a client may keep itself busy without time passing. */
const roundsAtMost = 20_000
/** Rounds in which nothing at all comes of what is on its way: it waits for time to pass, or for somebody to read. */
const stuckRoundsAtMost = 10

/** Turns of the event loop in which frames that the client has sent, and counts of ours, may come in. */
const pollsAtMost = 4

/** One turn of the event loop in which the kernel may bring something. */
const poll = () => new Promise<void>((resolve) => setImmediate(resolve))

const upToFirst = ({ port, ends }: Steps): Steps =>
  ends.length > 1 ? { port, ends: ends.slice(0, 1), more: true } : { port, ends }

export function createProcessTransport(session: Session, wire: Wire, clock: Clock): Transport {
  const barrier = createBarrier()
  const ledger = createLedger(wire)
  let said: Settled | undefined
  /** What the program knew when it was asked last: until something of this changes, it would answer the same. */
  let asked = { now: -1, told: -1, sent: -1 }
  let cancelStep = () => {}

  /** What has passed between us and the client so far, but for questions and answers. */
  const news = () => session.traffic() + wire.arrived()
  const known = () => ({ now: clock.now(), told: session.told(), sent: wire.bytes().sent })
  /** `next`: what comes when the client has gone quiet. Without it the client has no more than what was said. */
  const ask = async (next?: () => boolean) => {
    const steps = wire.ahead.steps()
    let fault: unknown
    const step = () => {
      const left = wire.ahead.frames()
      try {
        next?.()
        if (wire.ahead.frames() !== left - 1) throw new Error("the server did not go on with what it had announced")
      } catch (error) {
        fault ??= error
      }
      asked = known()
    }
    // Before the answer comes: a tool's result may be sent while it is on its way.
    asked = known()
    const { now } = asked
    said = await wire.ahead.whileAsked(() => session.settle(now, next ? steps : steps && upToFirst(steps), step))
    if (fault !== undefined) throw fault
  }
  const knowsAll = () => {
    const { now, told, sent } = known()
    const isSame = told === asked.told && sent === asked.sent && (now === asked.now || hasNothingDue(now))
    return isSame && ledger.isEven(said) && !isBehind()
  }
  /** Nothing comes of time alone before the program's next deadline; it is told the time with whatever comes next. */
  const hasNothingDue = (now: number) => (said?.next === undefined ? said?.timers === 0 : said.next > now)
  const isBehind = () => wire.inTransition() || (said?.sockets ?? 0) > wire.streams()

  /** For a program that counts its bytes: when it has gone idle, and all that was sent on either side was received on the
   * other, nothing can come of anything any more. */
  const roundByBytes = async (activity: () => number) => {
    const before = news()
    await untilQuiet(activity)
    for (let polls = 0; polls < pollsAtMost && !ledger.isEven(said); polls++) await poll()
    return news() === before && knowsAll()
  }
  /** For any other: the pong proves that what the server has sent was dispatched; the question after it, that its handlers
   * have run; the second pong, that what they sent has come. */
  const roundByPings = async (activity: () => number) => {
    const pass = () => barrier.pass(wire.connections(), ask)
    await pass()
    await ask()
    const before = news() + activity()
    await pass()
    await poll()
    await untilQuiet(activity)
    return news() + activity() === before && !isBehind()
  }
  async function untilHeardOut(activity: () => number, next?: () => boolean) {
    let stuck = { at: -1, rounds: 0 }
    // What was sent has to be asked about; of what is told, such as a tool's output, more may be coming.
    if (known().sent === asked.sent) await untilQuiet(activity)
    if (said?.received !== undefined && knowsAll()) return
    for (let rounds = 0; rounds < roundsAtMost; rounds++) {
      // What the client has sent may still be on its way when it is asked again: nothing goes before that.
      await ask(rounds === 0 ? next : undefined)
      if (session.hasEnded()) return
      const isQuiet = said?.received === undefined ? roundByPings : roundByBytes
      if (await isQuiet(activity)) return
      const at = news() + activity()
      stuck = { at, rounds: at === stuck.at ? stuck.rounds + 1 : 0 }
      if (stuck.rounds > stuckRoundsAtMost) return ledger.accept(said)
    }
    throw new NeverQuiet(`the client was still busy after ${roundsAtMost} rounds without any time passing`)
  }
  /** The program's next deadline is one of the clock's own: the settling after it tells the program the time. */
  const scheduleStep = () => {
    cancelStep()
    const next = said?.next
    cancelStep =
      typeof next === "number" ? clock.schedule(Math.max(0, Math.ceil(next - clock.now())), () => {}) : () => {}
  }
  return {
    kind: "process",
    origin: wire.origin,
    reset(listener) {
      wire.reset(listener)
      ledger.reset()
      cancelStep = () => {}
      said = undefined
      asked = { now: -1, told: -1, sent: -1 }
    },
    async settle(activity, next) {
      do {
        // What is let in is heard out before anything more is said.
        let isFirst = true
        do {
          await untilHeardOut(activity, isFirst ? next : undefined)
          isFirst = false
        } while (wire.letIn())
        scheduleStep()
      } while (next && wire.ahead.together(next))
    },
    openSockets: () => (session.hasEnded() ? 0 : (said?.sockets ?? wire.streams())),
    pendingTimers: () => said?.timers ?? 0,
    close() {
      session.stop()
      wire.close()
    },
  }
}
