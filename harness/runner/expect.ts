// Whether an expectation of a story holds in the trace so far. Pure: it answers with what is wrong, or with nothing.
import { pcmMilliseconds } from "../protocol/realtime/audio.ts"
import { matches } from "../script/match.ts"
import type { Step } from "../script/steps.ts"
import type { Entry, Phase } from "../trace/trace.ts"

export type Expectation = Exclude<Extract<Step, { actor: "user" | "client" }>, { step: "performs" }>

/** What is wrong, in a sentence, and the entry that shows it, where one does. */
export interface Unmet {
  readonly message: string
  readonly offence?: number
}

const isEvent = (entry: Entry) => entry.lane === "client" && entry.kind === "event"

/** Client events from entry `from` on that match. */
export function sentBy(entries: readonly Entry[], type: string, match: unknown, from = 0): Entry[] {
  return entries.filter(
    (entry) =>
      entry.index >= from &&
      entry.lane === "client" &&
      entry.kind === "event" &&
      entry.event.type === type &&
      matches(match, entry.event),
  )
}

/** `from`: where the search for a sent event begins. The whole trace so far counts for everything else. */
export function unmet(expectation: Expectation, entries: readonly Entry[], from: number): Unmet | undefined {
  switch (expectation.step) {
    case "must-send":
    case "should-send":
      return unsent(expectation, entries, from)
    case "must-not-send": {
      const sent = sentBy(entries, expectation.type, expectation.match, from)[0]
      return sent && { message: `it sent ${describe(expectation)}, which it must not here.`, offence: sent.index }
    }
    case "must-connect": {
      const times = entries.filter((entry) => entry.lane === "client" && entry.kind === "connects").length
      return times === expectation.times
        ? undefined
        : { message: `it connected ${times} times, not ${expectation.times}.` }
    }
    case "must-send-audio": {
      const ms = Math.round(audioSentMs(entries))
      return ms === expectation.ms ? undefined : { message: `it sent ${ms} ms of audio, not ${expectation.ms}.` }
    }
    case "must-hear":
      return unheard(expectation, entries)
    case "must-not-hear": {
      const offence = heard(entries, expectation.response)
      return (
        offence && {
          message: `output of the response "${expectation.response}" was delivered to the app.`,
          offence: offence.index,
        }
      )
    }
    case "must-settle":
      return unsettled(expectation, entries)
    case "must-be-pending": {
      const { settled } = futureOf(entries, expectation.request, expectation.kind)
      return (
        settled && {
          message: `the ${expectation.kind} future of "${expectation.request}" had settled.`,
          offence: settled.index,
        }
      )
    }
    case "must-see-error": {
      const { code } = expectation
      if (entries.some((entry) => failure(entry, code))) return undefined
      return { message: `the app was told of no failure${code === undefined ? "" : ` with code ${code}`}.` }
    }
    case "must-not-see-error": {
      const seen = entries.find((entry) => failure(entry))
      return seen && { message: "the app was told of a failure, and there was none.", offence: seen.index }
    }
    case "must-run-tool": {
      const times = entries.filter(
        (entry) => entry.lane === "app" && entry.kind === "tool-started" && entry.tool === expectation.tool,
      ).length
      if (times === expectation.times) return undefined
      return { message: `the tool "${expectation.tool}" ran ${times} times, not ${expectation.times}.` }
    }
  }
}

const describe = ({ type, match }: { type: string; match: object }) =>
  Object.keys(match).length === 0 ? type : `${type} ${JSON.stringify(match)}`

type Sending = Extract<Expectation, { step: "must-send" | "should-send" | "must-not-send" }>

function unsent(expectation: Sending, entries: readonly Entry[], from: number): Unmet | undefined {
  const { type, match, times } = expectation
  if (times === undefined) {
    if (sentBy(entries, type, match, from).length > 0) return undefined
    const others = entries
      .filter((entry) => entry.index >= from && isEvent(entry))
      .map((entry) => ("event" in entry ? entry.event.type : ""))
    const instead = others.length === 0 ? "nothing" : others.slice(-4).join(", ")
    return { message: `it has not sent ${describe(expectation)}; since then it sent ${instead}.` }
  }
  const sent = sentBy(entries, type, match)
  if (sent.length === times) return undefined
  const offence = sent.at(times)
  return {
    message: `it has sent ${describe(expectation)} ${sent.length} times, not ${times}.`,
    ...(offence ? { offence: offence.index } : {}),
  }
}

/** Milliseconds of 24 kHz PCM16 in all appends. */
function audioSentMs(entries: readonly Entry[]): number {
  const pieces = sentBy(entries, "input_audio_buffer.append", {}).map((entry) =>
    "event" in entry ? entry.event.audio : "",
  )
  return pieces.reduce<number>((sum, audio) => sum + (typeof audio === "string" ? pcmMilliseconds(audio) : 0), 0)
}

function heard(entries: readonly Entry[], label: string): Entry | undefined {
  return entries.find(
    (entry) => entry.lane === "app" && entry.kind === "heard" && entry.pieces.some((piece) => piece.label === label),
  )
}

function unheard(
  { response, orFailed }: Extract<Expectation, { step: "must-hear" }>,
  entries: readonly Entry[],
): Unmet | undefined {
  if (heard(entries, response) !== undefined) return undefined
  if (orFailed !== undefined && (isRejected(entries, orFailed) || refusalOf(entries, orFailed))) return undefined
  const nor = orFailed === undefined ? "" : `, nor was it told that "${orFailed}" had failed`
  return { message: `nothing of the response "${response}" was delivered to the app${nor}.` }
}

const futuresOf = (entries: readonly Entry[], request: string) =>
  entries.flatMap((entry) =>
    entry.lane === "app" && entry.kind === "opened" && entry.request === request ? [entry.future] : [],
  )

/** Of any of the request's futures. */
function isRejected(entries: readonly Entry[], request: string): boolean {
  const opened = futuresOf(entries, request)
  return entries.some(
    (entry) =>
      entry.lane === "app" && entry.kind === "settled" && entry.as === "rejected" && opened.includes(entry.future),
  )
}

/** The request of which this is not met yet, but may still be: a client that asks again is answered when faults are over. */
export function stillOwed(expectation: Expectation, entries: readonly Entry[]): string | undefined {
  const request =
    expectation.step === "must-hear"
      ? expectation.orFailed
      : expectation.step === "must-settle"
        ? expectation.request
        : undefined
  if (request === undefined || unmet(expectation, entries, 0) === undefined) return undefined
  const settled = entries.flatMap((entry) => (entry.lane === "app" && entry.kind === "settled" ? [entry.future] : []))
  return futuresOf(entries, request).some((future) => !settled.includes(future)) ? request : undefined
}

/** What was owed at the end of the story, at the end of the case. Only an answer to the request asked again makes up for
 * what was not heard: no late failure, and nothing of a later turn. */
export function unmetAtLast(expectation: Expectation, entries: readonly Entry[]): Unmet | undefined {
  if (expectation.step !== "must-hear" || expectation.orFailed === undefined) return unmet(expectation, entries, 0)
  const { response, orFailed } = expectation
  const own = futuresOf(entries, orFailed)
  const before = entries.slice(0, phaseAt(entries, "fresh-turn"))
  const isAnswered = before.some(
    (entry) =>
      entry.lane === "app" &&
      entry.kind === "heard" &&
      entry.future !== undefined &&
      own.includes(entry.future) &&
      entry.pieces.some(({ label }) => label !== response),
  )
  if (isAnswered && isAskedAgain(before)) return undefined
  const never = `nothing of the response "${response}" was delivered to the app, nor was it told that "${orFailed}" had failed`
  return { message: `${never}, nor was that asked again and answered.` }
}

/** More creates were sent than the app had asked for. */
const isAskedAgain = (entries: readonly Entry[]) =>
  sentBy(entries, "response.create", {}).length >
  entries.filter(
    (entry) =>
      entry.lane === "app" && entry.kind === "performed" && ["say", "request", "commit"].includes(entry.operation.do),
  ).length

function phaseAt(entries: readonly Entry[], phase: Phase): number {
  const at = entries.findIndex((entry) => entry.lane === "app" && entry.kind === "phase" && entry.phase === phase)
  return at < 0 ? entries.length : at
}

function futureOf(entries: readonly Entry[], request: string, kind: string) {
  const opened = entries.find(
    (entry) => entry.lane === "app" && entry.kind === "opened" && entry.request === request && entry.of === kind,
  )
  const id = opened && "future" in opened ? opened.future : undefined
  const settled = entries.find((entry) => entry.lane === "app" && entry.kind === "settled" && entry.future === id)
  return { opened, settled: settled?.lane === "app" && settled.kind === "settled" ? settled : undefined }
}

/** Whether the future that the request opened has settled, or the subject has refused the request. */
export function isSettled(entries: readonly Entry[], request: string): boolean {
  return futureOf(entries, request, "reply").settled !== undefined || refusalOf(entries, request) !== undefined
}

/** The subject threw at the request itself: it opened no future, and the app knew at once. */
function refusalOf(entries: readonly Entry[], request: string) {
  const refused = entries.find(
    (entry) =>
      entry.lane === "app" &&
      entry.kind === "refused" &&
      "request" in entry.operation &&
      entry.operation.request === request,
  )
  return refused && "error" in refused ? refused : undefined
}

function unsettled(
  expectation: Extract<Expectation, { step: "must-settle" }>,
  entries: readonly Entry[],
): Unmet | undefined {
  const { request, kind, as, code } = expectation
  const { opened, settled } = futureOf(entries, request, kind)
  const future = `the ${kind} future of "${request}"`
  if (!opened) return unrefused(expectation, entries)
  if (!settled) return { message: `${future} was still pending.`, offence: opened.index }
  if (as !== "either" && settled.as !== as)
    return { message: `${future} was ${settled.as}, not ${as}.`, offence: settled.index }
  if (code !== undefined && settled.error?.code !== code)
    return {
      message: `${future} was rejected with code ${settled.error?.code ?? "none"}, not ${code}.`,
      offence: settled.index,
    }
  return undefined
}

/** A request without a future: a refusal stands for a rejection. */
function unrefused(
  { request, kind, as, code }: Extract<Expectation, { step: "must-settle" }>,
  entries: readonly Entry[],
): Unmet | undefined {
  const refused = refusalOf(entries, request)
  if (!refused) return { message: `the ${kind} future of "${request}" was never opened.` }
  if (as === "resolved")
    return { message: `"${request}" was refused (${refused.error?.message}), not resolved.`, offence: refused.index }
  if (code !== undefined && refused.error?.code !== code)
    return {
      message: `"${request}" was refused with code ${refused.error?.code ?? "none"}, not ${code}.`,
      offence: refused.index,
    }
  return undefined
}

/** The app can see a failure in this entry. */
function failure(entry: Entry, code?: string): boolean {
  if (entry.lane !== "app") return false
  if (entry.kind === "turn") return code === undefined && entry.status === "failed"
  if (entry.kind !== "error" && entry.kind !== "refused" && entry.kind !== "settled") return false
  return (
    entry.error !== undefined && (code === undefined || entry.error.code === code || entry.error.message.includes(code))
  )
}
