// A case from beginning to end, in this process: its verdicts, and that nothing a story or a fault plan does makes the
// harness itself give up.
import { describe, expect, it } from "vitest"
import { adapter as responsesReference } from "../../adapters/reference-responses/adapter.ts"
import { scenarios } from "../../scenarios/index.ts"
import type { FaultPlan } from "../faults/fault.ts"
import { client, response, type Scenario, server, user } from "../script/index.ts"
import { playForTests, storyOf } from "./world-for-tests.ts"

const play = playForTests()
const reply = response("reply")
const answered = [user.says("story"), server.startsResponse(reply, { for: "story" })]

describe("the verdict", () => {
  it("is pass where everything is as it should be", async () => {
    const result = await play(storyOf([user.says("story"), server.replies(reply, { for: "story" })]))
    expect(result).toMatchObject({ verdict: "pass", violations: [], because: "", transport: "memory" })
    expect(result.virtualMs).toBeGreaterThanOrEqual(95_000)
    expect(result.trace?.entries.at(-1)).toMatchObject({ kind: "phase", phase: "ended" })
  })

  it("is fail where the story's expectation is not met", async () => {
    const result = await play(storyOf([client.mustSend("response.cancel")]))
    expect(result).toMatchObject({ verdict: "fail", violations: [{ invariant: "story" }] })
  })

  it("is inconclusive where only a plausible server makes it fail, unless strict", async () => {
    const plausible = storyOf([client.mustSend("response.cancel")], { grade: "plausible" })
    const lenient = await play(plausible, { strict: false })
    expect(lenient).toMatchObject({ verdict: "inconclusive", violations: [], warnings: [{ invariant: "story" }] })
    expect(lenient.because).toContain("see --strict")
    expect((await play(plausible)).verdict).toBe("fail")
  })

  it("lets SHOULD steps fail under strict alone", async () => {
    const should = storyOf([client.shouldSend("response.cancel")])
    expect(await play(should, { strict: false })).toMatchObject({ verdict: "pass", warnings: [{ invariant: "story" }] })
    expect((await play(should)).verdict).toBe("fail")
  })

  it("is inconclusive where the scenario's own invariant never had anything to judge", async () => {
    const result = await play(storyOf([], { judgedBy: ["tool-runs-once"] }))
    expect(result).toMatchObject({ verdict: "inconclusive" })
    expect(result.because).toBe("vacuous: nothing happened that tool-runs-once could judge")
  })

  it("is inconclusive where the client gave no occasion for what the server was to do", async () => {
    const result = await play(storyOf([server.startsResponse(reply, { for: "story" })]))
    expect(result.verdict).toBe("inconclusive")
    expect(result.because).toContain('no response.create of "story" was waiting')
  })

  it("is unsupported where the client lacks a capability, the protocol or the dialect", async () => {
    expect((await play(storyOf([], { needs: ["lanes", "cancel"] }))).because).toBe("it cannot: lanes")
    expect((await play(storyOf([], { protocol: "responses" }))).because).toBe(
      "it speaks realtime, the scenario responses",
    )
    const { adapter } = await import("../../adapters/reference/adapter.ts")
    const { dialects: _, ...undeclared } = adapter
    const beta = await play(storyOf([]), { dialect: "beta" }, undeclared)
    expect(beta).toMatchObject({
      verdict: "unsupported",
      because: "it does not speak the dialect beta",
      dialect: "beta",
    })
  })

  it("is unsupported where the server turns away the only dialect that the client speaks", async () => {
    const { adapter } = await import("../../adapters/reference/adapter.ts")
    const story = storyOf([], { server: { refusesBeta: true } })
    const retired = await play(story, { dialect: "beta" }, { ...adapter, dialects: ["beta"] })
    expect(retired).toMatchObject({
      verdict: "unsupported",
      because: "it speaks nothing but what this server turns away",
    })
    expect((await play(story, { dialect: "beta" })).verdict).toBe("pass")
  })
})

describe("what cannot happen in the model", () => {
  it.each([
    ["an item is finished that was never begun", [...answered, server.finishesItem(reply)]],
    ["speech stops that never began", [server.hearsSpeech("stops")]],
  ])("is inconclusive where %s, and does not end the run", async (_, story) => {
    const result = await play(storyOf(story))
    expect(result.verdict).toBe("inconclusive")
    expect(result.because).toMatch(/^the server could not say what comes next: .+/)
  })

  const plans = ["drop-event", "delay", "drop-connection"].flatMap((fault) =>
    [1, 2].map((nth): FaultPlan => [{ fault, at: { type: "*", nth }, by: 5_000 }]),
  )
  const adapterFor = ({ protocol }: Scenario) => (protocol === "responses" ? responsesReference : undefined)

  it.each(plans.map((plan) => [`${plan[0]?.fault} at event ${plan[0]?.at.nth}`, plan] as const))(
    "%s: every scenario has a verdict that is not our fault",
    async (_, faults) => {
      const broken: string[] = []
      for (const each of scenarios) {
        const { verdict, because } = await play({ ...each, faults }, { keepTrace: false }, adapterFor(each))
        if (verdict === "broken") broken.push(`${each.id}: ${because}`)
      }
      expect(broken).toEqual([])
    },
  )
})
