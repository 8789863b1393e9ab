import { EventEmitter } from "node:events"
import { setImmediate as turn } from "node:timers/promises"
import { describe, expect, it } from "vitest"
import { worldForTests } from "../world.test-support.ts"
import { openAiNodeResponses } from "./responses-adapter.ts"
import type { FinalResponse, OpenAiNode } from "./shapes.ts"

type Settle = { readonly resolve: (response: FinalResponse) => void; readonly reject: (error: Error) => void }

/** The library with lanes that the test answers by hand. */
function playedBy() {
  const reads: Settle[] = []
  const taken: (string | undefined)[] = []
  const sockets: EventEmitter[] = []
  class ResponsesWS extends EventEmitter {
    readonly socket = new EventEmitter()
    constructor() {
      super()
      sockets.push(this)
    }
    close() {}
  }
  class ResponsesWebSocketSession {
    lane(streamId?: string) {
      if (taken.includes(streamId)) throw new Error("lane is already registered")
      taken.push(streamId)
      const finalResponse = () => new Promise<FinalResponse>((resolve, reject) => void reads.push({ resolve, reject }))
      return { create() {}, finalResponse }
    }
    close() {}
  }
  const library: OpenAiNode = {
    OpenAI: class {},
    OpenAIRealtimeWS: class extends ResponsesWS {
      send() {}
      flushPending() {}
    },
    ResponsesWS,
    ResponsesWebSocketSession,
  }
  const world = worldForTests({ url: "wss://api.openai.com/v1/responses" })
  return { library, world, reads, taken, sockets }
}

async function opened() {
  const played = playedBy()
  const driver = await openAiNodeResponses("0", played.library).open(played.world)
  await driver.perform({ do: "connect" })
  const say = (request: string, lane?: string) =>
    driver.perform({ do: "say", request, text: request, ...(lane === undefined ? {} : { lane }) })
  return { ...played, say }
}

describe("two requests", () => {
  it("on one lane are read one after the other, also after a failure", async () => {
    const { say, reads, world } = await opened()
    await say("first")
    await say("second")
    await turn()
    expect(reads).toHaveLength(1)
    reads[0]?.reject(new Error("refused"))
    await turn()
    expect(reads).toHaveLength(2)
    reads[1]?.resolve({ id: "resp_2", status: "completed" })
    await turn()
    expect(world.told.filter(([kind]) => kind === "settled" || kind === "turn")).toEqual([
      ["settled", "stream 2", "rejected", "refused"],
      ["turn", { is: "ended", response: "resp_2", status: "completed" }],
      ["settled", "stream 3", "resolved", { response: "resp_2" }],
    ])
  })

  it("on two lanes are read at once", async () => {
    const { say, reads, taken } = await opened()
    await say("first", "left")
    await say("second", "right")
    await turn()
    expect(taken).toEqual(["left", "right"])
    expect(reads).toHaveLength(2)
  })
})

describe("a lane", () => {
  it("is had anew after a reconnection", async () => {
    const { say, taken, sockets, world } = await opened()
    await say("first")
    taken.length = 0
    sockets[0]?.emit("reconnecting")
    sockets[0]?.emit("reconnected")
    await say("second")
    expect(taken).toEqual([undefined])
    expect(world.told.some(([kind]) => kind === "refused")).toBe(false)
  })

  it("that was had between two attempts is kept once the second succeeds", async () => {
    const { say, taken, sockets } = await opened()
    sockets[0]?.emit("reconnecting")
    await say("first")
    sockets[0]?.emit("reconnected")
    await say("second")
    expect(taken).toEqual([undefined])
  })

  it("is listened to while it is read, and not after", async () => {
    const { say, reads, sockets, world } = await opened()
    const streams = (delta: string, stream_id?: string) =>
      sockets[0]?.emit("response.output_text.delta", { delta, ...(stream_id === undefined ? {} : { stream_id }) })
    await say("first")
    await say("second", "left")
    await turn()
    streams("one")
    streams("two", "left")
    reads[0]?.reject(new Error("refused"))
    await turn()
    streams("late")
    streams("three", "left")
    expect(world.told.filter(([kind]) => kind === "heard").map(([, heard]) => heard)).toEqual([
      { text: "one" },
      { text: "two" },
      { text: "three" },
    ])
  })

  it("that is refused is reported, and opens no future", async () => {
    const { say, taken, world } = await opened()
    taken.push(undefined)
    await say("first")
    expect(world.told.at(-1)).toEqual(["refused", "say", "lane is already registered"])
  })
})
