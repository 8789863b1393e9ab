// Reads members of wire JSON that nobody has validated: what is not of the expected kind reads as null or empty.

/** A JSON object whose members are not known. */
export type JsonObject = { readonly [field: string]: unknown }

const NOTHING: readonly never[] = []
const EMPTY: JsonObject = Object.freeze({})

export const read = {
  /** The object, or null for anything else (arrays are no objects here). */
  object: (value: unknown): JsonObject | null => (isObject(value) ? value : null),
  /** The object, or an empty one. */
  members: (value: unknown): JsonObject => (isObject(value) ? value : EMPTY),
  text: (value: unknown): string | null => (typeof value === "string" ? value : null),
  number: (value: unknown): number | null => (typeof value === "number" && Number.isFinite(value) ? value : null),
  list: (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : NOTHING),
}

function isObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value)
}
