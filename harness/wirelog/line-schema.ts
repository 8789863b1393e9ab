// The shape of one line of a log as rtspec writes it: what the published JSON schema says. Reading is more lenient (shape.ts).
import { z } from "zod"
import { logHeader } from "./log.ts"

const about = {
  /** Milliseconds since the beginning. */
  at: z.number().min(0).optional(),
  /** From 1. */
  connection: z.int().min(1),
  /** Who sent it. */
  dir: z.enum(["client", "server"]),
}

const entry = z.union([
  z.strictObject({ ...about, event: z.looseObject({ type: z.string() }) }),
  z.strictObject({ ...about, text: z.string() }),
  z.strictObject({ ...about, binary: z.int().min(0) }),
  z.strictObject({ ...about, close: z.strictObject({ code: z.int(), reason: z.string() }) }),
  z.strictObject({ ...about, drop: z.literal(true) }),
  z.strictObject({ ...about, error: z.string() }),
  z.strictObject({ ...about, ping: z.literal(true) }),
  z.strictObject({ ...about, pong: z.literal(true) }),
  z.strictObject({
    ...about,
    handshake: z.strictObject({ url: z.string().optional(), status: z.int().optional() }),
  }),
])

/** The first line is the header, every other line an entry. */
export const logLine = z.union([logHeader, entry])
