// Against a real WebSocket server on loopback; the scenarios do the rest, in virtual time.
import type { AddressInfo } from "node:net"
import { afterEach, expect, it } from "vitest"
import { WebSocketServer } from "ws"
import { readEvent, type ServerEvent } from "../reference/events.ts"
import { ResponsesClient } from "./client.ts"

const open: { close(): unknown }[] = []
afterEach(async () => {
  for (const each of open.splice(0).reverse()) await each.close()
})

/** A client of a server that answers each create with what `answers` says. */
async function served(answers: (create: ServerEvent) => readonly object[]) {
  const server = new WebSocketServer({ port: 0, host: "127.0.0.1" })
  open.push(server)
  server.on("connection", (socket) =>
    socket.on("message", (data) => {
      const event = readEvent(String(data))
      if (event) for (const answer of answers(event)) socket.send(JSON.stringify(answer))
    }),
  )
  await new Promise((resolve) => server.once("listening", resolve))
  const { port } = server.address() as AddressInfo
  const heard: string[] = []
  const client = new ResponsesClient({
    ...{ url: `ws://127.0.0.1:${port}/v1/responses`, apiKey: "sk-test", model: "m" },
    on: { output: ({ text }) => heard.push(text) },
  })
  open.push(client)
  return { client, heard }
}

const completed = (id: string) => [
  { type: "response.created", sequence_number: 0, response: { id } },
  { type: "response.output_text.delta", sequence_number: 1, output_index: 0, content_index: 0, delta: "Hi." },
  { type: "response.completed", sequence_number: 2, response: { id, output: [] } },
]

it("asks, hears, and continues with what is new", async () => {
  const creates: ServerEvent[] = []
  const { client, heard } = await served((create) => completed(`resp_${creates.push(create)}`))
  await client.connect()
  const reply = client.say("Hello.", { name: "greeting" })
  await expect(reply.started).resolves.toMatchObject({ id: "resp_1", name: "greeting" })
  await expect(reply.ended).resolves.toBe("completed")
  await client.say("And you?").ended
  expect(heard).toEqual(["Hi.", "Hi."])
  expect(creates.map(({ previous_response_id }) => previous_response_id)).toEqual([undefined, "resp_1"])
  expect(creates.map(({ input }) => (input as unknown[]).length)).toEqual([1, 1])
})

it("rejects both ends of a reply with the server's refusal", async () => {
  const error = { code: "invalid_prompt", message: "No.", param: null }
  const { client } = await served(() => [{ type: "error", status: 400, error }])
  const reply = client.say("Hello.")
  await expect(reply.started).rejects.toMatchObject({ code: "invalid_prompt" })
  await expect(reply.ended).rejects.toMatchObject({ code: "invalid_prompt" })
})

it("takes the end of a response that nobody waited for as nobody's", async () => {
  const error = { code: "server_error", message: "Told twice.", param: null }
  const [created = {}, , end = {}] = completed("resp_stray")
  const answers = [
    [{ type: "error", status: 500, error }, created],
    [end, ...completed("resp_2")],
  ]
  const { client } = await served(() => answers.shift() ?? [])
  await expect(client.say("Hello.").ended).rejects.toMatchObject({ code: "server_error" })
  const reply = client.say("And you?")
  await expect(reply.started).resolves.toMatchObject({ id: "resp_2" })
  await expect(reply.ended).resolves.toBe("completed")
})

it("takes nothing more once it is closed", async () => {
  const { client } = await served(() => [])
  const reply = client.say("Hello.")
  await client.close()
  await expect(reply.ended).rejects.toMatchObject({ code: "closed" })
  expect(() => client.say("Anybody?")).toThrow("closed")
})

it("does not continue from a response of which an item was finished that it was not told", async () => {
  const creates: ServerEvent[] = []
  const call = { type: "function_call", status: "in_progress", call_id: "c1", name: "lookup", arguments: "" }
  const [begins] = completed("resp_1")
  const { client } = await served((create) =>
    creates.push(create) > 1
      ? completed("resp_2")
      : [
          begins ?? {},
          { type: "response.output_item.added", sequence_number: 1, output_index: 0, item: call },
          { type: "response.output_item.done", sequence_number: 2, output_index: 0 },
          { type: "response.completed", sequence_number: 3, response: { id: "resp_1" } },
        ],
  )
  await client.connect()
  await client.say("Hello.").ended
  await client.say("And you?").ended
  expect(creates.map(({ previous_response_id }) => previous_response_id)).toEqual([undefined, undefined])
})

it("says nothing twice where the item before was lost, and the terminal lists none", async () => {
  const [begins] = completed("resp_1")
  const content = [{ type: "output_text", text: "Hi." }]
  const { client, heard } = await served(() => [
    begins ?? {},
    { type: "response.output_text.delta", sequence_number: 5, output_index: 1, content_index: 0, delta: "Hi." },
    { type: "response.output_item.done", sequence_number: 6, output_index: 1, item: { type: "message", content } },
    { type: "response.completed", sequence_number: 7, response: { id: "resp_1" } },
  ])
  await client.connect()
  await client.say("Hello.").ended
  expect(heard.join("")).toBe("Hi.")
})

it("takes what continues from a steered response, whose end was lost, for its successor and not for the next", async () => {
  const lane = { stream_id: "left" }
  const begins = (id: string, previous?: string) => ({
    ...{ type: "response.created", sequence_number: 0, ...lane },
    response: { id, ...(previous ? { previous_response_id: previous } : {}) },
  })
  const ends = (id: string) => ({
    type: "response.completed",
    sequence_number: 1,
    ...lane,
    response: { id, output: [] },
  })
  let asked = 0
  const { client } = await served(({ type }) => {
    if (type === "response.steer")
      return [{ type: "response.steer.accepted", steer: { id: "s", previous_response_id: "resp_1" }, ...lane }]
    asked += 1
    return asked === 1
      ? [begins("resp_1"), { type: "response.output_text.delta", sequence_number: 1, ...lane, delta: "Hi." }]
      : [begins("resp_2", "resp_1"), ends("resp_2"), begins("resp_3"), ends("resp_3")]
  })
  await client.connect()
  const first = client.say("Hello.", { name: "a", lane: "left" })
  await first.started
  client.steer("a", "And quietly.")
  const next = client.say("And you?", { name: "b", lane: "left" })
  await expect(first.ended).resolves.toBe("incomplete")
  await expect(next.ended).resolves.toBe("completed")
  expect(next.id).toBe("resp_3")
})

it("takes the failure of a refused request, told once more, for that of nothing else", async () => {
  const failed = { type: "response.failed", sequence_number: 1, response: { id: "resp_refused", status: "failed" } }
  const error = { code: "server_error", message: "No.", param: null }
  const [begins, ...rest] = completed("resp_1")
  let asked = 0
  const { client, heard } = await served(() =>
    ++asked === 1 ? [{ type: "error", status: 500, error }, failed] : [begins ?? {}, failed, ...rest],
  )
  await client.connect()
  await expect(client.say("Hello.").ended).rejects.toMatchObject({ code: "server_error" })
  await expect(client.say("Hello?").ended).resolves.toBe("completed")
  expect(heard).toEqual(["Hi."])
})
