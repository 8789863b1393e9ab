// How time and processes are shared out: whoever is done early leaves its time to the others.
import { describe, expect, it } from "vitest"
import { type Share, shareOut } from "./fuzz-share.ts"
import type { Target } from "./fuzz-targets.ts"

const target = (name: string, more: Partial<Target> = {}): Target => ({
  subject: { name, version: "1", protocol: "realtime", installed: true },
  isCanary: false,
  ...more,
})

interface Played extends Share {
  readonly name: string
  readonly at: number
}

/** Each play takes what `needs` says, or all the time that it is given; who has had what it needs is found. */
async function share(targets: readonly Target[], { forMs, jobs = 1 }: { forMs: number; jobs?: number }, needs: object) {
  let now = 0
  const played: Played[] = []
  const left = new Map(Object.entries(needs as Record<string, number>))
  await shareOut({
    ...{ targets, jobs, deadline: forMs, now: () => now, isStopped: () => false },
    isWanting: ({ subject, caughtBy }) => caughtBy !== undefined && (left.get(subject.name) ?? 0) > 0,
    async play({ subject: { name } }, given) {
      played.push({ name, at: now, ...given })
      const need = left.get(name) ?? Number.POSITIVE_INFINITY
      const spent = Math.min(need, Math.max(0, given.until - now))
      left.set(name, need - spent)
      now += spent
    },
  })
  return { played, left, now }
}

const mutants = ["quick", "slow", "quicker"].map((name) => target(name, { caughtBy: "x" }))

describe("sharing out", () => {
  it("gives what the quick ones leave to the slow one, until it is found", async () => {
    const { left, now } = await share(mutants, { forMs: 60_000 }, { quick: 100, slow: 50_000, quicker: 10 })
    expect([...left.values()]).toEqual([0, 0, 0])
    expect(now).toBe(50_110)
  })

  it("ends with the time, and leaves nobody out", async () => {
    const { played, now } = await share(mutants, { forMs: 60_000 }, {})
    expect(now).toBe(60_000)
    expect(new Set(played.map(({ name }) => name)).size).toBe(3)
  })

  it("plays each once where no time is set", async () => {
    const { played } = await share(mutants, { forMs: Number.POSITIVE_INFINITY }, { quick: 1, slow: 2, quicker: 3 })
    expect(played.map(({ name }) => name)).toEqual(["quick", "slow", "quicker"])
  })

  it("begins with the canary, gives it all processes and a quarter of the time", async () => {
    const both = [target("subject"), target("canary", { caughtBy: "x", isCanary: true })]
    const { played } = await share(both, { forMs: 60_000, jobs: 2 }, {})
    expect(played).toMatchObject([
      { name: "canary", jobs: 2, until: 15_000 },
      { name: "subject", jobs: 2, until: 60_000 },
    ])
  })
})
