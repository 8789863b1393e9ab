// `rtspec shrink`: from a scenario that a real client fails to a repro file that replays, the same each time.
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest"
import { parseRepro } from "../script/repro.ts"
import { main } from "./main.ts"

let folder = ""
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "rtspec-test-"))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

async function rtspec(...args: string[]): Promise<{ code: number; said: string }> {
  let said = ""
  const note = (...parts: unknown[]) => {
    said += `${parts.join(" ")}\n`
  }
  const spies = [vi.spyOn(console, "log").mockImplementation(note), vi.spyOn(console, "error").mockImplementation(note)]
  const code = await main(args)
  for (const spy of spies) spy.mockRestore()
  return { code, said }
}
const failing = ["--subject", "openai-agents@0.8.0", "--scenario", "turn/text-during-a-reply"]
const id = "openai-agents-one-active-response-text-during-a-reply"

describe("rtspec shrink", () => {
  it("writes the least story that still fails, and replay plays it", async () => {
    const { code, said } = await rtspec("shrink", ...failing, "--out", folder)
    expect(said).toMatch(/: 3 of 6 steps, after \d+ tries\n {4}user\.says\("question"\)/)
    expect(code).toBe(0)
    expect(readdirSync(folder)).toEqual([`${id}.json`])
    const text = readFileSync(join(folder, `${id}.json`), "utf8")
    const parsed = parseRepro(text)
    expect(parsed).toMatchObject({ repro: { invariant: "one-active-response", subjectVersion: "0.8.0" } })
    await rtspec("shrink", ...failing, "--out", folder)
    expect(readFileSync(join(folder, `${id}.json`), "utf8")).toBe(text)
    const file = join(folder, `${id}.json`)
    expect((await rtspec("replay", file)).said).toContain(`FAILED  ${id} · openai-agents 0.8.0`)
    expect((await rtspec("replay", file, "--subject", "openai-agents@0.8.1")).said).toContain("FIXED")
  }, 60_000)

  it("shrinks for a client of one's own, too", async () => {
    const own = ["--adapter", "fixtures/adapters/bare-ws.ts"]
    const { code, said } = await rtspec("shrink", ...own, "--scenario", "turn/text-during-a-reply", "--out", folder)
    expect(said).toContain("one-active-response")
    expect(code).toBe(0)
    expect((await rtspec("shrink", ...own, "--out", folder)).said).toContain("name a --scenario that yours fails")
    const both = await rtspec("shrink", ...own, ...failing, "--out", folder)
    expect(both).toMatchObject({ code: 2, said: expect.stringContaining("give one of the two") })
  }, 60_000)

  it("refuses in one sentence what it cannot shrink", async () => {
    const refused = async (...args: string[]) => {
      const { code, said } = await rtspec("shrink", ...args, "--out", folder)
      expect(code).toBe(2)
      return said
    }
    expect(await refused("--subject", "openai-agnts")).toContain("the nearest are openai-agents")
    expect(await refused("--subject", "openai-agents*")).toContain("shrink takes one client")
    expect(await refused("--subject", "openai-agents", "--scenario", "turn/txt")).toContain("no scenario is called")
    expect(await refused("--subject", "reference")).toBe(
      "rtspec: reference has no ledger; name a --scenario that it fails.\n",
    )
    expect(await refused(...failing, "--invariant", "no-crash")).toBe(
      "rtspec: openai-agents 0.8.0 does not break no-crash in turn/text-during-a-reply: it breaks one-active-response.\n",
    )
    expect(readdirSync(folder)).toEqual([])
    writeFileSync(join(folder, "file"), "")
    const { code, said } = await rtspec("shrink", ...failing, "--out", join(folder, "file"))
    expect([code, said]).toEqual([2, expect.stringContaining("give --out another folder.")])
  }, 60_000)
})
