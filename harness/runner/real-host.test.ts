// The runner with its real host: adapters that break their contract are broken, each with a sentence; subjects that do
// their worst fail with their trace, and their next case is played as if nothing had happened.
import { fileURLToPath } from "node:url"
import { describe, expect, it } from "vitest"
import { scenarios } from "../../scenarios/index.ts"
import type { CaseResult } from "./result.ts"
import { runSuite } from "./suite.ts"
import { knowingWatchdog } from "./watchdog-for-tests.ts"

const watchdog = knowingWatchdog()
const fixture = (path: string) => fileURLToPath(new URL(`../../fixtures/adapters/${path}.ts`, import.meta.url))
const erring = "error/unrelated-error-mid-stream"
const calm = "turn/text-turn"

/** The cases of an adapter file in these scenarios, in this order. */
function play(path: string, ids: readonly string[]): Promise<CaseResult[]> {
  const [, name = ""] = path.split("/")
  return runSuite({
    subjects: [{ name, version: "1.0.0", protocol: "realtime", installed: true, adapterFile: fixture(path) }],
    scenarios: ids.flatMap((id) => scenarios.filter((each) => each.id === id)),
    ...{ transport: "memory", seed: "1", strict: false, jobs: 1, watchdog },
  })
}

describe("a broken adapter", () => {
  it.each([
    ["throws-on-load", /^the client library is too old$/],
    ["exports-nothing", /^the adapter in .*exports-nothing\.ts is not an object; export `adapter` with name, /],
    ["claims-too-much", /claims the capability "telepathy", which does not exist; there are text-turn, /],
    ["throws-in-open", /^open\(\) threw TypeError: no client; report it through world\.report instead\.$/],
    ["throws-in-perform", /^perform\(\{ do: "connect" \}\) threw TypeError: cannot connect; report it through/],
    ["settles-what-it-never-opened", /^the adapter settled the future "reply 1", which it never opened$/],
  ])("%s: a sentence says so", async (name, sentence) => {
    const [result] = await play(`broken/${name}`, [calm])
    expect(result).toMatchObject({ verdict: "broken", scenario: calm, subject: name })
    expect(result?.because).toMatch(sentence)
  })

  it("that reports to a case that has ended is told of it in the case that runs", async () => {
    const [, ...later] = await play("broken/reports-too-late", [calm, calm, calm])
    const because = 'the adapter reported "state" after the case had ended'
    expect(later).toMatchObject([
      { verdict: "broken", because },
      { verdict: "broken", because },
    ])
  })
})

const crashesOf = ({ trace }: CaseResult) =>
  trace?.entries.flatMap((entry) => (entry.lane === "app" && entry.kind === "crash" ? [entry.how] : [])) ?? []

describe("a subject that does its worst when it is told of an error", () => {
  it.each([
    ["exits", ["exit", "uncaught-exception"], "process.exit(4)"],
    ["throws", ["uncaught-exception"], "the session has no id"],
    ["throws-in-listener", ["uncaught-exception"], "the error has no event"],
    ["rejects", ["unhandled-rejection"], "nobody awaits this"],
    ["loops", ["endless-loop"], "nothing came of the process"],
    ["loops-in-microtasks", ["endless-loop"], "nothing came of the process"],
    ["loops-in-immediates", ["endless-loop"], "still busy after"],
    ["floods", [], "it sent 5001 events"],
  ])("%s: its case fails with its trace, and the next passes", async (name, crashes, message) => {
    const [worst, next] = await play(`misbehaving/${name}`, [erring, calm])
    if (!worst) throw new Error("the case has no result")
    const [violation] = worst.violations.filter(({ invariant }) => invariant === "no-crash")
    expect(worst.verdict).toBe("fail")
    expect(violation?.message).toContain(message)
    expect(crashesOf(worst)).toEqual(crashes)
    expect(worst.trace?.entries[violation?.cause ?? 0]).toMatchObject({ lane: "server", kind: "event" })
    expect(next).toMatchObject({ verdict: "pass", violations: [] })
  })
})

it("a subject that leaves all behind does not disturb its own next case", async () => {
  const [first, second] = await play("misbehaving/clings", [calm, calm])
  expect(first?.violations.map(({ invariant }) => invariant)).toContain("close-is-clean")
  expect({ ...second, durationMs: 0 }).toEqual({ ...first, durationMs: 0 })
})
