import { existsSync, readdirSync, readFileSync } from "node:fs"
import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { parseFrame, realtimeInventory } from "./parse.ts"

const parse = (data: string | Uint8Array, isBinary = false) => parseFrame(data, isBinary, realtimeInventory, "server")

describe("reading a frame", () => {
  it.each([
    ["not JSON", "{"],
    ["null", "null"],
    ["a list", "[]"],
    ["a number", "42"],
    ["an object without type", "{}"],
    ["a type that is no string", '{"type":5}'],
  ])("takes %s as data", (_what, text) => {
    expect(parse(text)).toMatchObject({ kind: "malformed", text })
  })

  it("takes a binary frame as data", () => {
    expect(parse(new Uint8Array(8), true)).toMatchObject({ kind: "malformed", reason: "a binary frame of 8 bytes" })
  })

  it("keeps unknown types and fields, and does not take Object's own names for events", () => {
    for (const type of ["rtspec.unknown", "constructor", "__proto__", "toString"])
      expect(parse(JSON.stringify({ type, more: 1 }))).toMatchObject({
        known: false,
        problems: [],
        event: { type, more: 1 },
      })
    const padded = {
      type: "response.output_text.delta",
      event_id: "e",
      response_id: "r",
      item_id: "i",
      output_index: 0,
      content_index: 0,
      delta: "x",
      obfuscation: "y",
    }
    expect(parse(JSON.stringify(padded))).toMatchObject({ known: true, problems: [], event: padded })
  })

  it("says where a known event departs from its declared shape, and keeps the event", () => {
    const frame = parse('{"type":"response.done","event_id":"e"}')
    expect(frame).toMatchObject({ kind: "event", known: true })
    expect(frame.kind === "event" && frame.problems[0]).toMatch(/^response\.done: response: /)
  })

  it("never throws", () => {
    const anything = fc.oneof(fc.string(), fc.json(), fc.string({ unit: "binary" }))
    fc.assert(fc.property(anything, fc.boolean(), (text, isBinary) => void parse(text, isBinary)))
    fc.assert(
      fc.property(
        fc.constantFrom(...Object.keys(realtimeInventory.server)),
        fc.dictionary(fc.string(), fc.jsonValue()),
        (type, rest) => {
          const frame = parse(JSON.stringify({ ...rest, type }))
          if (frame.kind === "event") void frame.problems
        },
      ),
    )
  })
})

const logs = "../shared/wire-logs"

describe.skipIf(!existsSync(logs))("recorded sessions", () => {
  const openai = existsSync(logs) ? readdirSync(logs).filter((name) => /^openai.*ndjson$/.test(name)) : []

  it.each(openai)("%s has nothing that the schemas do not declare so", (name) => {
    const entries = readFileSync(`${logs}/${name}`, "utf8")
      .split("\n")
      .filter(Boolean)
      .slice(1)
      .map((line) => JSON.parse(line))
    const problems = entries
      .filter((entry) => entry.event)
      .flatMap((entry) => {
        const frame = parseFrame(JSON.stringify(entry.event), false, realtimeInventory, entry.dir)
        return frame.kind === "event" && frame.known ? frame.problems : [`${entry.dir} ${entry.event.type} is unknown`]
      })
    expect(problems).toEqual([])
  })
})
