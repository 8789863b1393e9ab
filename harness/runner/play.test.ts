// How a story is played: in order, up to the first MUST that is not met, and what it forbids for the rest.
import { describe, expect, it } from "vitest"
import { client, network, response, type Step, server, time, user } from "../script/index.ts"
import { playForTests, storyOf } from "./world-for-tests.ts"

const play = playForTests()
const reply = response("reply")
const ghost = response("ghost")
const say = [user.says("story"), server.startsResponse(reply, { for: "story" })]

/** The violations and warnings of a story played by the reference client, and its client events' types. */
async function played(story: readonly (Step | readonly Step[])[]) {
  const { violations, warnings, trace } = await play(storyOf([...story]), { strict: false })
  const entries = trace?.entries ?? []
  const inStory = entries.slice(
    0,
    entries.findIndex((entry) => entry.kind === "phase" && entry.phase === "healed"),
  )
  return { violations, warnings, entries, inStory }
}

describe("a story", () => {
  it("ends at the first MUST that is not met", async () => {
    const { violations, inStory } = await played([
      client.mustSend("response.cancel"),
      user.says("story"),
      client.mustSend("response.create", { response: { conversation: "none" } }),
    ])
    expect(violations.map(({ message }) => message)).toEqual([
      expect.stringMatching(/^client must-send type:response\.cancel.*: it has not sent response\.cancel; since then /),
    ])
    expect(inStory.filter(({ kind }) => kind === "performed")).toHaveLength(1)
  })

  it("goes on after a SHOULD that is not met", async () => {
    const { violations, warnings } = await played([client.shouldSend("response.cancel"), user.mustHear(ghost)])
    expect(warnings).toMatchObject([{ invariant: "story", message: expect.stringContaining("should-send") }])
    expect(violations).toMatchObject([{ invariant: "story", message: expect.stringContaining("must-hear") }])
  })

  it("looks for a sent event behind the one that it found last", async () => {
    const one = await played([user.says("story"), client.mustSend("response.create")])
    expect(one.violations).toEqual([])
    const two = await played([
      user.says("story"),
      client.mustSend("response.create"),
      client.mustSend("response.create"),
    ])
    expect(two.violations).toMatchObject([{ message: expect.stringContaining("since then it sent nothing") }])
  })

  it("forbids an event from that step on, and only within the story", async () => {
    const before = await played([user.says("story"), client.mustNotSend("response.create")])
    expect(before.violations).toEqual([])
    const after = await played([client.mustNotSend("response.create"), user.says("story")])
    expect(after.violations).toMatchObject([{ message: expect.stringContaining("must not here") }])
    const offence = after.entries[after.violations[0]?.offence ?? 0]
    expect(offence).toMatchObject({ lane: "client", event: { type: "response.create" } })
  })

  it("forbids to hear a response in all of the case, the time before the step included", async () => {
    const { violations } = await played([say, server.streams(reply), user.mustNotHear(reply), server.finishes(reply)])
    expect(violations).toMatchObject([{ message: expect.stringContaining('output of the response "reply"') }])
    const later = await played([say, user.mustNotHear(reply), server.streams(reply)])
    expect(later.violations).toMatchObject([{ message: expect.stringContaining('output of the response "reply"') }])
    expect((await played([say, user.mustNotHear(reply), server.finishes(reply)])).violations).toEqual([])
  })
})

describe("time", () => {
  const at = (entries: readonly { at: number }[]) => entries.at(-1)?.at ?? 0

  it("passes as long as the step says", async () => {
    const { inStory } = await played([time.passes({ ms: 5_000 }), server.tellsRateLimits()])
    expect(at(inStory)).toBeGreaterThanOrEqual(5_000)
    expect(at(inStory)).toBeLessThan(5_100)
  })

  it("passes until a future settles, and no longer", async () => {
    const { inStory } = await played([
      user.says("story"),
      time.passes({ untilSettled: "story" }),
      server.tellsRateLimits(),
    ])
    expect(at(inStory)).toBeGreaterThanOrEqual(10_000)
    expect(at(inStory)).toBeLessThan(10_100)
  })

  it("passes until the client has sent or has connected, or its limit is over", async () => {
    const connected = await played([
      network.drops(),
      time.passes({ untilConnected: true }),
      client.mustHaveConnected(2),
    ])
    expect(connected.violations).toEqual([])
    expect(at(connected.inStory)).toBeLessThan(10_000)
    const never = await played([time.passes({ untilSent: "response.cancel", withinMs: 700 }), server.tellsRateLimits()])
    expect(at(never.inStory)).toBeGreaterThanOrEqual(700)
    expect(at(never.inStory)).toBeLessThan(800)
  })
})

it("audio is kept as its length", async () => {
  const { inStory } = await played([user.speaks(100)])
  expect(inStory.filter(({ kind }) => kind === "performed").at(-1)).toMatchObject({
    operation: { do: "speak", audio: "6400 base64 characters" },
  })
})
