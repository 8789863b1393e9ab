// What every transport does for the scripted server and for an unmodified client (ws), and what only one of them does.
import net from "node:net"
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest"
import { WebSocket } from "ws"
import type { Admission, Connection, Dialling, Listener } from "./endpoint.ts"
import { openLoopbackTransport } from "./loopback.ts"
import { openMemoryTransport } from "./memory.ts"
import type { Transport } from "./transport.ts"

const openings = { memory: async () => openMemoryTransport(), loopback: openLoopbackTransport }

describe.each(["memory", "loopback"] as const)("the %s transport", (kind) => {
  let transport: Transport
  let log: string[] = []
  let connections: Connection[] = []
  let dialled: Dialling[] = []
  let admission: Admission = { as: "accept" }

  const listener: Listener = {
    connecting(request) {
      dialled.push(request)
      return admission
    },
    accepted: (connection) => void connections.push(connection),
    message: (_, data, isBinary) => void log.push(`server got ${isBinary ? `${data.length} bytes` : data}`),
    closed: (_, code, reason) => void log.push(`server saw ${code} ${reason}`.trim()),
  }
  const settle = () => transport.settle(() => log.length)

  /** Dials as any client would; what becomes of it goes to the log. */
  async function dial(path = "/v1/realtime"): Promise<WebSocket> {
    const socket = new WebSocket(`${transport.origin}${path}`, { headers: { authorization: "Bearer k" } })
    socket.on("open", () => log.push("open"))
    socket.on("message", (data, isBinary) => log.push(`client got ${isBinary ? "binary " : ""}${data}`))
    socket.on("close", (code, reason) => log.push(`client saw ${code} ${reason}`.trim()))
    socket.on("unexpected-response", (_, response) => log.push(`client was refused with ${response.statusCode}`))
    socket.on("error", (error: NodeJS.ErrnoException) => log.push(`client failed: ${error.code ?? error.message}`))
    await settle()
    return socket
  }
  const only = (): Connection => {
    const [connection] = connections
    if (!connection || connections.length > 1) throw new Error(`${connections.length} connections`)
    return connection
  }
  /** What was logged while it was done. */
  async function logged(what: () => void): Promise<string[]> {
    log = []
    what()
    await settle()
    return log
  }

  beforeAll(async () => {
    transport = await openings[kind]()
  })
  afterAll(() => transport.close())
  beforeEach(() => {
    transport.reset(listener)
    log = []
    connections = []
    dialled = []
    admission = { as: "accept" }
  })

  it("joins a client to the server, which learns where and how it dialled", async () => {
    await dial("/v1/realtime?model=m")
    expect(log).toEqual(["open"])
    expect(dialled).toMatchObject([{ number: 1, url: "/v1/realtime?model=m", headers: { authorization: "Bearer k" } }])
    expect(only()).toMatchObject({ number: 1, url: "/v1/realtime?model=m", reaches: true })
    expect(transport.openSockets()).toBe(1)
  })

  it("accepts late, and nobody who has gone away meanwhile", async () => {
    const waiting: (() => void)[] = []
    admission = { as: "accept-late", when: (go) => void waiting.push(go) }
    await dial()
    const impatient = await dial()
    expect(connections).toEqual([])
    await logged(() => impatient.terminate())
    expect(await logged(() => waiting.splice(0).forEach((go) => void go()))).toEqual(["open"])
    expect(only().number).toBe(1)
    const server = await logged(() => only().send("hello"))
    expect(server).toEqual(["client got hello"])
  })

  it("has delivered everything, in order, once it has settled", async () => {
    const socket = await dial()
    const server = await logged(() => {
      only().send("one")
      only().together(() => ["two", "three"].forEach((text) => void only().send(text)))
      only().sendBinary(new Uint8Array([65]))
    })
    expect(server).toEqual(["client got one", "client got two", "client got three", "client got binary A"])
    expect(await logged(() => ["a", "b", Buffer.alloc(3)].forEach((data) => void socket.send(data)))).toEqual([
      ...["server got a", "server got b", "server got 3 bytes"],
    ])
  })

  it("settles only when answers to answers have come", async () => {
    const answers: Listener["message"] = (connection, data) => {
      log.push(`server got ${data}`)
      connection.send(String(Number(data) + 1))
    }
    transport.reset({ ...listener, message: answers })
    const socket = await dial()
    socket.on("message", (data) => Number(data) < 5 && socket.send(String(Number(data) + 1)))
    const both = await logged(() => socket.send("1"))
    expect(both.slice(0, 2)).toEqual(["server got 1", "client got 2"])
    expect(both.at(-1)).toBe("client got 6")
  })

  it("closes from either side with code and reason", async () => {
    await dial()
    expect(await logged(() => only().close(1001, "gone"))).toEqual(expect.arrayContaining(["client saw 1001 gone"]))
    expect(transport.openSockets()).toBe(0)
    connections = []
    const socket = await dial()
    expect(await logged(() => socket.close(4000, "bye"))).toEqual(expect.arrayContaining(["server saw 4000 bye"]))
    expect(transport.openSockets()).toBe(0)
  })

  it("drops a connection without a close frame", async () => {
    await dial()
    expect(await logged(() => only().drop())).toContain("client saw 1006")
    expect(only().reaches).toBe(false)
    connections = []
    const socket = await dial()
    const stream: net.Socket = Reflect.get(socket, "_socket")
    stream.once("error", (error: NodeJS.ErrnoException) => log.push(`stream failed: ${error.code}`))
    const reset = await logged(() => {
      only().drop(true)
      expect(only().reaches).toBe(false)
    })
    expect(reset).toContain("stream failed: ECONNRESET")
    expect(reset).toContain("client saw 1006")
  })

  it("goes silent: nothing arrives in either direction, and nothing closes", async () => {
    const socket = await dial()
    only().silence()
    expect(only().reaches).toBe(false)
    const heard = await logged(() => {
      only().send("into the void")
      only().close(1000, "")
      socket.send("is anyone there")
      socket.ping()
    })
    expect(heard).toEqual([])
    expect(socket.readyState).toBe(socket.OPEN)
    expect(transport.openSockets()).toBe(1)
  })

  it("refuses with a status, or leaves an attempt without an answer until it is dropped", async () => {
    admission = { as: "refuse", status: 503 }
    await dial()
    expect(log).toContain("client was refused with 503")
    admission = { as: "ignore" }
    log = []
    const waiting = await dial()
    expect([log, waiting.readyState]).toEqual([[], waiting.CONNECTING])
    expect(await logged(() => dialled.at(-1)?.drop())).toContain("client saw 1006")
    expect(connections).toEqual([])
  })

  it("forgets all at a reset, and counts connections from one again", async () => {
    const before = await dial()
    await dial()
    transport.reset(listener)
    await settle()
    expect([before.readyState, transport.openSockets()]).toEqual([before.CLOSED, 0])
    expect(log).not.toContain("server saw 1006")
    await dial()
    expect(dialled.map(({ number }) => number)).toEqual([1, 2, 1])
  })

  it("lets no client dial a host of the real world", () => {
    expect(() => net.connect(443, "example.com")).toThrow(
      "rtspec lets no client dial example.com: only the scripted server and loopback can be reached in a case",
    )
    expect(() => net.connect({ host: "10.0.0.1", port: 443 })).toThrow("lets no client dial 10.0.0.1")
  })
})

describe("memory alone", () => {
  it("splits a frame where it is told to, and puts the network back when it closes", async () => {
    const real = net.connect
    const transport = openMemoryTransport()
    const chunks: number[] = []
    const texts: string[] = []
    let server: Connection | undefined
    transport.reset({
      ...{ connecting: () => ({ as: "accept" }), message() {}, closed() {} },
      accepted: (connection) => {
        server = connection
      },
    })
    const socket = new WebSocket(`${transport.origin}/`)
    socket.on("message", (data) => texts.push(String(data)))
    await transport.settle(() => texts.length)
    Reflect.get(socket, "_socket").on("data", (chunk: Buffer) => chunks.push(chunk.length))
    server?.send("split me", 3)
    await transport.settle(() => texts.length)
    expect([chunks, texts]).toEqual([[3, 7], ["split me"]])
    transport.close()
    expect(net.connect).toBe(real)
  })
})

/** Node's own, from 22 on. */
const native: unknown = Reflect.get(globalThis, "WebSocket")

describe.skipIf(typeof native !== "function")("Node's own WebSocket in memory", () => {
  it.each([
    ["a close frame", (server: Connection) => server.close(1001, "gone"), 1001],
    ["a drop", (server: Connection) => server.drop(), 1006],
  ])("sees the end of its connection: %s", async (_, end, code) => {
    const transport = openMemoryTransport()
    const log: string[] = []
    const servers: Connection[] = []
    transport.reset({
      ...{ connecting: () => ({ as: "accept" }), message() {}, closed() {} },
      accepted: (connection) => void servers.push(connection),
    })
    const socket: EventTarget = Reflect.construct(Object(native), [`${transport.origin}/v1/responses`])
    socket.addEventListener("open", () => log.push("open"))
    socket.addEventListener("close", (event) => log.push(`close ${Reflect.get(event, "code")}`))
    await transport.settle(() => log.length)
    servers.forEach(end)
    await transport.settle(() => log.length)
    transport.close()
    expect(log).toEqual(["open", `close ${code}`])
  })
})
