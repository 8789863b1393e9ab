// A wire log: the two wire lanes on disk. One header, then one entry a line (NDJSON), as fixtures/wire-logs/README.md says.
import { z } from "zod"
import type { WireEvent } from "../protocol/event.ts"

export const logSchemaVersion = 1

/** Where a log comes from. Everything but the version may be missing: importers know less. */
export const logHeader = z.looseObject({
  rtspec: z.literal("wire-log"),
  schemaVersion: z.literal(logSchemaVersion),
  /** ISO date and time. */
  recordedAt: z.string().optional(),
  endpoint: z.string().optional(),
  protocol: z.enum(["realtime", "responses"]).optional(),
  dialect: z.enum(["openai", "azure", "beta", "xai"]).optional(),
  /** At which end of the wire it was taken down: at `client` what came before a client's event was known to it. */
  end: z.enum(["client", "server", "proxy"]).optional(),
  client: z.looseObject({ name: z.string(), version: z.string().optional() }).optional(),
  tool: z.string().optional(),
  redaction: z.enum(["default", "none"]).optional(),
})
export type LogHeader = z.infer<typeof logHeader>

export type Side = "client" | "server"

/** What was sent, by whom: an event, text that is none, or how a connection begins and ends. */
export type Wire =
  /** `isBare`: the log tells its type alone. */
  | { readonly kind: "event"; readonly event: WireEvent; readonly isBare?: true }
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "binary"; readonly bytes: number }
  | { readonly kind: "close"; readonly code: number; readonly reason: string }
  /** The connection ended without a close frame. */
  | { readonly kind: "drop" }
  | { readonly kind: "error"; readonly message: string }
  | { readonly kind: "ping" }
  | { readonly kind: "pong" }
  /** A client's attempt to connect (client) and its answer (server). */
  | { readonly kind: "handshake"; readonly url?: string; readonly status?: number }

export type LogEntry = {
  /** In the file, from 1; for a HAR, the number of the message. */
  readonly line: number
  /** Since the beginning of the log; missing where the log has no times. */
  readonly atMs?: number | undefined
  /** From 1. */
  readonly connection: number
  readonly side: Side
} & Wire

export type LogItem =
  | { readonly kind: "header"; readonly header: Partial<LogHeader> }
  | { readonly kind: "entry"; readonly entry: LogEntry }
  /** What could not be read: the rest is. */
  | { readonly kind: "problem"; readonly line: number; readonly message: string }

/** A log that cannot be read at all, in one sentence. */
export class LogFault extends Error {
  override readonly name = "LogFault"
}
