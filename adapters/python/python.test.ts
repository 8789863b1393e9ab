// Real Python clients, where they are installed: the same seed gives the same trace, and a time-out of ten seconds costs none.
import { describe, expect, it } from "vitest"
import { runSuite } from "../../harness/runner/suite.ts"
import { timeless } from "../../harness/trace/timeless.ts"
import { scenarios } from "../../scenarios/index.ts"
import { subjects } from "../index.ts"

const ids = ["turn/text-turn", "timeout/never-answered", "connection/reconnects-after-a-drop", "tools/one-call"]
const stories = scenarios.filter(({ id }) => ids.includes(id))
const latest = [
  ["livekit-python", "1.8.9"],
  ["openai-agents-python", "0.24.0"],
] as const

async function traces(name: string, version: string) {
  const results = await runSuite({
    subjects: [{ name, version, protocol: "realtime", installed: true }],
    scenarios: stories,
    transport: "memory",
    seed: "1",
    strict: false,
    jobs: 1,
    keepTraces: true,
  })
  return results.map(({ scenario, verdict, transport, trace }) => ({
    ...{ scenario, verdict, transport },
    trace: trace && timeless(trace),
  }))
}

describe("Python clients", () => {
  for (const [name, version] of latest) {
    const isInstalled = subjects.find((each) => each.name === name && each.version === version)?.installed() ?? false
    const title = `${name}@${version} does the same in another process`
    it.skipIf(!isInstalled)(isInstalled ? title : `${title} (not installed)`, async () => {
      const first = await traces(name, version)
      expect(first.filter(({ verdict }) => verdict === "broken" || verdict === "not-installed")).toEqual([])
      expect(first.some(({ transport, trace }) => transport === "process" && trace !== undefined)).toBe(true)
      expect(await traces(name, version)).toEqual(first)
    })
  }
})
