import { describe, expect, it } from "vitest"
import { worldForTests } from "../world.test-support.ts"
import { openAiRealtimeApi } from "./adapter.ts"
import type { RealtimeApi } from "./shapes.ts"

/** The library, whose listeners the test calls by hand. */
async function opened() {
  const listeners = new Map<string, (event: object) => void>()
  const on = (event: string, listener: (event: never) => void) =>
    void listeners.set(event, listener as (event: object) => void)
  const sent: unknown[] = []
  class RealtimeClient {
    readonly realtime = { on }
    readonly conversation = { responses: [{ id: "resp_1", output: [null, { id: "item_1" }] }] }
    readonly on = on
    connect = async () => {}
    disconnect() {}
    addTool() {}
    updateSession() {}
    sendUserMessageContent(content: unknown) {
      sent.push(content)
    }
    appendInputAudio(audio: Int16Array) {
      sent.push([...audio])
    }
    createResponse() {
      throw new Error("RealtimeAPI is not connected")
    }
    cancelResponse() {}
  }
  const library: RealtimeApi = { RealtimeClient }
  const world = worldForTests({ url: "wss://api.openai.com/v1/realtime" })
  const driver = await openAiRealtimeApi("0", library).open(world)
  return { driver, world, sent, emit: (event: string, data: object) => listeners.get(event)?.(data) }
}

describe("what the client tells", () => {
  it("of an assistant's item is heard, with the response that holds the item", async () => {
    const { emit, world } = await opened()
    const item = { id: "item_1", role: "assistant" }
    emit("conversation.updated", { item, delta: { transcript: "hi" } })
    emit("conversation.updated", { item, delta: { audio: new Int16Array([1, 2]) } })
    emit("conversation.updated", { item: { id: "item_9", role: "assistant" }, delta: { text: "ho" } })
    expect(world.told).toEqual([
      ["heard", { text: "hi", response: "resp_1" }],
      ["heard", { audio: "AQACAA==", response: "resp_1" }],
      ["heard", { text: "ho" }],
    ])
  })

  it("of the user's own item is not heard", async () => {
    const { emit, world } = await opened()
    emit("conversation.updated", { item: { id: "item_1", role: "user" }, delta: { transcript: "me" } })
    expect(world.told).toEqual([])
  })

  it("of a response's end is told with its status", async () => {
    const { emit, world } = await opened()
    emit("server.response.done", { response: { id: "resp_1", status: "failed" } })
    expect(world.told).toEqual([["turn", { is: "ended", response: "resp_1", status: "failed" }]])
  })
})

describe("what the app asks", () => {
  it("reaches the client: text, and audio as samples", async () => {
    const { driver, sent } = await opened()
    await driver.perform({ do: "say", request: "a", text: "hello" })
    await driver.perform({ do: "speak", audio: "AQACAA==" })
    expect(sent).toEqual([[{ type: "input_text", text: "hello" }], [1, 2]])
  })

  it("is refused where the client throws", async () => {
    const { driver, world } = await opened()
    await driver.perform({ do: "request", request: "a" })
    expect(world.told).toEqual([["refused", "request", "RealtimeAPI is not connected"]])
  })
})
