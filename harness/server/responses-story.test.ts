// What a story makes the server of Responses over WebSocket say, and what that does when it is healed.
import { describe, expect, it } from "vitest"
import { server } from "../script/index.ts"
import { a, b, begin } from "./responses-rig.test-support.ts"

/** Response a has begun, and its steering was taken. */
function beginSteered() {
  const world = begin()
  const client = world.connect()
  client.asks("story?")
  world.plays(server.startsResponse(a, { for: "story" }), server.streams(a, 1))
  client.sends({ type: "response.steer", previous_response_id: a.id, input: "shorter" })
  return { world, client }
}

describe("a story's own words", () => {
  it("limit the connection, and close it", () => {
    const world = begin()
    const client = world.connect()
    world.plays(server.limitsConnection({ shape: "flat" }))
    expect(client.heard).toMatchObject([{ type: "error", code: "websocket_connection_limit_reached" }])
    expect(client.closed()).toEqual({ code: 1001 })
  })

  it("limit the connection and close it with the code that the story chooses", () => {
    const world = begin()
    const client = world.connect()
    world.plays(server.limitsConnection({ code: 1000 }))
    expect(client.closed()).toEqual({ code: 1000 })
  })

  it("end a response without its output", () => {
    const world = begin()
    const client = world.connect()
    client.asks("story?")
    world.plays(
      server.startsResponse(a, { for: "story" }),
      server.streams(a),
      server.finishes(a, { withoutOutput: true }),
    )
    expect(client.last()?.response).not.toHaveProperty("output")
  })

  it("warm up without output", () => {
    const world = begin()
    const client = world.connect()
    world.scripted.expects("warm")
    client.sends({ type: "response.create", model: "m", generate: false })
    world.plays(server.warmsUp(a, { for: "warm" }))
    expect(client.types()).toEqual(["created", "in_progress", "completed"])
  })

  it("go on with steering that was taken, or give it back", () => {
    const { world, client } = beginSteered()
    world.plays(server.ends(a, "incomplete", "steered"), server.startsSuccessor(b, { after: a }))
    expect(client.last()).toMatchObject({ response: { id: "resp_b", previous_response_id: "resp_a" } })
    client.sends({ type: "response.steer", previous_response_id: b.id, input: "longer" })
    world.plays(server.failsSteer(b))
    expect(client.last()).toMatchObject({ type: "response.steer.failed", steer: { input: "longer" } })
  })

  it("go on where the steered response was, whatever connection is the newest", () => {
    const { world, client } = beginSteered()
    const newest = world.connect()
    world.plays(server.ends(a, "incomplete", "steered"), server.startsSuccessor(b, { after: a }))
    expect(client.last()).toMatchObject({ response: { id: "resp_b", previous_response_id: "resp_a" } })
    expect(newest.heard).toEqual([])
  })

  it("find the connection on which a request waits", () => {
    const world = begin()
    const [first, second] = [world.connect(), world.connect()]
    world.scripted.expects("one", "one?")
    world.scripted.expects("two", "two?")
    second.asks("two?")
    first.asks("one?")
    world.plays(server.startsResponse(a, { for: "one" }), server.startsResponse(b, { for: "two" }))
    expect([first, second].map((client) => client.heard[0])).toMatchObject([
      { response: { id: a.id } },
      { response: { id: b.id } },
    ])
  })

  it("say what the protocol does not have", () => {
    const world = begin()
    world.connect()
    world.plays(server.hearsSpeech("starts"))
    expect(world.missed).toEqual(['the server could not say "hears-speech": its protocol has no such thing'])
  })

  it("number an event wrongly, by a fault", () => {
    const world = begin({}, [{ fault: "renumber", at: { type: "response.in_progress", nth: 1 }, by: 4 }])
    const client = world.connect()
    client.asks("story?")
    world.plays(server.startsResponse(a, { for: "story" }))
    expect(client.heard.map(({ sequence_number }) => sequence_number)).toEqual([0, 5])
  })
})

describe("when healed", () => {
  it("the server finishes what runs, then answers what waits, one after the other", () => {
    const world = begin({ profile: "single" })
    const client = world.connect()
    client.asks("one?")
    client.asks("two?")
    world.plays(server.startsResponse(a, { for: "one" }))
    world.scripted.heal()
    client.asks("three?")
    world.later()
    const completed = client.heard.filter(({ type }) => type === "response.completed")
    expect(completed.map((event) => (event.response as { id: string }).id)).toEqual(["resp_a", "resp_r1", "resp_r2"])
    expect(client.heard.flatMap(({ delta }) => delta ?? [])).toEqual(["r1·1 ", "r1·2 ", "r2·1 ", "r2·2 "])
  })

  it("a steered response that has ended gets its successor", () => {
    const world = begin()
    const client = world.connect()
    client.asks("one?")
    world.plays(server.startsResponse(a, { for: "one" }))
    client.sends({ type: "response.steer", previous_response_id: a.id, input: "shorter" })
    world.scripted.heal()
    world.later()
    expect(client.last()).toMatchObject({ type: "response.completed", response: { previous_response_id: a.id } })
  })
})
