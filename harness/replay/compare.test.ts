// When two runs of a client are the same: ids bound as a bijection, audio as runs of bytes, time taken out.
import { describe, expect, it } from "vitest"
import type { WireEvent } from "../protocol/event.ts"
import { bound, createBijection, differenceOf } from "../trace/bijection.ts"
import type { Entry } from "../trace/trace.ts"
import type { LogEntry, LogItem } from "../wirelog/log.ts"
import { compare } from "./compare.ts"
import { wholeLog } from "./sessions.ts"

type Row = readonly [side: "client" | "server", event: WireEvent]

async function* itemsOf(rows: readonly Row[]): AsyncGenerator<LogItem> {
  for (const [at, [side, event]] of rows.entries()) {
    const entry: LogEntry = { line: at + 1, connection: 1, side, kind: "event", event }
    yield { kind: "entry", entry }
  }
}

const traceOf = (rows: readonly Row[]): Entry[] =>
  rows.map(([lane, event], index) => ({ index, at: 0, round: 0, lane, connection: 1, kind: "event", event }))

const compared = async (recorded: readonly Row[], played: readonly Row[]) =>
  compare(await wholeLog(itemsOf(recorded)), traceOf(played))

const create = (id: string): Row => [
  "client",
  { type: "response.create", event_id: id, response: { metadata: { id } } },
]
const append = (bytes: number): Row => [
  "client",
  { type: "input_audio_buffer.append", audio: Buffer.alloc(bytes).toString("base64") },
]
const commit: Row = ["client", { type: "input_audio_buffer.commit" }]
const created: Row = ["server", { type: "response.created", response: { id: "r", conversation_id: "c" } }]
const done: Row = ["server", { type: "response.done", response: { id: "r" } }]

describe("the same", () => {
  it("under other ids, each bound to one", async () => {
    expect(await compared([create("a"), create("b")], [create("x"), create("y")])).toBeUndefined()
  })

  it("with the audio cut otherwise", async () => {
    expect(await compared([append(100), append(50), commit], [append(30), append(120), commit])).toBeUndefined()
  })

  it("where audio was redacted to its length", async () => {
    const redacted: Row = ["client", { type: "input_audio_buffer.append", audio: "[audio 150 bytes 00ff]" }]
    expect(await compared([redacted, commit], [append(150), commit])).toBeUndefined()
  })

  it("when it is quicker, unless a response is active that was not", async () => {
    expect(await compared([created, done, create("a")], [created, done, create("x")])).toBeUndefined()
    expect(await compared([created, done, create("a")], [created, create("x"), done])).toMatchObject({
      line: 3,
      where: expect.stringContaining("while a response was active"),
    })
  })
})

describe("diverged", () => {
  it.each([
    ["one id for two", [create("a"), create("b")], [create("x"), create("x")], 2, "event_id"],
    ["another event", [create("a")], [commit], 1, "another event"],
    ["nothing more", [create("a"), commit], [create("a")], 2, "the client sent nothing more"],
    ["something more", [create("a")], [create("a"), commit], 1, "nothing more was recorded from the client"],
    ["less audio", [append(100), commit], [append(99), commit], 2, "99 bytes of audio before it, not 100"],
  ] as const)("%s, at its line", async (_, recorded, played, line, where) => {
    expect(await compared(recorded, played)).toMatchObject({ line, where })
  })
})

describe("ids", () => {
  it("are bound in both directions, and only where ids stand", () => {
    const ids = createBijection()
    expect(differenceOf({ item: { id: "a", text: "a" } }, { item: { id: "b", text: "a" } }, ids)).toBeUndefined()
    expect(differenceOf({ item: { id: "a", text: "a" } }, { item: { id: "b", text: "b" } }, ids)).toBe("item.text")
    expect(bound({ previous_item_id: "a", content: ["a", "c"] }, ids)).toEqual({
      previous_item_id: "b",
      content: ["b", "c"],
    })
  })

  it("differ where a member is missing, and not where it is null", () => {
    expect(differenceOf({ a: null }, {}, createBijection())).toBeUndefined()
    expect(differenceOf({ a: 1 }, {}, createBijection())).toBe("a")
  })
})
