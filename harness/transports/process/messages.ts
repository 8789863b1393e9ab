// What rtspec and an adapter's program say to each other: one JSON object a line, over the program's stdin and stdout.
// README.md of this folder is the page for those who write such a program. What it says is parsed here, once.
import { z } from "zod"
import { type Capability, capabilities, type Operation } from "../../adapter.ts"
import type { Steps } from "./ahead.ts"

/** Of this protocol. A program that answers with another number is not used. */
export const protocolVersion = 1

/** The app's tool, as the program is told of it; its running is asked for with `tool`. */
export interface ToolOffer {
  readonly name: string
  readonly description: string
  readonly parameters: object
}

/** One case: the World of harness/adapter.ts, as far as it is data. */
export interface OpenCase {
  readonly do: "open"
  readonly seed: string
  readonly url: string
  readonly apiKey: string
  readonly model: string
  readonly output: "audio" | "text"
  readonly callId?: string
  readonly dialect?: string
  readonly tools: readonly ToolOffer[]
}

/** `now`: virtual milliseconds since the case began. */
export type ToProgram =
  | { readonly do: "hello"; readonly rtspec: number }
  | OpenCase
  | { readonly do: "perform"; readonly operation: Operation; readonly now?: number }
  | { readonly do: "settle"; readonly id: number; readonly now: number; readonly steps?: Steps }
  | {
      readonly do: "tool-result"
      readonly id: number
      readonly output?: string
      readonly error?: string
      readonly now?: number
    }
  | { readonly do: "end" }

/** What is told while a case is played, at its time. */
export type ToCase = Extract<ToProgram, { readonly do: "perform" | "tool-result" }>

const response = z.string().optional()
const request = z.string().optional()
const anything = z.unknown().optional()
const capability = z.custom<Capability>(
  (name) => typeof name === "string" && Object.hasOwn(capabilities, name),
  "there is no such capability",
)
const operation = z.custom<Operation>((value) => typeof value === "object" && value !== null && "do" in value)
const future = z.object({
  id: z.string(),
  kind: z.enum(["connect", "reply", "stream", "update", "cancel", "close", "other"]),
  request,
  response,
})
const outcome = z.discriminatedUnion("as", [
  z.object({ as: z.literal("resolved"), response }),
  z.object({ as: z.literal("rejected"), error: anything }),
])
const heard = z.object({
  text: z.string().optional(),
  audio: z.string().optional(),
  whole: z.boolean().optional(),
  response,
  future: z.string().optional(),
})

const about = z.object({
  is: z.literal("about"),
  rtspec: z.number(),
  name: z.string().min(1),
  version: z.string().min(1),
  protocol: z.enum(["realtime", "responses"]),
  can: z.array(capability),
  dialects: z.array(z.enum(["openai", "azure", "beta", "xai"])).optional(),
  /** While it connects it hears nothing else: its dials are let in as they come. */
  blocking: z.boolean().optional(),
  /** It knows `steps`. */
  stepwise: z.boolean().optional(),
})
export type About = z.infer<typeof about>

const settled = z.object({
  is: z.literal("settled"),
  id: z.number(),
  next: z.number().optional(),
  timers: z.number().int().nonnegative().optional(),
  sockets: z.number().int().nonnegative().optional(),
  received: z.number().int().nonnegative().optional(),
  sent: z.number().int().nonnegative().optional(),
})
export type Settled = z.infer<typeof settled>

const answer = z.discriminatedUnion("is", [
  about,
  z.object({ is: z.literal("opened") }),
  z.object({ is: z.literal("step") }),
  settled,
  z.object({ is: z.literal("unsupported"), what: z.string().optional() }),
  z.object({ is: z.literal("tool"), id: z.number(), name: z.string(), args: anything, call_id: z.string().optional() }),
  z.object({ is: z.literal("log"), text: z.string() }),
  z.object({ is: z.literal("fault"), message: z.string() }),
])

const sighting = z.discriminatedUnion("report", [
  z.object({ report: z.literal("opened"), future }),
  z.object({ report: z.literal("settled"), id: z.string(), outcome }),
  z.object({ report: z.literal("heard"), output: heard }),
  z.object({
    report: z.literal("turn"),
    turn: z.object({ is: z.enum(["started", "ended"]), response, status: z.string().optional() }),
  }),
  z.object({ report: z.literal("error"), error: anything, at: z.object({ request, response }).optional() }),
  z.object({ report: z.literal("state"), state: z.enum(["connected", "disconnected", "reconnected"]) }),
  z.object({ report: z.literal("refused"), operation, error: anything }),
])

export type Answer = z.infer<typeof answer>
export type Sighting = z.infer<typeof sighting>
export type FromProgram = Answer | Sighting

/** Said after most events that the server sends. */
const step = '{"is":"step"}'

/** What a line of the program's says, or a sentence on what is wrong with it. */
export function readLine(line: string): FromProgram | string {
  if (line === step) return { is: "step" }
  let value: unknown
  try {
    // Null is as absent: not every language leaves out what it has not.
    value = line.includes("null") ? JSON.parse(line, (_name, member) => member ?? undefined) : JSON.parse(line)
  } catch {
    return `printed a line that is no JSON: ${quoted(line)}; its stdout is for the protocol, diagnostics belong on stderr`
  }
  const isSighting = typeof value === "object" && value !== null && "report" in value
  const read = isSighting ? sighting.safeParse(value) : answer.safeParse(value)
  if (read.success) return read.data
  const [issue] = read.error.issues
  const where = issue && issue.path.length > 0 ? `${issue.path.join(".")}: ` : ""
  return `sent a message that is none of the protocol's: ${quoted(line)} (${where}${issue?.message ?? "unreadable"})`
}

const quoted = (line: string) => JSON.stringify(line.length > 120 ? `${line.slice(0, 120)}…` : line)
