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

/** A server that answers each client event with what `answers` says, and greets with session.created. */
async function served(answers: (event: ServerEvent, socket: WebSocket) => readonly object[]) {
  const server = new WebSocketServer({ port: 0, host: "127.0.0.1" })
  open.push(server)
  server.on("connection", (socket) => {
    const send = (event: object) => socket.send(JSON.stringify(event))
    socket.on("message", (data) => {
      const event = readEvent(String(data))
      if (event) for (const answer of answers(event, socket)) send(answer)
    })
    send({ type: "session.created" })
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

it("rejects connect() with the server's refusal", async () => {
  const client = await served((_, socket) => {
    socket.close(3000, "invalid_request_error.invalid_api_key")
    return []
  })
  await client.connect()
  await expect(client.say("Hello.")).rejects.toMatchObject({ code: "connection_lost" })
})
