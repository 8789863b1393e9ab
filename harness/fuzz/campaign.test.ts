// A campaign over real processes: finds a planted bug, the same whoever plays; finds nothing in the reference; passes over
// what it knows; and is not stopped by a case that the process does not survive.
import { describe, expect, it } from "vitest"
import { reproText } from "../script/repro.ts"
import type { Failure, Flaky } from "./examine.ts"
import { type FuzzOptions, fuzzSubject } from "./fuzz.ts"
import { replayRepro } from "./replay.ts"
import { reproOf } from "./repro.ts"

const subjectOf = (name: string, protocol: "realtime" | "responses" = "realtime") =>
  ({ name, version: "1", protocol, installed: true }) as const

async function fuzzed(options: Pick<FuzzOptions, "subject"> & Partial<FuzzOptions>) {
  const failures: Failure[] = []
  const flaky: Flaky[] = []
  const result = await fuzzSubject({
    ...{ seed: "1", oracle: "all", jobs: 1, cases: 64, isOver: () => false, onProgress: () => {} },
    ...{ onFailure: (failure) => void failures.push(failure), onFlaky: (each) => void flaky.push(each) },
    ...options,
  })
  return { failures, flaky, result }
}

describe("a campaign", () => {
  it("finds a planted bug and shrinks it, byte for byte the same with one process or two", async () => {
    const subject = subjectOf("mutant/no-guard-on-create")
    const how = { subject, only: "one-active-response" }
    const [one, two] = [await fuzzed({ ...how, jobs: 1 }), await fuzzed({ ...how, jobs: 2 })]
    const texts = [one, two].map(({ failures }) => failures.map((failure) => reproText(reproOf(failure, "1"))))
    expect(texts[0]?.length).toBe(1)
    expect(texts[1]).toEqual(texts[0])
    const [failure] = one.failures
    if (!failure) throw new Error("nothing was found")
    expect(failure.invariant).toBe("one-active-response")
    expect(failure.tale.beats.length).toBeLessThanOrEqual(4)
    expect((await replayRepro(reproOf(failure, "1"), subject)).is).toBe("FAILED")
    expect((await replayRepro(reproOf(failure, "1"), subjectOf("reference"))).is).toBe("FIXED")
  }, 120_000)

  it("finds nothing in the reference clients", async () => {
    const [realtime, responses] = [
      await fuzzed({ subject: subjectOf("reference"), seed: "test" }),
      await fuzzed({ subject: subjectOf("reference-responses", "responses"), seed: "test" }),
    ]
    for (const { failures, flaky, result } of [realtime, responses]) {
      expect({ failures, flaky }).toEqual({ failures: [], flaky: [] })
      if (typeof result === "string") throw new Error(result)
      expect(result.progress.cases).toBe(64)
      expect(result.progress.transitions.size).toBeGreaterThan(10)
      expect(result.progress.verdicts.broken ?? 0).toBe(0)
    }
  }, 120_000)

  it("says why a subject cannot be fuzzed", async () => {
    expect((await fuzzed({ subject: subjectOf("nobody") })).result).toContain("no subject nobody@1")
    const absent = { ...subjectOf("livekit-realtime"), version: "1.9.0", installed: false }
    expect((await fuzzed({ subject: absent })).result).toContain("rtspec subjects install livekit-realtime@1.9.0")
  }, 30_000)
})
