// The recording proxy over real sockets: what it hands on is what it was given, and what it tells is what went by.
import { once } from "node:events"
import { createServer, type Server } from "node:http"
import { createServer as createTlsServer } from "node:https"
import type { AddressInfo } from "node:net"
import { generate } from "selfsigned"
import { afterEach, describe, expect, it } from "vitest"
import { WebSocket, WebSocketServer } from "ws"
import { type Recording, record, type Seen } from "./record.ts"

const open: (() => unknown)[] = []
afterEach(async () => {
  for (const close of open.splice(0).reverse()) await close()
})

type Upstream = { url: string; sockets: WebSocketServer; taken: Promise<WebSocket> }

async function upstreamOn(server: Server, scheme: string): Promise<Upstream> {
  const sockets = new WebSocketServer({ server, autoPong: false, perMessageDeflate: false })
  const taken = new Promise<WebSocket>((resolve) => sockets.once("connection", resolve))
  server.listen(0, "127.0.0.1")
  await once(server, "listening")
  open.push(() => {
    for (const socket of sockets.clients) socket.terminate()
    server.close()
  })
  return { url: `${scheme}://localhost:${(server.address() as AddressInfo).port}`, sockets, taken }
}

/** An upstream, a proxy before it, and a client that dials the proxy. */
async function recorded(more: { path?: string; protocols?: string[]; headers?: Record<string, string> } = {}) {
  const upstream = await upstreamOn(createServer(), "ws")
  const seen: Seen[] = []
  const recording = await proxy(upstream.url, seen)
  const client = dial(`${recording.origin}${more.path ?? "/v1/realtime?model=m"}`, more)
  const [server] = await Promise.all([upstream.taken, once(client, "open")])
  return { upstream, server, client, seen, recording, told: () => seen.map(({ side, kind }) => `${side} ${kind}`) }
}

async function proxy(upstream: string, seen: Seen[], ca?: string): Promise<Recording> {
  const recording = await record({ upstream, onSeen: (each) => seen.push(each), ...(ca ? { ca } : {}) })
  open.push(recording.close)
  return recording
}

function dial(
  url: string,
  { protocols = [], headers = {} }: { protocols?: string[]; headers?: Record<string, string> },
) {
  const client = new WebSocket(url, protocols, { headers, autoPong: false })
  client.on("error", () => {})
  open.push(() => client.terminate())
  return client
}

const next = async (socket: WebSocket) => {
  const [data, isBinary] = await once(socket, "message")
  return { bytes: data as Buffer, isBinary: isBinary as boolean }
}

describe("what goes by", () => {
  it.each([
    ["text that is no tidy JSON", '{ "type":"x",  "n":1.0, "é":"\\u00e9" }', false],
    ["a binary frame", Buffer.from([0, 255, 128, 10]), true],
    ["an empty frame", "", false],
  ])("%s stays as it is, in both directions", async (_, data, isBinary) => {
    const { client, server } = await recorded()
    for (const [from, to] of [
      [client, server],
      [server, client],
    ] as const) {
      const arrives = next(to)
      from.send(data, { binary: isBinary })
      expect(await arrives).toEqual({ bytes: Buffer.from(data), isBinary })
    }
  })

  it("is told before it goes on, with its side and in order", async () => {
    const { client, server, told, seen } = await recorded()
    const arrives = next(server)
    client.send('{"type":"response.create"}')
    await arrives
    const answered = next(client)
    server.send('{"type":"response.created"}')
    await answered
    expect(told()).toEqual(["client handshake", "server handshake", "client text", "server text"])
    expect(seen[0]).toMatchObject({ connection: 1, url: expect.stringContaining("/v1/realtime?model=m") })
  })

  it("carries a ping and the pong of who was asked", async () => {
    const { client, server, told } = await recorded()
    client.once("ping", (data) => client.pong(data))
    server.ping("are you there")
    const [data] = await once(server, "pong")
    expect(String(data)).toBe("are you there")
    expect(told().slice(2)).toEqual(["server ping", "client pong"])
  })

  it("keeps the sub-protocol that the upstream chose, the path, and the client's headers", async () => {
    const headers = { authorization: "Bearer sk-of-a-test", "openai-beta": "realtime=v1" }
    const server = createServer()
    const asked = once(server, "upgrade")
    const upstream = await upstreamOn(server, "ws")
    const { origin } = await proxy(upstream.url, [])
    const client = dial(`${origin}/v1/responses`, { protocols: ["realtime", "other"], headers })
    await once(client, "open")
    const [request] = await asked
    expect(client.protocol).toBe("realtime")
    expect(request.url).toBe("/v1/responses")
    expect(request.headers).toMatchObject(headers)
  })

  it("waits for the slower side", async () => {
    const { client, server, seen } = await recorded()
    client.pause()
    const chunk = Buffer.alloc(256 * 1024, 7)
    const count = 400
    for (let left = count; left > 0; left--) server.send(chunk)
    await standstill(() => seen.length)
    expect(seen.length).toBeLessThan(count / 2)
    let got = 0
    const all = new Promise<void>((resolve) => {
      client.on("message", (data: Buffer) => {
        if (data.equals(chunk) && ++got === count) resolve()
      })
    })
    client.resume()
    await all
    expect(seen.length).toBe(count + 2)
  })
})

/** Resolves when nothing more happens in many turns of the event loop. */
async function standstill(activity: () => number) {
  for (let still = 0, before = -1; still < 500; still = activity() === before ? still + 1 : 0) {
    before = activity()
    await new Promise((resolve) => setImmediate(resolve))
  }
}

describe("how a connection ends", () => {
  it.each(["client", "server"] as const)("with the code and reason of the %s", async (side) => {
    const { client, server, seen } = await recorded()
    const [from, to] = side === "client" ? [client, server] : [server, client]
    const closed = once(to, "close")
    from.close(4001, "because")
    const [code, reason] = await closed
    expect([code, String(reason)]).toEqual([4001, "because"])
    expect(seen.at(-1)).toMatchObject({ side, kind: "close", code: 4001, reason: "because" })
  })

  it("without a close frame where there was none", async () => {
    const { client, server, seen } = await recorded()
    const closed = once(client, "close")
    server.terminate()
    expect((await closed)[0]).toBe(1006)
    expect(seen.at(-1)).toMatchObject({ side: "server", kind: "drop" })
  })

  it("before it began, with the status and words of the upstream", async () => {
    const server = createServer()
    server.on("upgrade", (_, stream) => {
      stream.end(
        'HTTP/1.1 401 Unauthorized\r\nContent-Type: application/json\r\nContent-Length: 13\r\n\r\n{"error":"no"}',
      )
    })
    server.listen(0, "127.0.0.1")
    await once(server, "listening")
    open.push(() => server.close())
    const seen: Seen[] = []
    const { origin } = await proxy(`ws://127.0.0.1:${(server.address() as AddressInfo).port}`, seen)
    const [, answer] = await once(dial(`${origin}/v1/realtime`, {}), "unexpected-response")
    expect(answer.statusCode).toBe(401)
    expect(seen.at(-1)).toMatchObject({ side: "server", kind: "handshake", status: 401 })
  })

  it("before it began, where there is no upstream", async () => {
    const server = createServer().listen(0, "127.0.0.1")
    await once(server, "listening")
    const { port } = server.address() as AddressInfo
    await new Promise((resolve) => server.close(resolve))
    const seen: Seen[] = []
    const { origin } = await proxy(`ws://127.0.0.1:${port}`, seen)
    const [, answer] = await once(dial(`${origin}/v1/realtime`, {}), "unexpected-response")
    expect(answer.statusCode).toBe(502)
    expect(seen.at(-1)).toMatchObject({ side: "server", kind: "error" })
  })

  it("with 1001 on both sides when recording ends", async () => {
    const { client, server, recording } = await recorded()
    const both = [once(client, "close"), once(server, "close")]
    await recording.close()
    expect((await Promise.all(both)).map(([code]) => code)).toEqual([1001, 1001])
  })
})

it("dials an upstream with TLS, and only one whose certificate it trusts", async () => {
  const names = [{ type: 2, value: "localhost" }] as const
  const pem = await generate([{ name: "commonName", value: "localhost" }], {
    extensions: [
      { name: "basicConstraints", cA: true },
      { name: "subjectAltName", altNames: [...names] },
    ],
  })
  const upstream = await upstreamOn(createTlsServer({ key: pem.private, cert: pem.cert }) as unknown as Server, "wss")
  const trusting = await proxy(upstream.url, [], pem.cert)
  const client = dial(`${trusting.origin}/v1/realtime`, {})
  await once(client, "open")
  const arrives = next(await upstream.taken)
  client.send("hello")
  expect(String((await arrives).bytes)).toBe("hello")
  const seen: Seen[] = []
  const wary = await proxy(upstream.url, seen)
  await once(dial(`${wary.origin}/v1/realtime`, {}), "unexpected-response")
  expect(seen.at(-1)).toMatchObject({ kind: "error", message: expect.stringMatching(/certificate/) })
})
