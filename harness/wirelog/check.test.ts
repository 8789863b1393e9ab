// Recorded sessions break no rule; a log that is broken by hand is reported at that line, and to the side that broke it.
import { createReadStream, existsSync, readdirSync, readFileSync } from "node:fs"
import { join } from "node:path"
import { describe, expect, it } from "vitest"
import { checkLog, type LogReport, violationsOf } from "./check.ts"
import { readLogInBatches } from "./read.ts"

const recorded = join(import.meta.dirname, "../../../shared/wire-logs")
const names = existsSync(recorded) ? readdirSync(recorded).filter((name) => name.endsWith(".ndjson")) : []
const samples = join(import.meta.dirname, "../../fixtures/wire-logs/samples")

const checkFile = (file: string) => checkLog(readLogInBatches(createReadStream(file)))
async function checkText(lines: readonly string[]): Promise<LogReport> {
  async function* chunks() {
    yield `${lines.join("\n")}\n`
  }
  return checkLog(readLogInBatches(chunks()))
}
const said = (report: LogReport) => violationsOf(report).map(({ party, rule, line }) => `${party} ${rule} ${line}`)

const ofXai = [
  "audio-done-before-transcript-done",
  "client/unknown_parameter",
  "conversation-item-done-before-output-item-done",
]

/** What each log of another house does otherwise, and no more than that. */
const knownOf: Readonly<Record<string, readonly string[]>> = {
  "azure_voice_live_ws__tool_call_round.ndjson": [
    "client/unknown_parameter",
    "conversation-item-done-before-output-item-done",
    "item-repeats-its-parts",
  ],
  "xai_ws__session_resumption_after_drop.ndjson": [...ofXai, "streams-done-before-part-done"],
  "xai_ws__tool_call_round.ndjson": [...ofXai, "output-index-in-order", "streams-done-before-part-done"],
}

describe.skipIf(names.length === 0)("recorded sessions", () => {
  it.each(names)("%s checks without a violation", async (name) => {
    const report = await checkFile(join(recorded, name))
    expect(said(report)).toEqual([])
    expect(report.problems).toEqual([])
    const isOpenAi = name.startsWith("openai")
    expect(report.dialect).toBe(
      isOpenAi ? "openai" : name.startsWith("azure_ws") ? "azure" : name.startsWith("azure") ? "beta" : "xai",
    )
    expect([...new Set(report.breaks.map(({ rule }) => rule))].sort()).toEqual(knownOf[name] ?? [])
  })
})

describe("samples of each importer", () => {
  it.each(["chrome.har", "plain.ndjson", "langwatch-demo.txt"])("%s checks without a violation", async (name) => {
    expect(said(await checkFile(join(samples, name)))).toEqual([])
  })
})

describe("a log that is broken by hand", () => {
  const lines = readFileSync(join(samples, "plain.ndjson"), "utf8").trimEnd().split("\n")
  const [session = "", say = "", create = "", added = "", done = "", created = "", ended = ""] = lines
  const turn = [session, say, create, added, done, created, ended]
  const delta = JSON.stringify({
    dir: "server",
    event: {
      type: "response.output_text.delta",
      event_id: "event_9",
      response_id: "resp_1",
      item_id: "i",
      output_index: 0,
      content_index: 0,
      delta: "x",
    },
  })

  const server = (event: object) => JSON.stringify({ dir: "server", event: { event_id: "event_90", ...event } })

  it("two creates in flight", async () => {
    expect(said(await checkText([session, say, create, create, added, done, created, ended]))).toEqual([
      "client one-active-response 4",
    ])
  })

  it("a create while a response is known to be active", async () => {
    const quiet = [1, 2, 3, 4].map((number) =>
      JSON.stringify({
        dir: "server",
        event: { type: "rate_limits.updated", event_id: `r${number}`, rate_limits: [] },
      }),
    )
    expect(said(await checkText([session, say, create, added, done, created, ...quiet, create]))).toEqual([
      "client one-active-response 11",
    ])
  })

  it("but a create that may have crossed response.created is nobody's fault", async () => {
    expect(said(await checkText([session, created.replace("resp_1", "resp_0"), create]))).toEqual([
      "server response-has-a-cause 2",
    ])
  })

  it("nor is one that may have crossed it on a busy line, whatever has long been read", async () => {
    const limits = (number: number) => server({ type: "rate_limits.updated", event_id: `r${number}`, rate_limits: [] })
    const at = (ms: number, line: string) => JSON.stringify({ at: ms, ...JSON.parse(line) })
    const before = [session, say, create, added, done].map((line) => at(0, line))
    const busy = Array.from({ length: 20 }, (_, number) => at(1_000 + 100 * number, limits(number)))
    const turnOfTheServers = at(3_000, created.replace("resp_1", "resp_0"))
    const crossed = await checkText([
      ...before,
      at(1, created),
      at(2, ended),
      ...busy,
      turnOfTheServers,
      at(3_500, create),
    ])
    expect(said(crossed).filter((each) => each.startsWith("client"))).toEqual([])
    const read = await checkText([
      ...before,
      at(1, created),
      at(2, ended),
      ...busy,
      turnOfTheServers,
      at(4_100, create),
    ])
    expect(said(read).filter((each) => each.startsWith("client"))).toEqual(["client one-active-response 29"])
  })

  it("a second response.done", async () => {
    const again = ended.replace("event_5", "event_6")
    expect(said(await checkText([...turn, again]))).toEqual(["server response-done-once 8"])
  })

  it("a delta after response.done", async () => {
    expect(said(await checkText([...turn, delta]))).toContain("server nothing-after-response-done 8")
  })

  const item = { id: "item_9", type: "message", role: "assistant", status: "in_progress", content: [] }
  const outputAdded = { type: "response.output_item.added", response_id: "resp_1", output_index: 0, item }
  const listed = { type: "conversation.item.added", previous_item_id: null, item }
  const partAdded = {
    ...{ type: "response.content_part.added", response_id: "resp_1", item_id: "item_9", output_index: 0 },
    ...{ content_index: 0, part: { type: "text", text: "" } },
  }
  const words = { ...partAdded, type: "response.output_text.delta", part: undefined, delta: "x" }

  it.each([
    ["a response that was never created", { ...words, response_id: "resp_7" }, "response-created-first"],
    ["an item that was never added", words, "item-added-first"],
    [
      "a done of a response that was never created",
      { ...JSON.parse(ended).event, response: { id: "resp_7" } },
      "response-created-first",
    ],
    ["an event_id for the second time", { type: "rate_limits.updated", event_id: "event_1" }, "event-id-unique"],
    ["an update that nobody asked for", { type: "session.updated", session: {} }, "session-updated-answers-update"],
    ["a second session.created", { type: "session.created", session: {} }, "session-created-once"],
  ])("an event of %s", async (_, event, rule) => {
    const report = await checkText([session, say, create, added, done, created, server(event)])
    expect(said(report)).toEqual([`server ${rule} 7`])
  })

  it("a part that was never added, and a stream that goes on after its end", async () => {
    const before = [session, say, create, added, done, created, server(outputAdded)]
    const heard = server({ ...listed, event_id: "event_91" })
    const report = await checkText([...before, heard, server({ ...words, event_id: "event_92" })])
    expect(said(report)).toEqual(["server part-added-first 9"])
    const whole = [partAdded, words, { ...words, type: "response.output_text.done", text: "x" }, words]
    const streamed = whole.map((event, at) => server({ ...event, event_id: `event_${92 + at}` }))
    expect(said(await checkText([...before, heard, ...streamed]))).toEqual(["server delta-before-done 12"])
  })

  it("of many sessions in one log, each is judged by itself, in whatever order their lines come", async () => {
    const on = (connection: number) => (line: string) => JSON.stringify({ connection, ...JSON.parse(line) })
    const good = turn.map(on(1))
    const bad = [session, say, create, create, added, done, created, ended].map(on(2))
    const mixed = bad.flatMap((line, at) => [line, ...good.slice(at, at + 1)])
    expect(said(await checkText(mixed))).toEqual(["client one-active-response 7"])
  })

  it("a type that nobody knows, sent by the client", async () => {
    const strange = JSON.stringify({ dir: "client", event: { type: "response.begin" } })
    expect(said(await checkText([session, strange]))).toEqual([expect.stringMatching(/^client client\/.* 2$/)])
  })

  it("is told once for each rule, and counted beyond five", async () => {
    const deltas = Array.from({ length: 9 }, (_, at) => delta.replace("event_9", `event_${20 + at}`))
    const report = await checkText([...turn, ...deltas])
    expect(report.breaks.filter(({ rule }) => rule === "nothing-after-response-done")).toHaveLength(5)
    expect(report.more["nothing-after-response-done"]).toBe(4)
  })
})

it("says what it could not judge", async () => {
  const report = await checkFile(join(samples, "plain.ndjson"))
  expect(report.judged).toEqual(["one-active-response"])
  expect(report.notJudged).toContain("futures-settle-once")
  expect((await checkFile(join(samples, "langwatch-demo.txt"))).bare).toBe(14)
})

describe("a log that goes on and on", () => {
  const events = (number: number) => {
    const id = `resp_${number}`
    const begun = { id, conversation_id: "conv_1", status: "in_progress", output: [] }
    const ended = { ...begun, status: "completed" }
    return [
      { dir: "client", event: { type: "response.create" } },
      { dir: "server", event: { event_id: `event_${number}`, type: "response.created", response: begun } },
      { dir: "server", event: { event_id: `end_${number}`, type: "response.done", response: ended } },
    ].map((line) => JSON.stringify(line))
  }
  const session = JSON.stringify({ dir: "server", event: { type: "session.created", event_id: "s", session: {} } })
  const turns = Array.from({ length: 3_000 }, (_, at) => events(at)).flat()

  it("is judged to its end, on one connection", async () => {
    const twice = JSON.stringify({ dir: "client", event: { type: "response.create" } })
    const report = await checkText([session, ...turns, twice, twice])
    expect(said(report)).toEqual([`client one-active-response ${turns.length + 3}`])
    expect(report.breaks[0]?.causeLine).toBe(turns.length + 2)
  })

  it("tells a break once, though what stood around it is kept to be shown", async () => {
    const [create = "", ...answers] = [events(-1), events(-2).slice(1)].flat()
    const report = await checkText([session, ...turns.slice(0, 495), create, create, ...answers, ...turns.slice(495)])
    expect(said(report)).toEqual(["client one-active-response 498"])
    expect(report.breaks[0]?.window.map(({ at }) => at)).toContain(498)
  })
})
