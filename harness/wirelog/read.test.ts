// Every kind of log that is read, from samples; and what is damaged: named by its line, and the rest is read.
import { readFileSync } from "node:fs"
import fc from "fast-check"
import { describe, expect, it } from "vitest"
import type { LogEntry, LogItem } from "./log.ts"
import { type ReadOptions, readLog } from "./read.ts"
import { usualShape } from "./shape.ts"
import { entryLine, headerLine } from "./write.ts"

const samples = new URL("../../fixtures/wire-logs/samples/", import.meta.url)
const sample = (name: string) => readFileSync(new URL(name, samples), "utf8")

/** In pieces of any size, as a stream brings it. */
async function* pieces(text: string, size = 7) {
  const bytes = Buffer.from(text)
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size)
}

async function read(text: string, options: ReadOptions = {}, size?: number): Promise<LogItem[]> {
  const items: LogItem[] = []
  for await (const item of readLog(pieces(text, size), options)) items.push(item)
  return items
}

const entriesOf = (items: readonly LogItem[]) => items.flatMap((item) => (item.kind === "entry" ? [item.entry] : []))
const problemsOf = (items: readonly LogItem[]) => items.filter(({ kind }) => kind === "problem")
const typesOf = (entries: readonly LogEntry[]) =>
  entries.map((entry) => `${entry.side} ${entry.kind === "event" ? entry.event.type : entry.kind}`)

const turn = [
  "server session.created",
  "client conversation.item.create",
  "client response.create",
  "server conversation.item.added",
  "server conversation.item.done",
  "server response.created",
  "server response.done",
]

describe("what is read", () => {
  it("a HAR of Chrome's: only its WebSockets, with times and binary frames", async () => {
    const items = await read(sample("chrome.har"))
    const entries = entriesOf(items)
    expect(typesOf(entries)).toEqual(["client handshake", "server handshake", ...turn, "client binary"])
    expect(entries[3]?.atMs).toBeCloseTo(100, 0)
    expect(items[0]).toMatchObject({
      kind: "header",
      header: { end: "client", endpoint: expect.stringMatching(/^wss:/) },
    })
  })

  it("lines with a direction and an event, without times", async () => {
    const entries = entriesOf(await read(sample("plain.ndjson")))
    expect(typesOf(entries)).toEqual([...turn, "server close"])
    expect(entries.every(({ atMs }) => atMs === undefined)).toBe(true)
  })

  it("arrows and types, with the times that they tell", async () => {
    const entries = entriesOf(await read(sample("langwatch-demo.txt")))
    expect(typesOf(entries).slice(0, 3)).toEqual([
      "server session.created",
      "client session.update",
      "server session.updated",
    ])
    expect(entries.map(({ atMs }) => Math.round(atMs ?? -1)).slice(0, 3)).toEqual([0, 2, 65])
  })

  it("any JSON lines whose fields are named", async () => {
    const shape = { ...usualShape, side: ["channel"], event: ["frame_text"], client: ["egress"], server: ["ingress"] }
    const entries = entriesOf(await read(sample("gateway.ndjson"), { shape }))
    expect(typesOf(entries)).toEqual(turn)
    expect(entries.map(({ atMs }) => atMs)).toEqual([0, 100, 200, 300, 400, 500, 600])
  })

  it("events whose direction stands among their members", async () => {
    const [entry] = entriesOf(await read('{"direction":"sent","ts":5,"type":"response.create","response":{}}'))
    expect(entry).toMatchObject({ side: "client", event: { type: "response.create", response: {} } })
    expect(JSON.stringify(entry)).not.toContain("direction")
  })

  it("what rtspec wrote, whatever the pieces that it comes in", async () => {
    const number = fc.double({ min: 0, max: 1e7, noNaN: true }).map((ms) => Math.round(ms))
    const wire: fc.Arbitrary<object> = fc.oneof(
      fc.record({
        kind: fc.constant("event"),
        event: fc.record({ type: fc.string({ minLength: 1 }), x: fc.jsonValue() }),
      }),
      fc.record({ kind: fc.constant("text"), text: fc.string() }),
      fc.record({ kind: fc.constant("binary"), bytes: fc.nat() }),
      fc.record({ kind: fc.constant("close"), code: fc.integer({ min: 1000, max: 4999 }), reason: fc.string() }),
      fc.constantFrom({ kind: "drop" }, { kind: "ping" }, { kind: "pong" }),
      fc.record({ kind: fc.constant("handshake"), url: fc.webUrl(), status: fc.constantFrom(101, 401) }),
    )
    const about = fc.record({
      side: fc.constantFrom("client", "server"),
      connection: fc.integer({ min: 1, max: 9 }),
      atMs: number,
    })
    const entry = fc.tuple(about, wire).map(([one, other]) => ({ ...one, ...other }) as unknown as LogEntry)
    await fc.assert(
      fc.asyncProperty(fc.array(entry, { minLength: 1 }), fc.integer({ min: 1, max: 50 }), async (entries, size) => {
        const text = headerLine({ protocol: "realtime" }) + entries.map(entryLine).join("")
        const began = entries[0]?.atMs ?? 0
        const expected = entries.map((each, at) => ({ ...each, line: at + 2, atMs: (each.atMs ?? 0) - began }))
        expect(JSON.parse(JSON.stringify(entriesOf(await read(text, {}, size))))).toEqual(
          JSON.parse(JSON.stringify(expected)),
        )
      }),
      { numRuns: 60 },
    )
  })
})

describe("what is damaged", () => {
  const whole = sample("plain.ndjson")

  it("a log that is cut off is read up to there, and says so", async () => {
    const items = await read(whole.trimEnd().slice(0, -20))
    expect(entriesOf(items)).toHaveLength(7)
    expect(problemsOf(items)).toMatchObject([{ line: 8, message: expect.stringContaining("cut off") }])
  })

  it("a line that is no entry is named, and the rest is read", async () => {
    const lines = whole.trimEnd().split("\n")
    lines.splice(2, 0, "{ broken", '{"dir":"sideways","event":{"type":"x"}}', '{"dir":"client"}', "[1]", "%%%")
    const items = await read(`${lines.join("\n")}\n`)
    expect(entriesOf(items)).toHaveLength(8)
    expect(problemsOf(items).map((item) => "line" in item && item.line)).toEqual([3, 4, 5, 6, 7])
  })

  it.each([
    ["nothing", "", /no entry in it/],
    ["something else", "hello\n".repeat(30), /no wire log.*first 20 lines/],
    ["a later version", '{"rtspec":"wire-log","schemaVersion":9}\n', /schema version 9.*reads version 1/],
    [
      "a header that is wrong",
      '{"rtspec":"wire-log","schemaVersion":1,"protocol":"sip"}\n',
      /header is wrong: protocol/,
    ],
    ["a HAR without WebSockets", '{"log": {"entries": []}}', /no WebSocket messages/],
    ["half a HAR", '{"log": {"entries": [', /not whole JSON/],
  ])("%s is refused in one sentence", async (_, text, message) => {
    await expect(read(text)).rejects.toThrow(message)
  })

  it("never crashes, however it is damaged", async () => {
    const bytes = Buffer.from(whole)
    const damage = fc.array(fc.tuple(fc.nat(bytes.length - 1), fc.nat(255)), { minLength: 1, maxLength: 40 })
    await fc.assert(
      fc.asyncProperty(damage, fc.nat(bytes.length), async (changes, keep) => {
        const damaged = Uint8Array.from(bytes)
        for (const [at, byte] of changes) damaged[at] = byte
        const items: LogItem[] = []
        async function* chunks() {
          yield damaged.subarray(0, keep)
        }
        try {
          for await (const item of readLog(chunks())) items.push(item)
        } catch (error) {
          expect(error).toHaveProperty("name", "LogFault")
        }
        for (const item of items) expect(["header", "entry", "problem"]).toContain(item.kind)
      }),
      { numRuns: 300 },
    )
  })
})
