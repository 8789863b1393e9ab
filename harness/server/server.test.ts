// The scripted server without a socket: what it says by itself, what a story makes it say, and what it does when neither
// is possible.
import { describe, expect, it } from "vitest"
import { network, response, server as says } from "../script/index.ts"
import { act, create, createRig, pass, reply, types } from "./server-rig.test-support.ts"

describe("a connection is met", () => {
  it("with a session", () => {
    const { connect, deliver } = createRig()
    connect()
    expect(deliver()).toMatchObject([{ type: "session.created", session: { model: "m" } }])
  })

  it("with nothing on a sideband socket", () => {
    const { connect, deliver } = createRig({ server: { sideband: true } })
    connect()
    expect(deliver()).toEqual([])
  })

  it("with an error and a close when the story turns it away, as often as it says", () => {
    const { server, connect, deliver } = createRig()
    act(server, says.turnsAway({ code: "invalid_api_key", message: "No such key.", closeCode: 3000 }))
    connect()
    expect(types(deliver())).toEqual(["error", "closed 3000"])
    connect()
    expect(types(deliver())).toEqual(["session.created"])
  })

  it("with the end of the beta when it asks for that", () => {
    const { connect, deliver } = createRig({ server: { refusesBeta: true } })
    connect({ "openai-beta": "realtime=v1" })
    expect(deliver()).toMatchObject([{ error: { code: "beta_api_shape_disabled" } }, "closed 4000"])
  })

  it("with a status or with nothing when the network says so", () => {
    const { server, connect, deliver, wire } = createRig()
    act(server, network.refuses({ next: 1, status: 503 }), network.neverAnswers())
    expect(connect().admission).toEqual({ as: "refuse", status: 503 })
    expect(connect().admission).toEqual({ as: "ignore" })
    server.heal()
    expect(wire.splice(0)).toEqual(["let go"])
    expect(connect().admission).toEqual({ as: "accept" })
    expect(types(deliver())).toEqual(["session.created"])
  })
})

describe("a handshake that the network makes slow", () => {
  it("is accepted when its time has come", () => {
    const { server, connect } = createRig()
    act(server, network.acceptsLate({ afterMs: 3_000 }))
    expect(connect().admission).toMatchObject({ as: "accept-late" })
    expect(connect().admission).toEqual({ as: "accept" })
  })
})

describe("a story's words", () => {
  it("start, stream and finish the response of the create that waits", () => {
    const { server, deliver, opened } = createRig()
    const { send } = opened()
    server.expects("story")
    send(create)
    expect(deliver()).toEqual([])
    act(server, says.replies(reply, { for: "story" }))
    const sent = deliver()
    expect(types(sent).at(0)).toBe("response.created")
    expect(types(sent).at(-1)).toBe("response.done")
    expect(sent.at(-1)).toMatchObject({ response: { id: "resp_reply", status: "completed" } })
    expect(server.missed).toEqual([])
  })

  it("begin no second response of the default conversation, and one out of band beside it", () => {
    const { server, deliver, opened } = createRig()
    const { send } = opened()
    act(server, says.startsResponse(reply, { for: null }), says.startsResponse(response("other"), { for: null }))
    expect(types(deliver())).toEqual(["response.created"])
    expect(server.missed).toEqual(["the server could not start other: another response comes first"])
    server.expects("side")
    send({ type: "response.create", event_id: "c1", response: { conversation: "none" } })
    act(server, says.startsResponse(response("beside"), { for: "side" }))
    expect(types(deliver())).toEqual(["response.created"])
    act(server, says.finishes(reply), says.startsResponse(response("other"), { for: null }))
    expect(types(deliver())).toContain("response.created")
    expect(server.missed).toHaveLength(1)
  })

  it("choose the create of the request that they name, not the oldest", () => {
    const { server, deliver, opened } = createRig()
    const { send } = opened()
    for (const request of ["one", "two"]) server.expects(request)
    for (const id of ["c1", "c2"])
      send({ type: "response.create", event_id: id, response: { conversation: "none", metadata: { id } } })
    act(server, says.startsResponse(reply, { for: "two" }))
    expect(deliver()).toMatchObject([{ response: { metadata: { id: "c2" } } }])
  })

  it("refuse a create by name, which then does not wait any more", () => {
    const { server, deliver, opened } = createRig()
    const { send } = opened()
    server.expects("story")
    send(create)
    act(server, says.errors({ code: "server_error", for: "story" }))
    expect(deliver()).toMatchObject([{ type: "error", error: { code: "server_error", event_id: "c1" } }])
    act(server, says.startsResponse(reply, { for: "story" }))
    expect(deliver()).toEqual([])
    expect(server.missed).toEqual(['the server could not start reply: no response.create of "story" was waiting'])
  })

  it("keep acknowledgements back until they are let go", () => {
    const { server, deliver, opened } = createRig()
    const { send } = opened()
    act(server, says.acknowledgesLater())
    send({ type: "session.update", session: { type: "realtime", instructions: "Be brief." } })
    expect(deliver()).toEqual([])
    act(server, says.acknowledgesNow())
    expect(types(deliver())).toEqual(["session.updated"])
  })

  it("refuse one update, and cancel late", () => {
    const { server, deliver, opened } = createRig()
    const { send } = opened()
    const update = { type: "session.update", session: { type: "realtime" } }
    act(server, says.refusesUpdate())
    send(update)
    send(update)
    expect(types(deliver())).toEqual(["error", "session.updated"])
    act(server, says.startsResponse(reply, { for: null }), says.cancelsLate())
    deliver()
    send({ type: "response.cancel", response_id: reply.id })
    expect(deliver()).toEqual([])
    act(server, says.ends(reply, "cancelled", "client_cancelled"))
    expect(types(deliver())).toEqual(["response.done"])
  })

  it("end once what was cancelled before all of it was said", () => {
    const { server, deliver, opened } = createRig()
    const { send } = opened()
    const cancel = () => send({ type: "response.cancel", response_id: reply.id })
    act(server, says.startsResponse(reply, { for: null }))
    deliver()
    act(server, says.callsTool(reply, "lookup", { call: "c" }))
    cancel()
    const [done, ...others] = deliver()
      .filter((said) => /output_item.done|response.done/.test(JSON.stringify(said)))
      .reverse()
    expect(others).toMatchObject([{ type: "response.output_item.done", item: { status: "completed" } }])
    expect(done).toMatchObject({ response: { status: "cancelled", output: [{ status: "completed" }] } })

    const other = response("other")
    act(server, says.startsResponse(other, { for: null }))
    deliver()
    act(server, says.finishes(other))
    send({ type: "response.cancel", response_id: other.id })
    expect(deliver()).toMatchObject([{ type: "response.done" }, { error: { code: "response_cancel_not_active" } }])
  })

  it("repeat, make up and garble events", () => {
    const { server, deliver, connect } = createRig()
    connect()
    const [first] = deliver()
    act(server, says.repeats("session.created"), says.repeats("session.created", { sameEventId: false }))
    act(
      server,
      says.repeats("response.done"),
      says.sends({ type: "new.event" }),
      says.sendsText("{"),
      says.sendsBinary(3),
    )
    const [same, renamed, made, ...rest] = deliver()
    expect(same).toEqual(first)
    expect(renamed).toMatchObject({ event_id: expect.stringMatching(/_again$/) })
    expect(made).toMatchObject({ type: "new.event", event_id: expect.any(String) })
    expect(rest).toEqual(["{", "3 bytes"])
  })

  it("expire a session with an error and a close", () => {
    const { server, deliver, connect } = createRig()
    connect()
    deliver()
    act(server, says.expires())
    expect(deliver()).toMatchObject([{ error: { code: "session_expired" } }, "closed 1001"])
    expect(server.isConnected()).toBe(false)
  })

  it.each([
    [says.finishesItem(reply), "the server could not say what comes next: Response resp_reply has no open item"],
    [says.hearsSpeech("stops"), "the server could not say what comes next: Cannot stop speech"],
    [says.failsSteer(reply), 'the server could not say "fails-steer": its protocol has no such thing'],
    [
      says.startsResponse(response("more"), { for: "nothing" }),
      'could not start more: no response.create of "nothing"',
    ],
    [says.ignores("nothing"), 'could not ignore it: no response.create of "nothing" was waiting'],
  ])("%j is missed where it cannot be, and the server goes on", (step, sentence) => {
    const { server, deliver, connect } = createRig()
    connect()
    act(server, says.startsResponse(reply, { for: null }))
    deliver()
    act(server, step, says.tellsRateLimits())
    expect(types(deliver())).toEqual(["rate_limits.updated"])
    expect(server.missed).toEqual([expect.stringContaining(sentence)])
  })

  it("are missed where nobody has connected", () => {
    const { server } = createRig()
    act(server, says.tellsRateLimits(), network.drops())
    expect(server.missed).toEqual([
      "server tells-rate-limits: no client had connected",
      "the network could not break the connection (drop): there was none open",
    ])
  })
})

describe("the network", () => {
  it("holds what the server sends, and lets it go in order", () => {
    const { server, deliver, connect } = createRig()
    connect()
    act(server, network.holds(), says.tellsRateLimits())
    expect(deliver()).toEqual([])
    act(server, network.releases())
    expect(types(deliver())).toEqual(["session.created", "rate_limits.updated"])
  })

  it.each([
    [network.drops(), "dropped"],
    [network.drops({ reset: true }), "reset"],
    [network.closes(1011), "closed 1011"],
    [network.goesSilent(), "silent"],
  ])("%j breaks the connection behind what was sent before, and nothing is sent after", (step, how) => {
    const { server, deliver, connect } = createRig()
    connect()
    act(server, step, says.tellsRateLimits())
    expect(types(deliver())).toEqual(["session.created", how])
    expect(server.isConnected()).toBe(false)
  })

  it("delays an event, and all that follows it", () => {
    const faults = [{ fault: "delay", at: { type: "session.created", nth: 1 }, by: 300 }]
    const { server, deliver, connect } = createRig({ faults })
    connect()
    act(server, says.tellsRateLimits())
    expect(deliver()).toEqual([])
    expect(pass(299, deliver)).toEqual([])
    expect(types(pass(2, deliver))).toEqual(["session.created", "rate_limits.updated"])
  })
})

describe("once it is healed, the server", () => {
  it("answers what waits, finishes what runs, and answers what comes", () => {
    const { server, deliver, opened } = createRig()
    const { send } = opened()
    act(server, says.startsResponse(reply, { for: null }))
    deliver()
    server.heal()
    expect(types(pass(1_000, deliver))).toContain("response.done")
    send(create)
    const answered = types(pass(1_000, deliver))
    expect([answered.at(0), answered.at(-1)]).toEqual(["response.created", "response.done"])
  })

  it("faults nothing any more", () => {
    const faults = [{ fault: "drop-event", at: { type: "rate_limits.updated", nth: 1 } }]
    const { server, deliver, connect } = createRig({ faults })
    connect()
    server.heal()
    act(server, says.tellsRateLimits())
    expect(types(deliver())).toEqual(["session.created", "rate_limits.updated"])
  })
})

it("hangs up on a client that floods it, and says so once", () => {
  const { server, recorder, deliver, opened } = createRig()
  const { send } = opened()
  for (let left = 5_002; left > 0; left--) send({ type: "input_audio_buffer.clear" })
  deliver()
  const floods = recorder.entries.filter(({ kind }) => kind === "flooded")
  expect(floods).toMatchObject([{ lane: "client", connection: 1, events: 5_001 }])
  expect(server.isConnected()).toBe(false)
})

it("keeps what is no event of the client's in the trace, and answers it", () => {
  const { recorder, deliver, connect, server } = createRig()
  const { connection } = connect()
  deliver()
  server.listener.message(connection, "{", false)
  expect(recorder.entries.at(-1)).toMatchObject({ lane: "client", kind: "text", text: "{", reason: expect.any(String) })
  expect(types(deliver())).toEqual(["error"])
})
