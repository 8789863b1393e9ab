import { readFileSync } from "node:fs"
import { describe, expect, it } from "vitest"
import type { z } from "zod"
import { type Inventory, realtimeBetaInventory, realtimeInventory, responsesInventory } from "./parse.ts"
import { flatError, wrappedError } from "./responses/server-events.ts"

interface Declared {
  readonly name: string
  readonly direction: "client" | "server"
  readonly required: readonly string[]
  readonly optional: readonly string[]
  readonly nullable: readonly string[]
  readonly fields: Readonly<Record<string, string>>
}

type Pinned = Readonly<Record<"realtime_ga" | "realtime_beta" | "responses", readonly Declared[]>>
const pinned: Pinned = JSON.parse(readFileSync(new URL("../../fixtures/protocol/events.json", import.meta.url), "utf8"))

const shapeOf = (schema: unknown) => (schema as z.ZodObject).shape as Readonly<Record<string, z.ZodType>>
const accepts = (schema: z.ZodType | undefined, value: unknown) => schema?.safeParse(value).success ?? false

/** What a schema says of its top-level fields, in the inventory's words. */
function declared(schema: z.ZodObject) {
  const names = Object.keys(schema.shape).sort()
  // Asked of the whole object: a field of unknown type accepts undefined when it is asked alone.
  const missing = new Set(schema.safeParse({}).error?.issues.map(({ path }) => path[0]))
  return {
    required: names.filter((name) => missing.has(name)),
    optional: names.filter((name) => !missing.has(name)),
    nullable: names.filter((name) => accepts(shapeOf(schema)[name], null)),
  }
}

const isOpaque = (schema: z.ZodType | undefined) => accepts(schema, Symbol())

const primitives: Readonly<Record<string, unknown>> = { string: "x", number: 1, boolean: true }

/** The primitives that a field accepts must be the one that is pinned; other types are not looked into. */
function comparePrimitives({ fields }: Declared, shape: ReturnType<typeof shapeOf>) {
  for (const [name, type] of Object.entries(fields).filter(([, type]) => Object.hasOwn(primitives, type))) {
    const accepted = Object.keys(primitives).filter((primitive) => accepts(shape[name], primitives[primitive]))
    expect([name, ...accepted]).toEqual([name, type])
  }
}

function compare(event: Declared, schema: unknown) {
  const shape = shapeOf(schema)
  const typed = (names: readonly string[]) => names.filter((name) => !isOpaque(shape[name])).sort()
  const found = declared(schema as z.ZodObject)
  expect(accepts(shape.type, event.name)).toBe(true)
  expect(accepts(shape.type, `${event.name}.other`)).toBe(false)
  expect(found.required).toEqual([...event.required].sort())
  expect(found.optional).toEqual([...event.optional].sort())
  // A field of unknown type accepts null whatever is declared.
  expect(typed(found.nullable)).toEqual(typed(event.nullable))
  comparePrimitives(event, shape)
}

const families: readonly [keyof Pinned, Inventory][] = [
  ["realtime_ga", realtimeInventory],
  ["realtime_beta", realtimeBetaInventory],
  ["responses", responsesInventory],
]

describe.each(families)("%s", (family, inventory) => {
  const events = pinned[family]

  it("declares the pinned names and no others", () => {
    for (const direction of ["client", "server"] as const) {
      const names = new Set(events.filter((event) => event.direction === direction).map(({ name }) => name))
      expect(Object.keys(inventory[direction]).sort()).toEqual([...names].sort())
    }
  })

  it.each(events.filter(({ name }) => family !== "responses" || name !== "error"))(
    "$direction $name has the pinned fields",
    (event) => compare(event, inventory[event.direction][event.name]),
  )
})

it("both declared shapes of the Responses error have the pinned fields", () => {
  const [wrapped, flat] = pinned.responses.filter(({ name }) => name === "error")
  expect(wrapped && flat).toBeDefined()
  if (wrapped) compare(wrapped, wrappedError)
  if (flat) compare(flat, flatError)
})

it("counts are those of PROTOCOL.md: 11 + 46, 12 + 34, 2 + 62", () => {
  const counts = families.map(([, { client, server }]) => [Object.keys(client).length, Object.keys(server).length])
  expect(counts).toEqual([
    [11, 46],
    [12, 34],
    [2, 62],
  ])
})
