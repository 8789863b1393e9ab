// The runner against a fake subject's process that hangs, exits, dies and talks nonsense: each case gets its result, the
// run goes on, and no process outlives it.
import { fileURLToPath } from "node:url"
import { describe, expect, it } from "vitest"
import { scenario } from "../script/scenario.ts"
import type { CaseResult } from "./result.ts"
import { runSuite, type SuiteOptions, type SuiteSubject } from "./suite.ts"
import type { Watchdog } from "./watchdog.ts"
import { knowingWatchdog } from "./watchdog-for-tests.ts"

const hostFile = fileURLToPath(new URL("../../fixtures/hosts/misbehaving.mjs", import.meta.url))
const watchdog = knowingWatchdog()

const story = (id: string) =>
  scenario({
    ...{ id, title: "What the client owes here", cites: ["session.created"], grade: "documented", source: "a test" },
    ...{ needs: [], judgedBy: ["no-crash"], story: [] },
  })
const subject = (name: string, more: Partial<SuiteSubject> = {}): SuiteSubject => ({
  ...{ name, version: "1", protocol: "realtime", installed: true, ...more },
})

function play(subjects: readonly string[], ids: readonly string[], more: Partial<SuiteOptions> = {}) {
  return runSuite({
    ...{ subjects: subjects.map((name) => subject(name)), scenarios: ids.map(story), transport: "memory", seed: "s" },
    ...{ strict: false, jobs: 2, hostFile, limitMs: 7000, watchdog, ...more },
  })
}

const isAlive = (pid: number) => {
  try {
    return process.kill(pid, 0)
  } catch {
    return false
  }
}
/** A killed process is gone a moment later; the test's own limit ends the wait for one that stays. */
async function gone(pid: number) {
  while (isAlive(pid)) await new Promise((resolve) => setTimeout(resolve, 5))
}
const pidIn = ({ because }: CaseResult) => Number(/\d+/.exec(because)?.[0])
const brief = (results: readonly CaseResult[]) => results.map(({ scenario, verdict }) => `${scenario} ${verdict}`)

describe("a suite", () => {
  it("keeps one process for all cases of a subject, and ends it", async () => {
    const results = await play(["a", "b"], ["turn/one", "turn/two"])
    expect(brief(results)).toEqual(["turn/one pass", "turn/two pass", "turn/one pass", "turn/two pass"])
    const [one, two, three, four] = results.map(pidIn)
    expect([one === two, three === four, one === three]).toEqual([true, true, false])
    await Promise.all(results.map((each) => gone(pidIn(each))))
  })

  it("kills a process that loops for ever, plays the case again for its trace, and goes on", async () => {
    const [before, hung, after] = await play(["a"], ["turn/one", "turn/hangs", "turn/two"])
    expect([before?.verdict, after?.verdict]).toEqual(["pass", "pass"])
    expect(hung).toMatchObject({
      verdict: "fail",
      violations: [
        {
          invariant: "no-crash",
          message: "The subject must survive what the server sends; nothing came of the process for 7 s of real time.",
          cause: 1,
          offence: 3,
        },
      ],
    })
    expect(hung?.trace?.entries.map((entry) => entry.kind)).toEqual(["state", "accepted", "state", "crash"])
    expect(hung?.trace?.entries.at(-1)).toMatchObject({ index: 3, at: 20, lane: "app", how: "endless-loop" })
  })

  it("keeps what was written of a trace when its last entry is torn", async () => {
    const [hung] = await play(["a"], ["turn/hangs-mid-entry"])
    expect(hung?.trace?.entries.map((entry) => entry.kind)).toEqual(["state", "accepted", "state", "crash"])
  })

  it("makes an exit and a signal the subject's failure, with its last words", async () => {
    const [exits, dies, after] = await play(["a"], ["turn/exits", "turn/dies", "turn/two"])
    expect(exits?.violations[0]?.message).toContain("the process ended with code 3; it had printed: last words")
    expect(exits?.trace?.entries.at(-1)).toMatchObject({ kind: "crash", how: "exit" })
    expect(dies?.violations[0]?.message).toContain("the process was ended by SIGTERM")
    expect(dies?.trace?.entries).toMatchObject([{ kind: "crash", how: "killed" }])
    expect(after?.verdict).toBe("pass")
  })

  it("takes the blame only for a host that gave up, not for one that prints so", async () => {
    const results = await play(["a"], ["turn/host-gives-up", "turn/lies-about-its-code"])
    expect(brief(results)).toEqual(["turn/host-gives-up broken", "turn/lies-about-its-code fail"])
  })

  it("passes over messages that are no answers", async () => {
    const results = await play(["junk-first"], ["turn/sends-junk", "turn/two"])
    expect(brief(results)).toEqual(["turn/sends-junk pass", "turn/two pass"])
  })

  it("lives with a process whose channel closes", async () => {
    const results = await play(["a"], ["turn/passes-then-leaves", "turn/two", "turn/three"])
    expect(brief(results)).toEqual(["turn/passes-then-leaves pass", "turn/two fail", "turn/three pass"])
    await gone(pidIn(results[0] as CaseResult))
  })

  it("makes every case of a subject that cannot be used broken, with the sentence", async () => {
    const results = await play(["unusable", "a"], ["turn/one", "turn/two"])
    expect(brief(results)).toEqual(["turn/one broken", "turn/two broken", "turn/one pass", "turn/two pass"])
    expect(results[0]?.because).toMatch(/^it has no name/)
    await Promise.all(results.map((each) => gone(pidIn(each))))
  })

  it("says so when a process is lost while it opens", async () => {
    const [dies, hangs] = await play(["dies-on-open", "hangs-on-open"], ["turn/one"], { jobs: 1 })
    expect(dies).toMatchObject({
      verdict: "broken",
      because: "its process was lost while it was opened: the process ended with code 1",
    })
    expect(hangs).toMatchObject({ verdict: "broken" })
    expect(hangs?.because).toContain("nothing came of the process for 7 s")
  })

  it("has a row for what is not installed", async () => {
    const results = await play([], ["turn/one"], { subjects: [subject("absent", { installed: false })] })
    expect(brief(results)).toEqual(["turn/one not-installed"])
  })

  it("keeps the order subjects × scenarios, however long each takes", async () => {
    const results = await play(["a", "b"], ["turn/exits", "turn/one"])
    expect(brief(results)).toEqual(["turn/exits fail", "turn/one pass", "turn/exits fail", "turn/one pass"])
  })

  it("ends all processes when it is aborted, and starts no more", async () => {
    const abort = new AbortController()
    const told: CaseResult[] = []
    const onResult = (result: CaseResult) => {
      told.push(result)
      abort.abort()
    }
    const more = { signal: abort.signal, onResult, jobs: 1 }
    const results = await play(["a", "b", "c"], ["turn/one", "turn/hangs"], more)
    expect(results).toEqual(told)
    expect(brief(results)).toEqual(["turn/one pass"])
    await Promise.all(told.map((each) => gone(pidIn(each))))
  })

  it("ends the process of a case that is being played again when it is aborted", async () => {
    const abort = new AbortController()
    let loops = 0
    const neverTwice: Watchdog = (limitMs, expired) =>
      watchdog(limitMs, () => {
        loops += 1
        if (loops === 1) expired()
        else abort.abort()
      })
    const results = await play(["a"], ["turn/hangs", "turn/two"], { signal: abort.signal, watchdog: neverTwice })
    expect(results).toEqual([])
  })
})
