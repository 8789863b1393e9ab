// What the generator promises: every tale can happen, whatever it was made from, and a seed always tells the same.
import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { capabilities } from "../adapter.ts"
import { response, server, user } from "../script/index.ts"
import { lintScenario } from "../script/lint.ts"
import type { Step } from "../script/steps.ts"
import { createRandom } from "../sim/random.ts"
import { createDice } from "./dice.ts"
import { moves } from "./moves.ts"
import { drawPlan } from "./plans.ts"
import { simplerTales } from "./simpler.ts"
import { drawSwarm } from "./swarm.ts"
import { possible, tellTale } from "./tale.ts"
import { vary } from "./vary.ts"
import { type Ground, tellByChance } from "./walk.ts"

const can = Object.keys(capabilities) as (keyof typeof capabilities)[]
const grounds = fc.record({
  protocol: fc.constantFrom("realtime" as const, "responses" as const),
  can: fc.subarray(can),
  oracle: fc.constantFrom("lawful" as const, "hostile" as const, "all" as const),
}) satisfies fc.Arbitrary<Ground>
const seeds = fc.integer({ min: 0, max: 1e9 }).map(String)
const check = (property: fc.IProperty<[string, Ground]>) => fc.assert(property, { seed: 1, numRuns: 150 })

describe("a tale by chance", () => {
  it("is one that can happen", () => {
    check(
      fc.property(seeds, grounds, (seed, ground) => {
        expect(lintScenario(tellTale(tellByChance(seed, ground), "fuzz/1"))).toBeUndefined()
      }),
    )
  })

  it("is the same for the same seed", () => {
    check(
      fc.property(seeds, grounds, (seed, ground) => {
        expect(tellByChance(seed, ground)).toEqual(tellByChance(seed, ground))
      }),
    )
  })

  it("asks for nothing that the adapter cannot do", () => {
    const needs = {
      say: "text-turn",
      request: "request-reply",
      speak: "audio-input",
      update: "session-update",
    } as const
    check(
      fc.property(seeds, grounds, (seed, ground) => {
        for (const { step } of tellByChance(seed, ground).beats) {
          const doing = step.step === "performs" ? step.operation.do : "close"
          const need = needs[doing as keyof typeof needs]
          if (need) expect(ground.can).toContain(need)
        }
      }),
    )
  })

  it("breaks no protocol and no connection under lawful faults", () => {
    check(
      fc.property(seeds, grounds, (seed, ground) => {
        const tale = tellByChance(seed, { ...ground, oracle: "lawful" })
        const does = tale.beats.flatMap(({ step }) => (step.step === "acts" ? [step.action.does] : []))
        for (const hostile of ["sends", "sends-text", "sends-binary", "repeats", "drops", "closes", "expires"])
          expect(does).not.toContain(hostile)
      }),
    )
  })

  it("tells an error twice in Realtime alone, where it is known by its id", () => {
    const repeated = (protocol: "realtime" | "responses") =>
      Array.from({ length: 2_000 }, (_, at) => drawPlan(protocol, "all", 4, createDice(createRandom(`plan ${at}`))))
        .flat()
        .filter(({ fault, at }) => fault === "duplicate-event" && (at.type === "*" || at.type === "error"))
    expect(repeated("responses")).toEqual([])
    expect(repeated("realtime")).not.toEqual([])
  })

  it("varies and shrinks to what can happen", () => {
    check(
      fc.property(seeds, grounds, (seed, ground) => {
        const parent = tellByChance(seed, ground)
        for (const tale of [vary(`${seed}/child`, ground, parent), ...[...simplerTales(parent)].slice(0, 40)])
          expect(lintScenario(tellTale(tale, "fuzz/1"))).toBeUndefined()
      }),
    )
  })

  it("is made possible from any order of steps", () => {
    check(
      fc.property(seeds, grounds, (seed, ground) => {
        const { beats, ...rest } = tellByChance(seed, ground)
        const tale = possible({ ...rest, beats: beats.toReversed() })
        expect(lintScenario(tellTale(tale, "fuzz/1"))).toBeUndefined()
      }),
    )
  })
})

it("leaves out what is asked while the successor of a steered response is awaited, and nothing afterwards", () => {
  const [one, two, next] = [response("one"), response("two"), response("next")]
  const asked = [
    ...[user.saysOn("left", "a"), server.startsResponse(one, { for: "a" })],
    ...[user.says("b"), server.startsResponse(two, { for: "b" }), user.steers("a")],
  ]
  const told = (...steps: Step[]) => {
    const beats = [...asked, ...steps, user.says("c")].map((step) => ({ step, lets: null }))
    const tale = {
      protocol: "responses",
      output: "text",
      begins: "connected",
      tools: [],
      server: {},
      faults: [],
    } as const
    return possible({ ...tale, beats }).beats.at(-1)?.step
  }
  const endOf = (after: typeof one, ...before: Step[]) =>
    told(server.finishes(one), ...before, server.startsSuccessor(next, { after }))
  expect(endOf(one)).toEqual(user.says("c"))
  expect(endOf(two)).not.toEqual(user.says("c"))
  expect(endOf(one, user.steers("b"))).not.toEqual(user.says("c"))
  const tooSoon = told(server.startsSuccessor(next, { after: one }), server.finishes(one))
  expect(tooSoon).not.toEqual(user.says("c"))
})

describe("a swarm", () => {
  it("leaves moves out, and leaves none out for ever", () => {
    const drawn = Array.from({ length: 200 }, (_, at) =>
      drawSwarm(moves.realtime, "all", createDice(createRandom(String(at)))),
    )
    for (const { name } of moves.realtime) {
      const weights = drawn.map(({ weights: each }) => each.get(name) ?? 0)
      expect(
        weights.some((weight) => weight > 0),
        name,
      ).toBe(true)
    }
    expect(drawn.some(({ weights }) => weights.get("drops") === 0)).toBe(true)
  })
})
