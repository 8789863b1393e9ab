// The scripted server as a client of Responses over WebSocket meets it.
import { describe, expect, it } from "vitest"
import { type Scenario, server } from "../script/index.ts"
import { a, b, begin } from "./responses-rig.test-support.ts"

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
    expect(world.missed).toEqual(["the server could not start b: another response comes first"])
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
    const refused = ["joke", "riddle"].map((request) => {
      client.asks(`${request}?`)
      world.plays(server.errors({ for: request, code: "x", thenFailed: true }))
      return client.last()
    })
    expect(refused).toMatchObject(refused.map(() => ({ type: "response.failed", response: { status: "failed" } })))
    expect(new Set(refused.map((failed) => JSON.stringify(failed?.response))).size).toBe(2)
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
