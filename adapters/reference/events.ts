// What comes off the wire, read without trust: every member may be missing, null or of another type (PROTOCOL.md A.3, M05,
// M06), and that is never a reason to throw.

export type Members = Readonly<Record<string, unknown>>

export interface ServerEvent extends Members {
  readonly type: string
}

export interface ClientEvent extends Members {
  readonly type: string
}

/** The error member of an `error` event; what is absent is null. */
export interface ServerError {
  readonly code: string | null
  readonly message: string
  /** The client event that it is about. OpenAI often leaves it null, even when there is one. */
  readonly event_id: string | null
}

/** The event in a text frame, or undefined where there is none. */
export function readEvent(frame: string): ServerEvent | undefined {
  try {
    const event = membersOf(JSON.parse(frame))
    return isEvent(event) ? event : undefined
  } catch {
    return undefined
  }
}

const isEvent = (members: Members): members is ServerEvent => typeof members.type === "string"

const isMembers = (value: unknown): value is Members =>
  typeof value === "object" && value !== null && !Array.isArray(value)

const none: Members = {}

/** The members of an object; none of anything else. */
export const membersOf = (value: unknown): Members => (isMembers(value) ? value : none)

export const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : [])

export const textOf = (value: unknown): string | undefined => (typeof value === "string" ? value : undefined)

export function errorOf(value: unknown): ServerError {
  const { code, type, message, event_id } = membersOf(value)
  return {
    code: textOf(code) ?? textOf(type) ?? null,
    message: textOf(message) ?? "the server reported an error without words",
    event_id: textOf(event_id) ?? null,
  }
}
