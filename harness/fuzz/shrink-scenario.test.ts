// Shrinking a scenario: what stays is what the client breaks by, only as long as the reference client lives through it.
import { describe, expect, it } from "vitest"
import type { CaseResult } from "../runner/result.ts"
import { failureBy, resultWith, violationOf } from "../runner/result-for-tests.ts"
import { client, network, response, scenario, server, user } from "../script/index.ts"
import { parseRepro, reproText } from "../script/repro.ts"
import type { Scenario } from "../script/scenario.ts"
import { describeStep } from "../script/steps.ts"
import { shrinkScenario } from "./shrink-scenario.ts"

const reply = response("reply")
const cancelled = client.mustSend("response.cancel")
const whole: Scenario = scenario({
  id: "turn/long-way-round",
  title: "The client does all that is asked of it",
  cites: ["response.create"],
  grade: "observed",
  source: "made up for this test",
  needs: ["text-turn"],
  judgedBy: ["no-crash"],
  story: [
    user.says("question"),
    server.startsResponse(reply, { for: "question" }),
    server.streams(reply, 3),
    network.drops(),
    user.cancels(),
    cancelled,
  ],
})

const does = ({ story }: Scenario, what: string) => story.some((step) => JSON.stringify(step).includes(`"${what}"`))
const shrunk = async (
  play: (story: Scenario) => CaseResult,
  invariant: string,
  reference: (story: Scenario) => CaseResult = () => resultWith(),
) =>
  shrinkScenario(whole, {
    ...{ id: "fake-bug", invariant, seed: "3" },
    subject: { play: async (story) => play(story) },
    reference: { play: async (story) => reference(story) },
  })
const stepsOf = (found: Awaited<ReturnType<typeof shrunk>>) =>
  typeof found === "string" ? found : found.repro.scenario.story

describe("a scenario, shrunk", () => {
  it("is a repro file that names where it comes from and keeps the names of the story", async () => {
    const found = await shrunk((story) => (does(story, "streams") ? failureBy(["a", "b"]) : resultWith()), "a")
    if (typeof found === "string") throw new Error(found)
    expect(found.isMinimal).toBe(true)
    expect(found.repro).toMatchObject({
      ...{ id: "fake-bug", invariant: "a", also: ["b"], subject: "fake", subjectVersion: "1", seed: "3" },
      foundBy: { scenario: "turn/long-way-round" },
    })
    expect(found.repro.scenario.id).toBe("regressions/fake-bug")
    expect(stepsOf(found)).toEqual([
      user.says("question"),
      server.startsResponse(reply, { for: "question" }),
      server.streams(reply, 1),
    ])
    expect(parseRepro(reproText(found.repro))).toEqual({ repro: found.repro })
  })

  it("keeps what the reference client needs to live", async () => {
    const found = await shrunk(
      () => failureBy(["a"]),
      "a",
      (story) => (does(story, "drops") ? resultWith() : failureBy(["a"])),
    )
    expect(stepsOf(found)).toEqual([network.drops()])
  })

  it("does not turn into another failure", async () => {
    const play = (story: Scenario) =>
      does(story, "starts") ? failureBy(["a"]) : resultWith({ verdict: "fail", violations: [another] })
    const another = violationOf("a", { message: "Something else was broken." })
    expect(stepsOf(await shrunk(play, "a"))).toHaveLength(2)
    const more = (story: Scenario) => failureBy(does(story, "starts") ? ["a"] : ["a", "c"])
    expect(stepsOf(await shrunk(more, "a"))).toHaveLength(2)
  })

  it("keeps, before what the story expects, what it is the answer to", async () => {
    const unmet = violationOf("story", { message: `${describeStep(cancelled)}: it has not sent response.cancel.` })
    const play = (story: Scenario) =>
      resultWith(does(story, "must-send") ? { verdict: "fail", violations: [unmet] } : {})
    expect(stepsOf(await shrunk(play, "story"))).toEqual([network.drops(), cancelled])
  })

  it("says why there is nothing to shrink", async () => {
    expect(await shrunk(() => failureBy(["b"]), "a")).toBe("it does not break a in turn/long-way-round: it breaks b")
    expect(await shrunk(() => resultWith(), "a")).toBe("it does not break a in turn/long-way-round: pass")
    const dies = () => failureBy(["a"])
    expect(await shrunk(dies, "a", dies)).toContain("the reference client does not pass turn/long-way-round")
  })
})
