// Against a real WebSocket server on loopback; the scenarios do the rest, in virtual time.
import type { AddressInfo } from "node:net"
import { afterEach, expect, it } from "vitest"
import { type WebSocket, WebSocketServer } from "ws"
import { RealtimeClient } from "./client.ts"
import { readEvent, type ServerEvent } from "./events.ts"

const open: { close(): unknown }[] = []
afterEach(async () => {
  for (const each of open.splice(0).reverse()) await each.close()
})

const greet = (socket: WebSocket) => socket.send(JSON.stringify({ type: "session.created" }))

/** A client of a server that greets as told, and answers each client event with what `answers` says. */
async function served(answers: (event: ServerEvent) => readonly object[], greets = greet) {
  const server = new WebSocketServer({ port: 0, host: "127.0.0.1" })
  open.push(server)
  server.on("connection", (socket) => {
    const send = (event: object) => socket.send(JSON.stringify(event))
    socket.on("message", (data) => {
      const event = readEvent(String(data))
      if (event) for (const answer of answers(event)) send(answer)
    })
    greets(socket)
  })
  await new Promise((resolve) => server.once("listening", resolve))
  const { port } = server.address() as AddressInfo
  const client = new RealtimeClient({ url: `ws://127.0.0.1:${port}/v1/realtime?model=m`, apiKey: "sk-test" })
  open.push(client)
  return client
}

it("connects, asks, and follows the reply to its end", async () => {
  const client = await served(({ type, response }) => {
    if (type === "session.update") return [{ type: "session.updated" }]
    if (type !== "response.create") return []
    const given = { id: "resp_1", metadata: (response as { metadata: unknown }).metadata }
    return [
      { type: "response.created", response: given },
      { type: "response.done", response: { ...given, status: "completed" } },
    ]
  })
  await client.connect()
  const reply = await client.say("Hello.", "greeting")
  expect(reply).toMatchObject({ id: "resp_1", name: "greeting" })
  await expect(reply.ended).resolves.toBe("completed")
  await client.close()
  await expect(client.say("Anybody?")).rejects.toMatchObject({ code: "closed" })
})

it("rejects connect() with the server's refusal, and does not try again", async () => {
  const error = { code: "invalid_api_key", message: "Incorrect API key." }
  const client = await served(
    () => [],
    (socket) => {
      socket.send(JSON.stringify({ type: "error", error }))
      socket.close(3000, "invalid_request_error.invalid_api_key")
    },
  )
  await expect(client.connect()).rejects.toMatchObject({ code: "invalid_api_key", isFatal: true })
})

it("rejects at once what is asked before connect()", async () => {
  const client = await served(() => [])
  await expect(client.say("Hello.")).rejects.toMatchObject({ code: "not_connected" })
  expect(() => client.append("AAAA")).toThrow("no open session")
})
