// The scripted server as a client of Responses over WebSocket meets it.
import { describe, expect, it } from "vitest"
import type { WireEvent } from "../protocol/event.ts"
import { response, type Scenario, type Step, server } from "../script/index.ts"
import { createLabels } from "../trace/content.ts"
import { createRecorder } from "../trace/recorder.ts"
import type { Connection } from "../transports/endpoint.ts"
import { createScriptedServer } from "./server.ts"

const header = {
  ...({ scenario: "responses-ws/x", subject: "x", version: "1", protocol: "responses" } as const),
  ...({ can: [], transport: "memory", seed: "1" } as const),
}

/** A server with the app's side of a conversation; `now` runs what the server has planned for later. */
function begin(settings: Scenario["server"] = {}, faults: Scenario["faults"] = []) {
  const planned: (() => void)[] = []
  const labels = createLabels()
  const recorder = createRecorder({ header, labels, now: () => 0 })
  const clock = {
    ...{ now: () => 0, next: () => undefined, pending: () => 0, reset: () => {}, uninstall: () => {} },
    schedule(afterMs: number, action: () => void) {
      if (afterMs < 1_000) planned.push(action)
      return () => {}
    },
  }
  const scenario = { protocol: "responses" as const, server: settings, faults }
  const scripted = createScriptedServer({ scenario, clock, recorder, labels })
  const deliver = () => {
    while (scripted.deliverNext());
  }
  let connections = 0
  return {
    ...{ scripted, recorder, missed: scripted.missed, deliver },
    connect: () => connected(++connections, scripted, deliver),
    plays(...steps: (Step | readonly Step[])[]) {
      for (const step of steps.flat()) if (step.actor === "server") scripted.act(step.action)
      deliver()
    },
    later() {
      for (let next = planned.shift(); next; next = planned.shift()) {
        next()
        deliver()
      }
    },
  }
}

function connected(number: number, { listener }: ReturnType<typeof createScriptedServer>, deliver: () => void) {
  const heard: WireEvent[] = []
  let closed: { code: number } | undefined
  const connection: Connection = {
    ...{ number, url: "/v1/responses", sendBinary: () => {}, silence: () => {} },
    drop: () => {
      closed = { code: 1006 }
    },
    send: (text) => void heard.push(JSON.parse(text)),
    together: (sends) => sends(),
    close: (code) => {
      closed = { code }
    },
    ping: () => Promise.resolve(),
    get reaches() {
      return closed === undefined
    },
  }
  listener.connecting({ number, url: connection.url, headers: {}, drop: () => {} })
  listener.accepted(connection)
  return {
    heard,
    closed: () => closed,
    types: () => heard.map(({ type }) => type.replace("response.", "")),
    last: () => heard.at(-1),
    leaves: () => connection.drop(),
    sends(event: object) {
      listener.message(connection, JSON.stringify(event), false)
      deliver()
    },
    asks(text: string, members: object = {}) {
      this.sends({ type: "response.create", model: "m", input: [{ role: "user", content: text }], ...members })
    },
  }
}

const [a, b] = [response("a"), response("b")]

describe("a connection", () => {
  it("is told nothing before it asks", () => {
    const world = begin()
    const client = world.connect()
    world.deliver()
    expect(client.heard).toEqual([])
  })

  it("streams marked text, numbered from 0", () => {
    const world = begin()
    const client = world.connect()
    world.scripted.expects("story", "tell a story")
    client.asks("tell a story")
    world.plays(server.replies(a, { for: "story" }))
    expect(client.heard.map(({ sequence_number }) => sequence_number)).toEqual([...client.heard.keys()])
    expect(client.heard.flatMap(({ delta }) => delta ?? [])).toEqual(["a·1 ", "a·2 "])
    expect(client.last()).toMatchObject({ type: "response.completed", response: { id: "resp_a" } })
  })

  it("answers what waits in the order of its lane, and says when a story would not", () => {
    const world = begin({ profile: "single" })
    const client = world.connect()
    for (const request of ["one", "two"]) {
      world.scripted.expects(request, `${request}?`)
      client.asks(`${request}?`)
    }
    world.plays(server.startsResponse(b, { for: "two" }))
    expect(world.missed).toEqual(["the server could not start b: something else comes first on its lane"])
    world.plays(server.replies(a, { for: "one" }), server.replies(b, { for: "two" }))
    const ids = client.heard.flatMap((event) => (event.response ? [(event.response as { id: string }).id] : []))
    expect(ids).toEqual(["resp_a", "resp_a", "resp_a", "resp_b", "resp_b", "resp_b"])
  })

  it("runs its lanes side by side", () => {
    const world = begin()
    const client = world.connect()
    for (const lane of ["left", "right"]) {
      world.scripted.expects(lane, `${lane}?`)
      client.asks(`${lane}?`, { stream_id: lane })
    }
    world.plays(server.startsResponse(b, { for: "right" }), server.startsResponse(a, { for: "left" }))
    world.plays(server.streams(b, 1), server.streams(a, 1))
    const deltas = client.heard.filter(({ type }) => type.endsWith(".delta"))
    expect(deltas).toMatchObject([
      { stream_id: "right", delta: "b·1 " },
      { stream_id: "left", delta: "a·1 " },
    ])
  })
})

describe("an error", () => {
  const refused = (error: Parameters<typeof server.errors>[0]) => {
    const world = begin()
    const client = world.connect()
    client.asks("story?")
    world.plays(server.errors({ for: "story", message: "No.", ...error }))
    return client
  }

  it.each([
    ["wrapped", { type: "error", status: 429, error: { code: "slow", message: "No.", param: null } }],
    ["wrapped-without-status", { type: "error", error: { code: "slow", message: "No." } }],
    ["flat", { type: "error", code: "slow", message: "No.", param: null, sequence_number: 0 }],
    ["nested", { type: "error", error: { code: "slow" }, sequence_number: 0 }],
  ] as const)("has the shape %s", (shape, expected) => {
    const client = refused({ code: "slow", status: 429, shape })
    expect(client.last()).toMatchObject(expected)
    expect(client.last()?.status).toBe(shape === "wrapped" ? 429 : undefined)
  })

  it("has null for a code, and the members that the story gives it", () => {
    const headers = { "retry-after": "1" }
    const client = refused({ code: null, status: 500, statusField: "status_code", param: "input", headers })
    expect(client.last()).toMatchObject({ status_code: 500, error: { code: null, param: "input", headers } })
  })

  it("takes its request from those that wait", () => {
    const world = begin()
    const client = world.connect()
    client.asks("story?")
    world.plays(server.errors({ for: "story", code: "slow" }), server.startsResponse(a, { for: "story" }))
    expect(client.types()).toEqual(["error"])
    expect(world.missed).toEqual(['the server could not start a: no response.create of "story" was waiting'])
  })

  it("comes before response.failed, numbered with it", () => {
    const world = begin()
    const client = world.connect()
    client.asks("story?")
    world.plays(server.startsResponse(a, { for: "story" }), server.fails(a, { code: "x", errorFirst: "nested" }))
    expect(client.types()).toEqual(["created", "in_progress", "error", "failed"])
    expect(client.heard.slice(2)).toMatchObject([
      { sequence_number: 2, error: { code: "x" } },
      { sequence_number: 3, response: { id: "resp_a", status: "failed", error: { code: "x" } } },
    ])
  })

  it("ends a running response; response.failed may follow it, also where there was no response", () => {
    const world = begin()
    const client = world.connect()
    client.asks("story?")
    world.plays(server.startsResponse(a, { for: "story" }))
    world.plays(server.errors({ code: "x", ends: a, shape: "flat", thenFailed: true }))
    expect(client.heard.slice(2)).toMatchObject([
      { type: "error", sequence_number: 2 },
      { type: "response.failed", sequence_number: 3, response: { id: "resp_a" } },
    ])
    client.asks("joke?")
    world.plays(server.errors({ for: "joke", code: "x", thenFailed: true }))
    expect(client.last()).toMatchObject({ type: "response.failed", response: { id: "resp_refused" } })
  })
})

it("says what the story has it say on the connection that is named, or on the newest", () => {
  const world = begin()
  const [first, second] = [world.connect(), world.connect()]
  world.plays(server.sends({ type: "keepalive" }, { connection: 1 }))
  expect([first.heard.length, second.heard.length]).toEqual([1, 0])
  world.plays(server.sends({ type: "keepalive" }))
  expect([first.heard.length, second.heard.length]).toEqual([1, 1])
})

describe("what the server remembers", () => {
  const ended = (settings: Scenario["server"]) => {
    const world = begin(settings)
    const client = world.connect()
    client.asks("name?")
    world.plays(server.replies(a, { for: "name" }))
    return { world, client }
  }
  const notFound = { type: "error", error: { code: "previous_response_not_found" } }

  it("is forgotten when the story says so", () => {
    const { world, client } = ended({})
    world.plays(server.forgets(a))
    client.asks("age?", { previous_response_id: a.id })
    expect(client.last()).toMatchObject(notFound)
  })

  it("outlives the connection where it is stored", () => {
    const { world } = ended({ stored: true })
    const second = world.connect()
    second.asks("age?", { previous_response_id: a.id })
    world.plays(server.startsResponse(b, { for: "age" }))
    expect(second.types()).toEqual(["created", "in_progress"])
  })

  it("dies with the connection where it is not", () => {
    const { world } = ended({ stored: false })
    const second = world.connect()
    second.asks("age?", { previous_response_id: a.id })
    expect(second.last()).toMatchObject(notFound)
  })
})

describe("what belongs to a request", () => {
  /** Two requests, each asked on a connection of its own. */
  function asked(...requests: string[]) {
    const world = begin()
    const clients = requests.map((request) => {
      world.scripted.expects(request, `${request}?`)
      const client = world.connect()
      client.asks(`${request}?`)
      return client
    })
    return { world, clients }
  }

  it("goes over the connection of its create, not over the newest", () => {
    const { world, clients } = asked("story", "joke")
    world.plays(server.replies(a, { for: "story" }), server.replies(b, { for: "joke" }))
    expect(clients.map(({ heard }) => heard.at(0))).toMatchObject([
      { response: { id: a.id } },
      { response: { id: b.id } },
    ])
    expect(clients.map(({ heard }) => heard.length)).toEqual([clients[1]?.heard.length, clients[1]?.heard.length])
    expect(clients.map((client) => client.types().at(-1))).toEqual(["completed", "completed"])
  })

  it.each([
    ["an answer", [server.startsResponse(a, { for: "story" }), server.streams(a), server.finishes(a)]],
    ["a refusal", [server.errors({ for: "story", code: "invalid_prompt" })]],
  ])("reaches nobody where that connection is gone: %s", (_, steps) => {
    const { world, clients } = asked("story", "joke")
    const [first, second] = clients
    first?.leaves()
    world.plays(...steps, server.replies(b, { for: "joke" }))
    expect(first?.heard).toEqual([])
    expect(second?.types().at(-1)).toBe("completed")
    expect(second?.heard[0]).toMatchObject({ response: { id: b.id } })
    expect(world.missed).toEqual([])
  })

  it("goes to the create that was sent again, where there is one", () => {
    const { world, clients } = asked("story")
    clients[0]?.leaves()
    const again = world.connect()
    again.asks("story?")
    world.plays(server.replies(a, { for: "story" }))
    expect(again.last()).toMatchObject({ type: "response.completed", response: { id: a.id } })
  })

  it("is not said to another request once its own was answered", () => {
    const world = begin()
    const client = world.connect()
    for (const request of ["story", "joke"]) {
      world.scripted.expects(request, `${request}?`)
      client.asks(`${request}?`)
      if (request === "story") world.plays(server.replies(a, { for: "story" }))
    }
    world.plays(server.startsResponse(b, { for: "story" }))
    expect(world.missed).toEqual(['the server could not start b: no response.create of "story" was waiting'])
  })
})

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
    const world = begin()
    const client = world.connect()
    client.asks("story?")
    world.plays(server.startsResponse(a, { for: "story" }), server.streams(a, 1))
    client.sends({ type: "response.steer", previous_response_id: a.id, input: "shorter" })
    world.plays(server.ends(a, "incomplete", "steered"), server.startsSuccessor(b, { after: a }))
    expect(client.last()).toMatchObject({ response: { id: "resp_b", previous_response_id: "resp_a" } })
    client.sends({ type: "response.steer", previous_response_id: b.id, input: "longer" })
    world.plays(server.failsSteer(b))
    expect(client.last()).toMatchObject({ type: "response.steer.failed", steer: { input: "longer" } })
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
