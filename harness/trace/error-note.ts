// Makes data of whatever was thrown, emitted or rejected with, and finds the wire's error code in it.
import type { ErrorNote } from "./trace.ts"

const inner = ["error", "cause", "detail", "data"] as const
type Members = Readonly<Record<string, unknown>>
const isObject = (value: unknown): value is Members => typeof value === "object" && value !== null

/** First string `field` found in the value or in what it wraps, four layers deep. */
function find(value: unknown, field: "code" | "message", layers = 4): string | undefined {
  if (!isObject(value) || layers === 0) return undefined
  const own = value[field]
  if (field === "message") {
    for (const name of inner) {
      const deeper = find(value[name], field, layers - 1)
      if (deeper) return deeper
    }
    return typeof own === "string" && own !== "" ? own : undefined
  }
  if (typeof own === "string") return own
  for (const name of inner) {
    const deeper = find(value[name], field, layers - 1)
    if (deeper) return deeper
  }
  return undefined
}

/** The innermost message and the outermost code; paths and stacks are left out, so that notes are the same everywhere. */
export function noteError(thrown: unknown): ErrorNote {
  const code = find(thrown, "code")
  const message = find(thrown, "message") ?? (typeof thrown === "string" ? thrown : "")
  const name = isObject(thrown) && typeof thrown.name === "string" ? thrown.name : typeof thrown
  return { name, message: message.slice(0, 300), ...(code === undefined ? {} : { code }) }
}
