// What the runner and a subject's own process say to each other (child_process IPC, advanced serialisation).
import type { Capability } from "../adapter.ts"
import type { DialectName } from "../protocol/realtime/dialects.ts"
import type { Scenario } from "../script/scenario.ts"
import type { Outcome } from "./outcome.ts"
import type { CaseResult } from "./result.ts"

/** First message to a new process. It answers `ready`, or `unusable` when the adapter does not load or validate. */
export interface OpenMessage {
  readonly type: "open"
  readonly subject: string
  readonly version: string
  readonly transport: "memory" | "loopback"
  /** Module that exports the adapter; absent for built-in subjects, which the process finds in adapters/index.ts. */
  readonly adapterFile?: string
  /** Tell of generated cases which code of the subject they were the first to run. */
  readonly coverage?: boolean
}

/** One case. `traceTo`: append every trace entry to this file at once, so that it outlives a killed process. */
export interface CaseMessage {
  readonly type: "case"
  readonly number: number
  readonly scenario: string
  /** The scenario itself, where it stands in no catalogue. */
  readonly told?: Scenario
  readonly seed: string
  readonly strict: boolean
  readonly dialect: DialectName
  readonly traceTo?: string
  /** Keep the trace of a case that passed, too. */
  readonly keepTrace?: boolean
}

/** Many generated cases, one after the other: what a message costs is paid once for all. */
export interface BatchMessage extends Pick<CaseMessage, "number" | "seed" | "strict" | "dialect"> {
  readonly type: "batch"
  readonly cases: readonly Scenario[]
}

export type ToSubject = OpenMessage | CaseMessage | BatchMessage

/** What an adapter says of itself. */
export interface AboutAdapter {
  readonly name: string
  readonly version: string
  readonly protocol: "realtime" | "responses"
  readonly can: readonly Capability[]
}

export type FromSubject =
  | ({ readonly type: "ready" } & AboutAdapter)
  | { readonly type: "unusable"; readonly because: string }
  /** The subject is a program that starts now: bear with it for so much real time from here on. */
  | { readonly type: "starting"; readonly withinMs: number }
  /** The program's process, from when it was started to when it has ended: it must not outlive this one. */
  | { readonly type: "program"; readonly pid: number | undefined }
  | { readonly type: "result"; readonly number: number; readonly result: CaseResult }
  | { readonly type: "outcomes"; readonly number: number; readonly outcomes: readonly Outcome[] }
