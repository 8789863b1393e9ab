// Same seed, same trace: whatever was played before, for the reference client and for a real one; and over real sockets,
// once time is taken out. Played by the real host in processes of their own.
import { mkdtempSync, readFileSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { afterAll, beforeAll, expect, it } from "vitest"
import { scenarios } from "../../scenarios/index.ts"
import type { Scenario } from "../script/scenario.ts"
import { timeless } from "../trace/timeless.ts"
import type { Trace } from "../trace/trace.ts"
import type { OpenMessage } from "./messages.ts"
import { defaultHost, startSubject } from "./subject-process.ts"
import { realWatchdog } from "./watchdog.ts"

let folder = ""
let referenceOnce: ReadonlyMap<string, string> = new Map()
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "rtspec-test-"))
  referenceOnce = await traces(reference, realtime)
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const reference = { subject: "reference", version: "1" }
const agents = { subject: "openai-agents", version: "0.20.0" }
const realtime = scenarios.filter(({ protocol = "realtime" }) => protocol === "realtime")
let runs = 0

/** Each scenario's trace as the host wrote it, an entry a line; empty where the subject cannot play it. */
async function traces(
  subject: Pick<OpenMessage, "subject" | "version">,
  played: readonly Scenario[],
  transport: OpenMessage["transport"] = "memory",
): Promise<ReadonlyMap<string, string>> {
  const run = ++runs
  const options = { hostFile: defaultHost, limitMs: 60_000, watchdog: realWatchdog }
  const child = await startSubject({ type: "open", ...subject, transport }, options)
  if (typeof child === "string") throw new Error(child)
  const found = new Map<string, string>()
  for (const [number, { id: scenario }] of played.entries()) {
    const traceTo = join(folder, `${run}-${number}`)
    const answer = await child.run({
      type: "case",
      number,
      scenario,
      seed: "1",
      strict: true,
      dialect: "openai",
      traceTo,
    })
    if ("lost" in answer) throw new Error(`${scenario}: ${answer.message}`)
    found.set(scenario, answer.verdict === "unsupported" ? "" : readFileSync(traceTo, "utf8"))
  }
  child.stop()
  return found
}

const differing = (one: ReadonlyMap<string, string>, other: ReadonlyMap<string, string>, as = (text: string) => text) =>
  [...one].filter(([id, text]) => as(text) !== as(other.get(id) ?? "")).map(([id]) => id)

const withoutTime = (text: string) => {
  const entries: Trace["entries"] = text
    .split("\n")
    .filter(Boolean)
    .map((line) => JSON.parse(line))
  return timeless({ entries } as Trace)
}

it.each([reference, agents])("$subject $version: a case is the same after any other", async (subject) => {
  const [forwards, backwards] = await Promise.all([
    subject === reference ? referenceOnce : traces(subject, realtime),
    traces(subject, realtime.toReversed()),
  ])
  expect([...forwards.values()].filter((text) => text !== "").length).toBeGreaterThan(40)
  expect(differing(forwards, backwards)).toEqual([])
})

it("the reference client: real sockets change the time of things and nothing else", async () => {
  expect(differing(referenceOnce, await traces(reference, realtime, "loopback"), withoutTime)).toEqual([])
})
