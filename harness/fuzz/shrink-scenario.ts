// A scenario that a client fails, shrunk: the least story in which the client still fails in the same way and the reference
// client, which is to live through everything, still does.
import type { Violation } from "../checks/invariant.ts"
import type { CaseResult } from "../runner/result.ts"
import type { Repro } from "../script/repro.ts"
import { reproVersion } from "../script/repro.ts"
import type { Scenario } from "../script/scenario.ts"
import { describeStep, type Step } from "../script/steps.ts"
import { noteError } from "../trace/error-note.ts"
import type { Pool } from "./pool.ts"
import { isDeviation } from "./routine.ts"
import { shrink } from "./shrink.ts"
import type { Tale } from "./tale.ts"
import { saidBy, says } from "./wording.ts"

export interface ShrinkOptions {
  /** Of the repro, and its file's name. */
  readonly id: string
  /** What the client breaks, and is to go on breaking. */
  readonly invariant: string
  /** Of the subject's chance; the players are opened with it. */
  readonly seed: string
  readonly subject: Pick<Pool, "play">
  readonly reference: Pick<Pool, "play">
}

export interface ShrunkScenario {
  readonly repro: Repro
  /** What the client breaks in it, in the invariant's words. */
  readonly message: string
  /** How many stories were played on the way. */
  readonly tries: number
  readonly isMinimal: boolean
}

/** A string says why there is nothing to shrink. The same for the same scenario, client and seed. */
export async function shrinkScenario(scenario: Scenario, options: ShrinkOptions): Promise<ShrunkScenario | string> {
  const { id, invariant, seed, subject, reference } = options
  const told = (tale: Tale) => tell(tale, scenario, id)
  const whole = told(taleOf(scenario))
  const first = await subject.play(whole)
  const wanted = first.violations.find((each) => each.invariant === invariant)
  if (!wanted) return `it does not break ${invariant} in ${scenario.id}: ${whatCameOf(first)}`
  const lives = async (story: Scenario) => (await reference.play(story)).verdict === "pass"
  if (!(await lives(whole))) return `the reference client does not pass ${scenario.id}, so it proves nothing`
  const goesOnFailing = sameFailure(wanted, first, whole.story)
  const fails = async (tale: Tale) => {
    const story = told(tale)
    return goesOnFailing(story.story, await subject.play(story)) && (await lives(story))
  }
  const { tale, tries, isMinimal } = await shrink(taleOf(scenario), fails, { triesAtMost: 2_000, keepNames: true })
  const result = await subject.play(told(tale))
  const also = [...new Set(result.violations.map((each) => each.invariant))].filter((each) => each !== invariant)
  const message = result.violations.find((each) => each.invariant === invariant)?.message ?? ""
  const repro = reproIn(result, told(tale), { id, invariant, also, seed, foundIn: scenario.id })
  return { repro, message, tries, isMinimal }
}

/** Whether a shorter story shows the same bug: it breaks the same, and nothing that the whole story did not break, and the
 * server has nothing new to complain of. Where the invariant does not know by itself whether that is fair, all else that the
 * whole story broke is to stay broken, too. */
function sameFailure(wanted: Violation, whole: CaseResult, story: readonly Step[]) {
  const allowed = new Set(whole.violations.map(({ invariant }) => invariant))
  const complaints = new Set(complaintsIn(whole))
  const isDelicate = wanted.invariant === "story" || story.some(isFairInItsPlace)
  const others = whole.violations.filter(({ invariant }) => isDelicate && invariant !== "story")
  const cause = causeOf(wanted, story)
  return (shorter: readonly Step[], result: CaseResult): boolean =>
    [wanted, ...others].every((each) => says(result, saidBy(each))) &&
    result.violations.every(({ invariant }) => allowed.has(invariant)) &&
    complaintsIn(result).every((code) => complaints.has(code)) &&
    causeOf(wanted, shorter) === cause
}

/** Codes of the server's errors. */
const complaintsIn = ({ trace }: CaseResult): string[] =>
  (trace?.entries ?? []).flatMap((entry) =>
    entry.lane === "server" && entry.kind === "event" && entry.event.type === "error"
      ? [noteError(entry.event).code ?? ""]
      : [],
  )

/** What a server says beside its part may mean something else to a client a step earlier. */
function isFairInItsPlace(step: Step): boolean {
  if (step.step !== "acts" || step.actor !== "server") return false
  const { action } = step
  return action.does === "sends" || action.does === "repeats" || (action.does === "errors" && action.eventId === "null")
}

/** What a story expects answers what last went wrong before it; without that it would be another thing to expect. Of an
 * invariant: nothing. */
function causeOf({ invariant, message }: Violation, story: readonly Step[]): string | undefined {
  if (invariant !== "story") return undefined
  const expected = story.findIndex((step) => message.startsWith(`${describeStep(step)}: `))
  return story.slice(0, Math.max(0, expected)).findLast(isDeviation)?.action.does
}

const whatCameOf = ({ verdict, because, violations }: CaseResult): string => {
  const broken = [...new Set(violations.map(({ invariant }) => invariant))].join(", ")
  return broken === "" ? `${verdict}${because === "" ? "" : ` (${because})`}` : `it breaks ${broken}`
}

interface About extends Pick<Repro, "id" | "invariant" | "seed"> {
  readonly also: readonly string[]
  readonly foundIn: string
}

const reproIn = ({ subject, version }: CaseResult, scenario: Scenario, about: About): Repro => ({
  format: "rtspec-repro",
  version: reproVersion,
  ...{ id: about.id, invariant: about.invariant },
  ...(about.also.length > 0 ? { also: [...about.also] } : {}),
  ...{ subject, subjectVersion: version, seed: about.seed },
  foundBy: { scenario: about.foundIn },
  scenario,
})

/** The scenario as what can be shrunk. */
export const taleOf = ({ protocol, output, begins, tools, server, faults, story, schedule }: Scenario): Tale => ({
  protocol: protocol ?? "realtime",
  output: output ?? "audio",
  begins: begins ?? "connected",
  tools: tools ?? [],
  server: server ?? {},
  faults: faults ?? [],
  beats: story.map((step, at) => ({ step, lets: schedule?.[at] ?? null })),
})

/** The tale in the scenario's place: what it is for, on what grounds, and how it ends stay. */
function tell(tale: Tale, { title, cites, grade, source, needs, ends }: Scenario, id: string): Scenario {
  const { protocol, output, begins, tools, server, faults, beats } = tale
  return {
    id: `regressions/${id}`,
    ...{ title, cites, grade, source, needs, judgedBy: [], protocol },
    ...(output === "text" ? { output } : {}),
    ...(begins === "unconnected" ? { begins } : {}),
    ...(ends === "unusable" ? { ends } : {}),
    ...(tools.length > 0 ? { tools } : {}),
    ...(Object.keys(server).length > 0 ? { server } : {}),
    ...(faults.length > 0 ? { faults } : {}),
    story: beats.map(({ step }) => step),
    ...(beats.some(({ lets }) => lets !== null) ? { schedule: beats.map(({ lets }) => lets) } : {}),
  }
}
