import { setImmediate as turn } from "node:timers/promises"
import { describe, expect, it } from "vitest"
import { worldForTests } from "../world.test-support.ts"
import { openAiAgentsResponses } from "./adapter.ts"
import type { AgentsResponses, RunEvent } from "./shapes.ts"

interface Run {
  readonly input: string
  readonly signal: AbortSignal
  readonly stop: (error?: Error) => void
}

/** The library, whose runs stream `events` and then wait for the test to end them. */
async function opened(events: readonly RunEvent[]) {
  const runs: Run[] = []
  const library: AgentsResponses = {
    Agent: class {},
    OpenAI: class {},
    OpenAIResponsesWSModel: class {
      close = async () => {}
    },
    WebSocket: undefined,
    tool: () => ({}),
    Runner: class {
      async run(_agent: object, input: string, { signal }: { signal: AbortSignal }) {
        const completed = new Promise<void>((resolve, reject) => {
          runs.push({ input, signal, stop: (error) => (error ? reject(error) : resolve()) })
        })
        const streamed = async function* () {
          yield* events
          await completed
        }
        return { completed, [Symbol.asyncIterator]: streamed }
      }
    },
  }
  const world = worldForTests({ url: "wss://api.openai.com/v1/responses" })
  const driver = await openAiAgentsResponses("0", library).open(world)
  return { driver, world, runs }
}

const answer: readonly RunEvent[] = [
  { type: "raw_model_stream_event", data: { type: "response_started", providerData: { response: { id: "resp_1" } } } },
  { type: "raw_model_stream_event", data: { type: "output_text_delta", delta: "hi" } },
  { type: "run_item_stream_event" },
  { type: "raw_model_stream_event", data: { type: "response_done", response: { id: "resp_1" } } },
]

describe("a run", () => {
  it("is heard piece by piece, and its two futures settle apart", async () => {
    const { driver, world, runs } = await opened(answer)
    await driver.perform({ do: "say", request: "a", text: "hello" })
    await turn()
    runs[0]?.stop()
    await turn()
    expect(world.told).toEqual([
      ["opened", "run 1"],
      ["opened", "completed run 1"],
      ["turn", { is: "started", response: "resp_1" }],
      ["heard", { text: "hi", future: "run 1", response: "resp_1" }],
      ["turn", { is: "ended", response: "resp_1" }],
      ["settled", "completed run 1", "resolved"],
      ["settled", "run 1", "resolved", { response: "resp_1" }],
    ])
  })

  it("that fails rejects both", async () => {
    const { driver, world, runs } = await opened([])
    await driver.perform({ do: "say", request: "a", text: "hello" })
    await turn()
    runs[0]?.stop(new Error("lost"))
    await turn()
    expect(world.told.filter(([kind]) => kind === "settled")).toEqual([
      ["settled", "completed run 1", "rejected", "lost"],
      ["settled", "run 1", "rejected", "lost"],
    ])
  })

  it("is cancelled alone when it is named, and only while it goes on", async () => {
    const { driver, runs } = await opened([])
    await driver.perform({ do: "say", request: "a", text: "one" })
    await driver.perform({ do: "say", request: "b", text: "two" })
    await turn()
    await driver.perform({ do: "cancel", request: "b" })
    expect(runs.map(({ input, signal }) => [input, signal.aborted])).toEqual([
      ["one", false],
      ["two", true],
    ])
    runs[0]?.stop()
    await turn()
    await driver.perform({ do: "cancel" })
    expect(runs[0]?.signal.aborted).toBe(false)
  })
})
