// A scenario: a titled, cited, capability-gated story that a client must live through. Plain data, checked as it loads.
import { z } from "zod"
import { type Capability, capabilities } from "../adapter.ts"
import type { FaultPlan } from "../faults/fault.ts"
import type { WireEvent } from "../protocol/event.ts"
import type { ErrorShape } from "../protocol/responses/errors.ts"
import type { Profile } from "../protocol/responses/state.ts"
import type { Schedule } from "./schedule.ts"
import type { Step } from "./steps.ts"

export const grades = ["documented", "observed", "plausible"] as const
export type Grade = (typeof grades)[number]

/** What the app offers the model for the time of a scenario. */
export interface ToolScript {
  readonly name: string
  /** What the tool resolves to, or the message it rejects with. */
  readonly answers?: string
  readonly throws?: string
  /** Names of its arguments; `query` where nothing is said. */
  readonly takes?: readonly string[]
  /** Virtual milliseconds that it takes. */
  readonly afterMs?: number
}

/** What a server has to know that says what was recorded. */
export interface AsRecorded {
  /** For each connection of the log, the client's events, appended audio left out. */
  readonly client: readonly (readonly WireEvent[])[]
  /** Types of client events that count for nothing. */
  readonly uncounted: readonly string[]
}

export interface Scenario {
  /** `room/what-happens`; the room is the folder under scenarios/. */
  readonly id: string
  /** What the client owes, in one sentence. */
  readonly title: string
  /** Event names or PROTOCOL situations that the requirement rests on. */
  readonly cites: readonly string[]
  /** How well attested the server's behaviour is; `plausible` can fail a case only under --strict. */
  readonly grade: Grade
  /** Where it was observed or is documented. */
  readonly source: string
  readonly situations?: readonly string[]
  readonly needs: readonly Capability[]
  /** Invariants that this story must put to the test: one that never fires makes the case inconclusive. */
  readonly judgedBy: readonly string[]
  readonly protocol?: "realtime" | "responses"
  readonly output?: "audio" | "text"
  readonly tools?: readonly ToolScript[]
  readonly server?: {
    /** Whether error.event_id names the client event it answers (seen both ways, PROTOCOL.md B.2). */
    readonly echoEventId?: boolean
    readonly turnDetection?: "server_vad" | "none"
    /** A socket on a call that runs already (`?call_id=`): no session.created comes (PROTOCOL.md A.1, N07). */
    readonly sideband?: boolean
    /** Turns away who asks for the retired beta by header, as api.openai.com does (PROTOCOL.md N04). */
    readonly refusesBeta?: boolean
    /** From a wire log: the server says what the story `tells` and nothing else, until it heals. */
    readonly asRecorded?: AsRecorded
    /** Responses: one response at a time in a connection, or one in each lane (PROTOCOL.md C.2). Default: lanes. */
    readonly profile?: Profile
    /** Responses: what `store` is for a create that does not say. Default: true. */
    readonly stored?: boolean
    /** Responses: the shape of errors where a step does not say. Default: wrapped. */
    readonly errorShape?: ErrorShape
  }
  /** `unconnected`: the story itself performs connect. Default: it begins on an open session. */
  readonly begins?: "connected" | "unconnected"
  /** `unusable`: no fresh turn is asked for at the end, for instance after a refused key. */
  readonly ends?: "usable" | "unusable"
  readonly faults?: FaultPlan
  readonly story: readonly Step[]
  /** The interleaving of a generated story. Default: all that follows on a step comes before the next. */
  readonly schedule?: Schedule
}

const room = /^(session|turn|cancel|timeout|error|interleave|connection|tools|audio|responses-ws|delivery)\/[a-z0-9-]+$/
const capabilityNames = Object.keys(capabilities) as [Capability, ...Capability[]]

const head = z.object({
  id: z.string().regex(room, "is not room/name-with-dashes with a room of scenarios/"),
  title: z.string().min(10),
  cites: z.array(z.string()).min(1),
  grade: z.enum(grades),
  source: z.string().min(1),
  needs: z.array(z.enum(capabilityNames)),
  judgedBy: z.array(z.string()).min(1),
  story: z.array(z.object({ actor: z.string(), step: z.string() }).loose()),
})

/** Names what is wrong with a scenario file's data, for a person who has to mend it. */
export class ScenarioFault extends Error {
  override readonly name = "ScenarioFault"
}

/** As a file writes it: a word that stands for several steps gives a list of them. */
type ScenarioSource = Omit<Scenario, "story"> & { readonly story: readonly (Step | readonly Step[])[] }

/** Checks a scenario's form and returns it. Throws ScenarioFault with one sentence. */
export function scenario(source: ScenarioSource): Scenario {
  const data = { ...source, story: source.story.flat() }
  const parsed = head.safeParse(data)
  if (parsed.success) return data
  const issue = parsed.error.issues[0]
  const where = issue?.path.join(".") || "the scenario"
  throw new ScenarioFault(`scenario ${JSON.stringify(data?.id)}: ${where} ${issue?.message}; mend that field.`)
}
