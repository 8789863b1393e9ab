// Partial matching of wire events against patterns, as data.
import type { Pattern } from "./steps.ts"

/** Matches when the field is not there, or null. */
export const absent = { $match: "absent" } as const
/** Matches any value that is there and not null. */
export const present = { $match: "present" } as const

type Matcher = typeof absent | typeof present
const isMatcher = (value: unknown): value is Matcher => typeof value === "object" && value !== null && "$match" in value

/** Every field of `pattern` must match in `value`; fields that the pattern does not name may be anything. */
export function matches(pattern: unknown, value: unknown): boolean {
  if (isMatcher(pattern)) return (value === undefined || value === null) === (pattern.$match === "absent")
  if (Array.isArray(pattern))
    return (
      Array.isArray(value) && value.length === pattern.length && pattern.every((part, at) => matches(part, value[at]))
    )
  if (typeof pattern === "object" && pattern !== null) {
    if (typeof value !== "object" || value === null) return false
    const members = value as Readonly<Record<string, unknown>>
    return Object.entries(pattern as Pattern).every(([name, part]) => matches(part, members[name]))
  }
  return Object.is(pattern, value)
}
