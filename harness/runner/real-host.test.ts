// The runner with its real host: adapters that break their contract are broken, each with a sentence; subjects that do
// their worst fail with their trace, and their next case is played as if nothing had happened.
import { fileURLToPath } from "node:url"
import { beforeAll, describe, expect, it } from "vitest"
import { scenarios } from "../../scenarios/index.ts"
import type { CaseResult } from "./result.ts"
import { runSuite } from "./suite.ts"
import { knowingWatchdog } from "./watchdog-for-tests.ts"

const watchdog = knowingWatchdog()
const fixture = (path: string) => fileURLToPath(new URL(`../../fixtures/adapters/${path}.ts`, import.meta.url))
const erring = "error/unrelated-error-mid-stream"
const calm = "turn/text-turn"

const broken = [
  "throws-on-load",
  "exports-nothing",
  "claims-too-much",
  "throws-in-open",
  "throws-in-perform",
  "settles-what-it-never-opened",
  "reports-too-late",
]
const alive = ["exits", "throws", "throws-in-listener", "rejects", "loops-in-immediates", "floods", "clings"]
const hung = ["loops", "loops-in-microtasks"]

/** Each adapter's cases, in this order: a calm one, one with an error, and the calm one again. */
async function play(paths: readonly string[], jobs: number): Promise<CaseResult[]> {
  return runSuite({
    subjects: paths.map((path) => ({
      ...{ name: path.replace(/.*\//, ""), version: "1.0.0", protocol: "realtime", installed: true },
      adapterFile: fixture(path),
    })),
    scenarios: [calm, erring, calm].flatMap((id) => scenarios.filter((each) => each.id === id)),
    ...{ transport: "memory", seed: "1", strict: false, jobs, watchdog },
  })
}

let results: readonly CaseResult[] = []
beforeAll(async () => {
  const quick = [...broken.map((name) => `broken/${name}`), ...alive.map((name) => `misbehaving/${name}`)]
  results = [
    ...(await play(quick, 2)),
    ...(await play(
      hung.map((name) => `misbehaving/${name}`),
      1,
    )),
  ]
})

/** The three cases of an adapter; the time they took is nobody's business. */
function casesOf(name: string): [CaseResult, CaseResult, CaseResult] {
  const [before, worst, after] = results
    .filter(({ subject }) => subject === name)
    .map((result) => ({ ...result, durationMs: 0 }))
  if (!before || !worst || !after) throw new Error(`${name} has not three results`)
  return [before, worst, after]
}

describe("a broken adapter", () => {
  it.each([
    ["throws-on-load", /^the client library is too old$/],
    ["exports-nothing", /^the adapter in .*exports-nothing\.ts is not an object; export `adapter` with name, /],
    ["claims-too-much", /claims the capability "telepathy", which does not exist; there are text-turn, /],
    ["throws-in-open", /^open\(\) threw TypeError: no client; report it through world\.report instead\.$/],
    ["throws-in-perform", /^perform\(\{ do: "connect" \}\) threw TypeError: cannot connect; report it through/],
    ["settles-what-it-never-opened", /^the adapter settled the future "reply 1", which it never opened$/],
  ])("%s: a sentence says so", (name, sentence) => {
    for (const { verdict, because } of casesOf(name)) {
      expect(verdict).toBe("broken")
      expect(because).toMatch(sentence)
    }
  })

  it("that reports to a case that has ended is told of it in the case that runs", () => {
    const [, ...later] = casesOf("reports-too-late")
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
  ])("%s: its case fails with its trace, and the next is played as if nothing had been", (name, crashes, message) => {
    const [before, worst, after] = casesOf(name)
    const [violation] = worst.violations.filter(({ invariant }) => invariant === "no-crash")
    expect(worst.verdict).toBe("fail")
    expect(violation?.message).toContain(message)
    expect(crashesOf(worst)).toEqual(crashes)
    expect(worst.trace?.entries[violation?.cause ?? 0]).toMatchObject({ lane: "server", kind: "event" })
    expect(before).toMatchObject({ verdict: "pass", violations: [] })
    expect(after).toEqual(before)
  })
})

it("a subject that leaves all behind does not disturb its own next case", () => {
  const [before, , after] = casesOf("clings")
  expect(before.violations.map(({ invariant }) => invariant)).toContain("close-is-clean")
  expect(after).toEqual(before)
})
