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

describe.skipIf(names.length === 0)("recorded sessions", () => {
  it.each(names)("%s checks without a violation", async (name) => {
    const report = await checkFile(join(recorded, name))
    expect(said(report)).toEqual([])
    expect(report.problems).toEqual([])
    const isOpenAi = name.startsWith("openai")
    expect(report.dialect).toBe(
      isOpenAi ? "openai" : name.startsWith("azure_ws") ? "azure" : name.startsWith("azure") ? "beta" : "xai",
    )
    if (isOpenAi) expect(report.breaks).toEqual([])
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

  it("a second response.done", async () => {
    const again = ended.replace("event_5", "event_6")
    expect(said(await checkText([...turn, again]))).toEqual(["server response-done-once 8"])
  })

  it("a delta after response.done", async () => {
    expect(said(await checkText([...turn, delta]))).toContain("server nothing-after-response-done 8")
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
