// Shrinking keeps failing, ends at the least, and is told in plain names.
import { describe, expect, it } from "vitest"
import { network, response, server, time, user } from "../script/index.ts"
import type { Step } from "../script/steps.ts"
import { bucketId, shapeOf } from "./bucket.ts"
import { explain } from "./explain.ts"
import { shrink } from "./shrink.ts"
import type { Tale } from "./tale.ts"

const one = response("x9")
const tale = (steps: readonly Step[], more: Partial<Tale> = {}): Tale => ({
  protocol: "realtime",
  output: "audio",
  begins: "connected",
  tools: [],
  server: {},
  faults: [],
  beats: steps.map((step) => ({ step, lets: null })),
  ...more,
})
const long = tale(
  [
    user.updates("u"),
    user.says("q"),
    time.passes({ ms: 31_000 }),
    server.startsResponse(one, { for: "q" }),
    server.streams(one, 3),
    server.tellsRateLimits(),
    network.drops(),
  ],
  { faults: [{ fault: "delay", at: { type: "*", nth: 4 }, by: 50 }], server: { echoEventId: true } },
)
const does = (given: Tale, what: string) => given.beats.some(({ step }) => JSON.stringify(step).includes(`"${what}"`))

describe("shrinking", () => {
  it("leaves what makes it fail, and what that needs", async () => {
    const { tale: least, isMinimal } = await shrink(long, async (each) => does(each, "streams"))
    expect(isMinimal).toBe(true)
    expect(least.faults).toEqual([])
    expect(least.server).toEqual({})
    expect(least.beats.map(({ step }) => step)).toEqual([
      user.says("a"),
      server.startsResponse(response("reply1"), { for: "a" }),
      server.streams(response("reply1"), 1),
    ])
  })

  it("gives only what was seen to fail", async () => {
    const failing: Tale[] = [long]
    const { tale: least } = await shrink(long, async (each) => {
      const fails = does(each, "drops") && does(each, "says") === does(each, "streams")
      if (fails) failing.push(each)
      return fails
    })
    expect(failing).toContainEqual(least)
    expect(least.beats.length).toBe(1)
  })

  it("gives up in time, and says so", async () => {
    const { tries, isMinimal } = await shrink(long, async () => false, { triesAtMost: 3 })
    expect({ tries, isMinimal }).toEqual({ tries: 3, isMinimal: false })
  })

  it("asks of no tale twice, and gives the same every time", async () => {
    const asked: string[] = []
    const fails = async (each: Tale) => {
      asked.push(JSON.stringify(each))
      return does(each, "starts")
    }
    const first = await shrink(long, fails)
    expect(new Set(asked).size).toBe(asked.length)
    expect(await shrink(long, fails)).toEqual(first)
  })
})

describe("a bucket", () => {
  it("is the same for other names and numbers, and another for another shape", () => {
    const told = (name: string, ms: number) => tale([user.says(name), time.passes({ ms })])
    expect(bucketId("mutant/x", "no-crash", told("a", 20))).toBe(bucketId("mutant/x", "no-crash", told("b", 1_000)))
    expect(bucketId("s", "no-crash", told("a", 20))).not.toBe(bucketId("s", "streams-end", told("a", 20)))
    expect(shapeOf(long)).not.toBe(shapeOf({ ...long, faults: [] }))
    expect(bucketId("mutant/x", "no-crash", told("a", 20))).toMatch(/^mutant-x-no-crash-[0-9a-f]{8}$/)
  })
})

describe("explaining", () => {
  it("finds the steps that may be any", async () => {
    const given = tale([user.says("a"), time.passes({ ms: 11_000 }), server.tellsRateLimits()])
    const isLong = async ({ beats }: Tale) => beats.some(({ step }) => step.step === "passes" && step.ms >= 10_000)
    expect(await explain(given, isLong)).toEqual([true, false, false])
  })
})
