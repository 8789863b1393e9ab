// One adapter's program, kept alive between cases and started anew where it was lost: what it is asked, what it answers,
// and the sightings that it sends.
import type { Program } from "../../adapter.ts"
import type { Steps } from "./ahead.ts"
import { type Channel, type Ending, openChannel } from "./channel.ts"
import {
  type About,
  type FromProgram,
  protocolVersion,
  type Settled,
  type Sighting,
  type ToCase,
  type ToProgram,
} from "./messages.ts"

/** Real time in which a program must have started (large clients take long to import), and in which it must answer, which
 * is less than the runner has patience for. */
const startsWithinMs = 120_000
const answersWithinMs = 8_000
/** The real timers, kept before the virtual clock stands in for them. */
const real = { setTimeout, clearTimeout }

/** Calls `action` after so much real time, unless it is called off before by what it gives. */
export type Patience = (ms: number, action: () => void) => () => void

const realPatience: Patience = (ms, action) => {
  const timer = real.setTimeout(action, ms)
  return () => real.clearTimeout(timer)
}

export interface SessionOptions {
  /** What the program is called in sentences. */
  readonly title: string
  /** Virtual milliseconds since the case began. */
  readonly now: () => number
  /** Called whenever the program is about to be started, with the real time that this may take. */
  readonly onStart?: (withinMs: number) => void
  /** Told the id of the program's process when it has started, and undefined when it has ended. */
  readonly onProcess?: (pid: number | undefined) => void
  readonly patience?: Patience
}

/** What the case that is being played makes of what the program says. */
export interface Hearer {
  sighting(sighting: Sighting): void
  tool(call: { readonly id: number; readonly name: string; readonly args: unknown; readonly call_id?: string }): void
  /** The program was lost. */
  ended(ending: Ending): void
}

export interface Session {
  /** Starts the program if it is not running. Rejects with a sentence. */
  start(): Promise<About>
  /** Begins a case; what the last one left is over. Rejects with a sentence. */
  open(message: ToProgram, hearer: Hearer): Promise<void>
  send(message: ToCase): void
  /** Drains the program at this virtual time, in ms. `onStep` is called whenever the client has gone quiet and is about to
   * have the next frame. Undefined: it was lost. */
  settle(now: number, steps?: Steps, onStep?: () => void): Promise<Settled | undefined>
  /** Messages so far in both directions, but for questions and answers. */
  traffic(): number
  /** Of these, the ones to the program. */
  told(): number
  hasEnded(): boolean
  /** What it did against the protocol since this was last asked. */
  faults(): readonly string[]
  stop(): void
}

export function createSession(program: Program, options: SessionOptions): Session {
  const { title, now, onStart = () => {}, onProcess = () => {}, patience = realPatience } = options
  let channel: Channel | undefined
  let about: About | undefined
  let hearer: Hearer | undefined
  let faults: string[] = []
  /** Of the question that is open, if one is: takes the answer; ends the waiting where the program was lost. */
  let waiting: ((message: FromProgram) => boolean) | undefined
  let giveUp: (() => void) | undefined
  let stepping: (() => void) | undefined
  /** Goes out with the next question. */
  let unsent: ToProgram[] = []
  let sightings = 0
  let told = 0
  let questions = 0

  const receive = (message: FromProgram) => {
    if (waiting?.(message)) return
    if ("is" in message && message.is === "step" && stepping) return stepping()
    sightings += 1
    if ("report" in message) return hearer?.sighting(message)
    if (message.is === "tool") {
      const { id, name, args, call_id } = message
      return hearer?.tool({ id, name, args, ...(call_id === undefined ? {} : { call_id }) })
    }
    if (message.is === "log") return console.error(message.text)
    if (message.is === "fault") return void faults.push(`${title}: ${message.message}`)
    if (message.is === "unsupported")
      return void faults.push(`${title} calls an operation unsupported that it claims: ${message.what ?? "unnamed"}`)
    faults.push(`${title} answered what it was not asked: ${message.is}`)
  }
  const start = () => {
    const started = openChannel(program, {
      onMessage: receive,
      onJunk(sentence) {
        faults.push(`${title} ${sentence}`)
        // What begins like this is none of ours.
        if (!about) started.kill({ how: "fault", message: sentence })
      },
    })
    onProcess(started.pid)
    void started.end.then((ending) => {
      if (channel !== started) return
      onProcess(undefined)
      giveUp?.()
      if (ending.how !== "fault") hearer?.ended(ending)
      else if (about) faults.push(`${title} ${ending.message}`)
    })
    return started
  }
  /** Sends, and waits for what `fits`; undefined when the program is lost, or kept us waiting and was ended. */
  const ask = async <T>(
    message: ToProgram | string,
    fits: (message: FromProgram) => T | undefined,
    withinMs: number,
  ): Promise<T | undefined> => {
    const asked = channel
    if (!asked || asked.ended) return undefined
    return new Promise<T | undefined>((resolve) => {
      const late = `did not answer for ${withinMs / 1000} s of real time and was ended`
      const callOff = patience(withinMs, () => asked.kill({ how: "endless-loop", message: late }))
      const conclude = (found: T | undefined) => {
        waiting = undefined
        giveUp = undefined
        callOff()
        resolve(found)
      }
      waiting = (each) => {
        const found = fits(each)
        if (found !== undefined) conclude(found)
        return found !== undefined
      }
      giveUp = () => conclude(undefined)
      asked.send(...unsent, message)
      unsent = []
    })
  }
  const lost = () => new Error(`${title} ${channel?.ended?.message ?? "is not running"}`)
  const greet = async () => {
    const hello = { do: "hello", rtspec: protocolVersion } as const
    const said = await ask(hello, (each) => ("is" in each && each.is === "about" ? each : undefined), startsWithinMs)
    if (!said) throw new Error(faults.shift() ?? lost().message)
    if (said.rtspec !== protocolVersion)
      throw new Error(
        `${title} speaks version ${said.rtspec} of the protocol; this rtspec speaks ${protocolVersion}: update the older one`,
      )
    await checkManners(title, ask)
    if (faults[0] !== undefined) throw new Error(faults[0])
    return said
  }
  const session: Session = {
    async start() {
      if (channel && !channel.ended && about) return about
      onStart(startsWithinMs)
      about = undefined
      channel = start()
      try {
        about = await greet()
        return about
      } catch (error) {
        channel.kill()
        throw error
      }
    },
    async open(message, next) {
      hearer = undefined
      unsent = []
      await session.start()
      channel?.newCase()
      hearer = next
      const opened = await ask(
        message,
        (each) => ("is" in each && each.is === "opened" ? true : undefined),
        answersWithinMs,
      )
      if (!opened) throw lost()
    },
    send(message) {
      told += 1
      // It is to be taken at this time.
      unsent.push({ ...message, now: now() })
    },
    async settle(now, steps, onStep) {
      const id = ++questions
      stepping = onStep
      const answer = await ask(
        { do: "settle", id, now, ...(steps ? { steps } : {}) },
        (each) => ("is" in each && each.is === "settled" && each.id === id ? each : undefined),
        answersWithinMs,
      )
      stepping = undefined
      return answer
    },
    traffic: () => sightings + told,
    told: () => told,
    hasEnded: () => channel === undefined || channel.ended !== undefined,
    faults() {
      const found = faults
      faults = []
      return found
    },
    stop: () => channel?.kill(),
  }
  return session
}

type Ask = <T>(
  message: ToProgram | string,
  fits: (message: FromProgram) => T | undefined,
  withinMs: number,
) => Promise<T | undefined>

/** A program must say of what it does not understand that it does not, and live on. Rejects with a sentence. */
async function checkManners(title: string, ask: Ask): Promise<void> {
  const strange = [
    ["a line that is no JSON", "this is no message"],
    ["an unknown message", JSON.stringify({ do: "frobnicate" })],
    ["an unknown operation", JSON.stringify({ do: "perform", operation: { do: "frobnicate" } })],
  ] as const
  for (const [what, line] of strange) {
    const refused = await ask(
      line,
      (each) => ("is" in each && each.is === "unsupported" ? true : undefined),
      answersWithinMs,
    )
    if (!refused)
      throw new Error(`${title} did not answer ${what} with {"is":"unsupported"}; it must say so and go on reading`)
  }
}
