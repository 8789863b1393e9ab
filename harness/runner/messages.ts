// What the runner and a subject's own process say to each other (child_process IPC, advanced serialisation).
import type { DialectName } from "../protocol/realtime/dialects.ts"
import type { CaseResult } from "./result.ts"

/** First message to a new process. It answers `ready`, or `unusable` when the adapter does not load or validate. */
export interface OpenMessage {
  readonly type: "open"
  readonly subject: string
  readonly version: string
  readonly transport: "memory" | "loopback"
  /** Module that exports the adapter; absent for built-in subjects, which the process finds in adapters/index.ts. */
  readonly adapterFile?: string
}

/** One case. `traceTo`: append every trace entry to this file at once, so that it outlives a killed process. */
export interface CaseMessage {
  readonly type: "case"
  readonly number: number
  readonly scenario: string
  readonly seed: string
  readonly strict: boolean
  readonly dialect: DialectName
  readonly traceTo?: string
}

export type ToSubject = OpenMessage | CaseMessage

/** What an adapter says of itself. */
export interface AboutAdapter {
  readonly name: string
  readonly version: string
  readonly protocol: "realtime" | "responses"
}

export type FromSubject =
  | ({ readonly type: "ready" } & AboutAdapter)
  | { readonly type: "unusable"; readonly because: string }
  | { readonly type: "result"; readonly number: number; readonly result: CaseResult }
