// A log told again as a scenario: the file loads, passes the linter, and is a story that clients live through.
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from "node:fs"
import { tmpdir } from "node:os"
import { join, resolve } from "node:path"
import { pathToFileURL } from "node:url"
import { afterAll, describe, expect, it } from "vitest"
import { chunksOf } from "../cli/check.ts"
import { playForTests } from "../runner/world-for-tests.ts"
import { catalogue } from "../script/lint.ts"
import type { Scenario } from "../script/scenario.ts"
import { readLog } from "../wirelog/read.ts"
import { saveLog } from "./save.ts"
import { wholeLog } from "./sessions.ts"

const repository = resolve(import.meta.dirname, "../..")
const root = mkdtempSync(join(tmpdir(), "rtspec-save-"))
symlinkSync(join(repository, "harness"), join(root, "harness"))
mkdirSync(join(root, "scenarios"))
afterAll(() => rmSync(root, { recursive: true }))

const play = playForTests()
const logOf = async (name: string) =>
  wholeLog(readLog(await chunksOf(join(repository, "fixtures/wire-logs", `${name}.ndjson`))))

async function saved(fixture: string, name: string) {
  const protocol = fixture.startsWith("responses") ? "responses" : "realtime"
  const files = saveLog(await logOf(fixture), { name, protocol, root })
  const text = readFileSync(join(root, files.scenario), "utf8")
  const module: { default: Scenario } = await import(pathToFileURL(join(root, files.scenario)).href)
  return { ...files, text, scenario: module.default }
}

describe("a saved log", () => {
  it.each([
    ["tools-one-call.openai-agents", "tools/saved-call"],
    ["turn-text-during-a-reply.openai-agents", "turn/saved-turn"],
    ["interleave-out-of-band-beside-a-reply.reference", "interleave/saved-beside"],
    ["audio-spoken-turn.openai-agents", "audio/saved-speech"],
    ["error-names-the-request.reference", "error/saved-error"],
  ])("%s is a scenario that the reference client passes", async (fixture, name) => {
    const { scenario } = await saved(fixture, name)
    expect(catalogue([scenario])).toHaveLength(1)
    const result = await play(scenario)
    expect(result.violations).toEqual([])
    expect(result.verdict).toBe("pass")
  })

  it("reads as a person would write it", async () => {
    const { text, fixture } = await saved("tools-one-call.openai-agents", "tools/saved-again")
    expect(text.slice(text.indexOf("  story:"))).toBe(`  story: [
    user.says("weather"),
    client.mustSend("response.create"),
    server.startsResponse(weatherReply, { for: "weather" }),
    server.callsTool(weatherReply, "lookup"),
    client.mustSend("conversation.item.create"),
    server.finishes(weatherReply),
    client.mustSend("response.create"),
    server.replies(weatherReply2, { for: "weather" }),
    user.mustHear(weatherReply2),
  ],
})
`)
    expect(existsSync(join(root, fixture))).toBe(true)
  })

  it("is written over nothing, and under a name of the catalogue's form alone", async () => {
    const log = await logOf("error-names-the-request.reference")
    saveLog(log, { name: "error/once", protocol: "realtime", root })
    expect(() => saveLog(log, { name: "error/once", protocol: "realtime", root })).toThrow(/is there already/)
    expect(() => saveLog(log, { name: "../evil", protocol: "realtime", root })).toThrow(/--save takes a name/)
  })
})
