// Expectations of one story that cannot both be met.
import type { FutureKind } from "../adapter.ts"
import type { Linter } from "./lint.ts"
import type { Pattern, Step } from "./steps.ts"

type Of<K extends Step["step"]> = Extract<Step, { step: K }>
type Sending = Extract<Step, { actor: "client"; match: Pattern }>

interface Said<T> {
  readonly step: T
  readonly at: number
}

/** Expectations so far. */
interface Earlier {
  readonly heard: Map<string, { readonly must: boolean; readonly at: number }>
  readonly settled: Map<string, Said<Of<"must-settle">>>
  readonly forbidden: Said<Sending>[]
  readonly counts: Map<string, { readonly times: number; readonly at: number }>
  sawError: number | undefined
}

export function contradictions(): Linter {
  const earlier: Earlier = {
    heard: new Map(),
    settled: new Map(),
    forbidden: [],
    counts: new Map(),
    sawError: undefined,
  }
  return (step, at) => contradicts(step, at, earlier)
}

const number = (at: number) => `step ${at + 1}`

function contradicts(step: Step, at: number, earlier: Earlier): string | undefined {
  switch (step.step) {
    case "must-hear":
    case "must-not-hear":
      return hearing(step, at, earlier)
    case "must-settle":
      return settling(step, at, earlier)
    case "must-be-pending": {
      const settled = earlier.settled.get(future(step.request, step.kind))
      return settled && `wants the future of "${step.request}" pending, which has settled by ${number(settled.at)}`
    }
    case "must-see-error":
      earlier.sawError ??= at
      return undefined
    case "must-not-see-error":
      if (earlier.sawError === undefined) return undefined
      return `wants no failure seen up to here, and ${number(earlier.sawError)} wants one`
    case "must-run-tool":
      return counting(`run tool ${step.tool}`, step.times, at, earlier)
    case "must-connect":
      return counting("connect", step.times, at, earlier)
    case "must-send-audio":
      return counting("send milliseconds of audio", step.ms, at, earlier)
    case "must-not-send":
      earlier.forbidden.push({ step, at })
      return undefined
    case "must-send":
    case "should-send":
      return sending(step, at, earlier)
    default:
      return undefined
  }
}

function hearing({ step, response }: Of<"must-hear" | "must-not-hear">, at: number, { heard }: Earlier) {
  const must = step === "must-hear"
  const before = heard.get(response)
  heard.set(response, before ?? { must, at })
  if (before === undefined || before.must === must) return undefined
  return `contradicts ${number(before.at)}: "${response}" must be heard and must not`
}

const future = (request: string, kind: FutureKind) => `${kind} ${request}`

function settling(step: Of<"must-settle">, at: number, { settled }: Earlier): string | undefined {
  const key = future(step.request, step.kind)
  const before = settled.get(key)
  settled.set(key, before ?? { step, at })
  if (!before) return undefined
  const { as, code } = before.step
  if (as !== "either" && step.as !== "either" && as !== step.as)
    return `contradicts ${number(before.at)}: "${step.request}" settles once, as ${as} or as ${step.as}`
  if (code !== undefined && step.code !== undefined && code !== step.code)
    return `contradicts ${number(before.at)}: "${step.request}" settles once, with code ${code} or ${step.code}`
  return undefined
}

/** What is counted from the beginning never becomes less. */
function counting(what: string, times: number, at: number, { counts }: Earlier): string | undefined {
  const before = counts.get(what)
  counts.set(what, { times, at })
  if (before === undefined || before.times <= times) return undefined
  return `contradicts ${number(before.at)}: the times to ${what} cannot fall from ${before.times} to ${times}`
}

function sending(step: Sending, at: number, earlier: Earlier): string | undefined {
  const { type, match, times } = step
  if (times !== undefined) return counting(`send ${type} ${JSON.stringify(match)}`, times, at, earlier)
  const before = earlier.forbidden.find(({ step: no }) => no.type === type && covers(no.match, match))
  return before && `contradicts ${number(before.at)}, from which on no ${type} may be sent`
}

/** Whatever matches `narrow` matches `wide`. */
function covers(wide: Pattern, narrow: Pattern): boolean {
  return Object.entries(wide).every(([name, part]) => JSON.stringify(narrow[name]) === JSON.stringify(part))
}
