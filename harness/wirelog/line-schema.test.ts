// The published schema says of every line what it is: those of our recordings are as it says, and nothing else is.
import { readdirSync, readFileSync } from "node:fs"
import { Ajv2020 } from "ajv/dist/2020.js"
import { describe, expect, it } from "vitest"
import { published } from "../report/publish-schemas.ts"

const folder = new URL("../../fixtures/wire-logs/", import.meta.url)
const logs = readdirSync(folder).filter((name) => name.endsWith(".ndjson"))
const isLine = new Ajv2020({ strict: false }).compile(published["wire-log.schema.json"]?.() ?? {})

describe("the schema of a line", () => {
  it.each(logs)("knows every line of %s", (name) => {
    const lines = readFileSync(new URL(name, folder), "utf8").trimEnd().split("\n")
    expect(lines.filter((line) => !isLine(JSON.parse(line)))).toEqual([])
  })

  it.each([
    ["a header of another version", { rtspec: "wire-log", schemaVersion: 2 }],
    ["an entry of nobody", { connection: 1, event: { type: "x" } }],
    ["an event without a type", { connection: 1, dir: "client", event: {} }],
    ["two things at a time", { connection: 1, dir: "client", text: "x", binary: 1 }],
    ["a member that nobody knows", { connection: 1, dir: "client", text: "x", colour: "red" }],
  ])("does not take %s", (_, line) => {
    expect(isLine(line)).toBe(false)
  })
})
