// Every kind of log that is read, from samples; and what is damaged: named by its line, and the rest is read.
import { readFileSync } from "node:fs"
import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { logPage } from "../report/log-page.ts"
import { checkLog } from "./check.ts"
import type { LogEntry, LogItem } from "./log.ts"
import { type ReadOptions, readLog, readLogInBatches } from "./read.ts"
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

  const bytes = Buffer.from(whole)
  const lines = whole.trimEnd().split("\n")
  const secrets = ["sk-proj-abcdef123456", "ann@example.com", "+4930123456789", "Bearer abc.def-123456"]
  const hiding = lines.map((line) => line.replace(/"(hello|Hi|text)"/g, () => `"${secrets.join(" ")}"`))
  const asBytes = (some: readonly string[]) => Buffer.from(some.join("\n"))
  const texts = fc.constantFrom(...lines, ...hiding, "", "{", "[1]", '{"dir":"client"}', "→ SEND response.create")
  /** Truncated, bytes changed, lines in any order and more than once, of several logs, binary, huge, and no log at all. */
  const damaged: fc.Arbitrary<Uint8Array> = fc.oneof(
    fc.nat(bytes.length).map((keep) => bytes.subarray(0, keep)),
    fc.array(fc.tuple(fc.nat(bytes.length - 1), fc.nat(255)), { minLength: 1, maxLength: 40 }).map((changes) => {
      const copy = Uint8Array.from(bytes)
      for (const [at, byte] of changes) copy[at] = byte
      return copy
    }),
    fc.shuffledSubarray(lines).map(asBytes),
    fc.array(texts, { maxLength: 60 }).map(asBytes),
    fc.uint8Array({ maxLength: 4_000 }),
    fc.string({ maxLength: 2_000, unit: "binary" }).map((text) => Buffer.from(text)),
    fc.jsonValue({ maxDepth: 4 }).map((value) => Buffer.from(`{"log": ${JSON.stringify(value)}}`)),
    fc
      .array(fc.jsonValue({ maxDepth: 3 }), { maxLength: 30 })
      .map((all) => asBytes(all.map((each) => JSON.stringify(each)))),
    fc
      .array(
        fc.record({
          dir: fc.constantFrom("client", "server"),
          event: fc.record({ type: texts, response: fc.jsonValue() }),
        }),
      )
      .map((all) => asBytes(all.map((each) => JSON.stringify(each)))),
    fc.integer({ min: 1, max: 30 }).map((size) => Buffer.concat([bytes, Buffer.alloc(size * 100_000, 120), bytes])),
  )

  /** What is told of it: a report, or why there is none. */
  async function told(damage: Uint8Array, size: number): Promise<string> {
    async function* chunks() {
      for (let at = 0; at < damage.length; at += size) yield damage.subarray(at, at + size)
    }
    try {
      const report = await checkLog(readLogInBatches(chunks()))
      return `${logPage("call.ndjson", report, 100).join("\n")}\n${JSON.stringify(report)}`
    } catch (error) {
      expect(error).toHaveProperty("name", "LogFault")
      return error instanceof Error ? error.message : ""
    }
  }

  it("never crashes and never tells a secret, however it is damaged", { timeout: 60_000 }, async () => {
    await fc.assert(
      fc.asyncProperty(damaged, fc.integer({ min: 1_000, max: 300_000 }), async (damage, size) => {
        const said = await told(damage, size)
        for (const secret of secrets) expect(said).not.toContain(secret)
      }),
      { numRuns: 400, seed: 6 },
    )
  })

  it("tells a secret of a log that is whole and breaks rules no more than of one that does not", async () => {
    const event = (type: string, more: object) =>
      JSON.stringify({ dir: "server", event: { type, event_id: "e", ...more } })
    const page = await told(
      asBytes([
        event("response.output_text.delta", { response_id: secrets[0], delta: secrets.join(" ") }),
        event("response.done", { response: { id: secrets[1], status: secrets[3] } }),
        JSON.stringify({ dir: "client", event: { type: secrets[0], [`${secrets[1]}`]: secrets[2] } }),
      ]),
      1_000,
    )
    expect(page).toContain("response-created-first")
    for (const secret of secrets) expect(page).not.toContain(secret)
  })

  it("a line that is longer than any log's is left out, and the lines after it keep their numbers", {
    timeout: 60_000,
  }, async () => {
    const long = Buffer.alloc(65 * 1024 * 1024, 120)
    async function* chunks() {
      yield Buffer.from(`${lines[0]}\n`)
      yield long
      yield Buffer.from(`\n${lines[1]}\n`)
    }
    const items: LogItem[] = []
    for await (const item of readLog(chunks())) items.push(item)
    expect(problemsOf(items)).toMatchObject([{ line: 2 }])
    expect(entriesOf(items).map(({ line }) => line)).toEqual([1, 3])
  })
})
