import { mkdtempSync, readdirSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { type ConformanceOptions, makeConformance } from "./conformance.ts"

const bareWs = fileURLToPath(new URL("../../fixtures/adapters/bare-ws.ts", import.meta.url))
const reference = fileURLToPath(new URL("../../adapters/reference/adapter.ts", import.meta.url))

interface Told {
  readonly name: string
  readonly run: (skip: (because: string) => void) => Promise<void>
}

/** The tests that conformance() makes, under their names, and what ends them. */
async function testsOf(adapter: string, options: ConformanceOptions) {
  const tests: Told[] = []
  const path: string[] = []
  const ends: (() => void)[] = []
  const conformance = makeConformance({
    async describe(name, body) {
      path.push(name)
      await body()
      path.pop()
    },
    it: (name, run) => void tests.push({ name: [...path.slice(1), name].join(" > "), run }),
    afterAll: (body) => void ends.push(body),
  })
  try {
    await conformance(adapter, options)
  } finally {
    endings.push(...ends)
  }
  return tests
}

async function outcome(tests: readonly Told[], name: string): Promise<string> {
  const found = tests.find((each) => each.name.includes(name))
  if (!found) throw new Error(`no test is called ${name}: ${tests.map((each) => each.name).join(", ")}`)
  const skips: string[] = []
  try {
    await found.run((because) => void skips.push(because))
  } catch (error) {
    return `fails: ${error instanceof Error ? error.message : error}`
  }
  return skips.length > 0 ? `skips: ${skips.join()}` : "passes"
}

const endings: (() => void)[] = []
const before = process.cwd()
// Failures are kept under the folder that one works in.
const folder = mkdtempSync(join(tmpdir(), "rtspec-conformance-"))
beforeAll(() => process.chdir(folder))
afterAll(() => {
  for (const end of endings) end()
  process.chdir(before)
  rmSync(folder, { recursive: true })
})

describe("conformance()", () => {
  it("makes a test of each scenario, which fails with its page, and skips what the client cannot do", async () => {
    const tests = await testsOf(bareWs, { scenarios: "turn/*" })
    expect(await outcome(tests, "turn > turn/text-turn: ")).toBe("passes")
    expect(await outcome(tests, "turn/two-texts-at-once")).toMatch(/^fails: \n✗ turn\/two-texts-at-once · bare-ws/)
    expect(await outcome(tests, "turn/text-turn-settles")).toMatch(/^skips: unsupported: /)
  })

  it("makes no test of generated stories that nobody asked for", async () => {
    const tests = await testsOf(bareWs, { scenarios: "turn/text-turn" })
    expect(tests.map(({ name }) => name.split(":")[0])).toEqual(["turn > turn/text-turn"])
  })

  it("makes a test of each invariant over generated stories, which fails with the least story, kept for replay", async () => {
    const tests = await testsOf(bareWs, { scenarios: "turn/text-turn", fuzz: { cases: 8, faults: "lawful" } })
    expect(await outcome(tests, "fuzz > plays 8 generated stories, seed 1")).toBe("passes")
    const said = await outcome(tests, "fuzz > one-active-response: ")
    expect(said).toContain("The story (2 of")
    const [, id = ""] = said.match(/npx rtspec replay (\S+) --adapter /) ?? []
    expect(readdirSync(join(".rtspec", "failures"))).toContain(id)
    expect(await outcome(tests, "fuzz > tool-runs-once: ")).toBe("passes")
  })

  it("skips what generated stories are known to break, and fails where they do not", async () => {
    const expected = { "one-active-response": "It has no guard.", "tool-runs-once": "It never did." }
    const fuzz = { cases: 8, faults: "lawful", expected } as const
    const tests = await testsOf(bareWs, { scenarios: "turn/text-turn", fuzz })
    expect(await outcome(tests, "fuzz > one-active-response: ")).toBe("skips: fail: It has no guard.")
    expect(await outcome(tests, "fuzz > tool-runs-once: ")).toContain("remove it from `expected` (“It never did.”)")
  })

  it("lets a client that keeps the rules pass them all", async () => {
    const tests = await testsOf(reference, { scenarios: "turn/text-turn", fuzz: 16 })
    for (const { name } of tests) expect(`${name}: ${await outcome(tests, name)}`).toBe(`${name}: passes`)
  })

  it("names what it cannot use", async () => {
    const options = { scenarios: "turn/text-turn" }
    await expect(testsOf(bareWs, { ...options, fuzz: 0 })).rejects.toThrow("a whole number of cases from 1, not 0")
    const expected = { "one-active-respons": "It has no guard." }
    await expect(testsOf(bareWs, { ...options, fuzz: { cases: 1, expected } })).rejects.toThrow(
      "the nearest are one-active-response",
    )
  })
})
