// Drives OpenAIResponsesWSModel of @openai/agents-openai as apps do: as the model of an agent that a Runner of
// @openai/agents-core runs, streamed. Each `say` is a run of its own.
import type { Adapter, Capability, Driver, Operation, World } from "../../harness/adapter.ts"
import type { AgentsResponses, StreamedRun } from "./shapes.ts"

const can: readonly Capability[] = [
  "text-turn",
  "reply-stream",
  "text-output",
  "request-timeout",
  "cancel",
  "cancel-request",
  "tools",
  "concurrent",
  "reconnect",
]

/** For a request, from being asked to its end, waiting in line included. The library's own default is ten minutes. */
const timeoutMs = 30_000

export const openAiAgentsResponses = (version: string, library: AgentsResponses): Adapter => ({
  name: "openai-agents-responses",
  version,
  protocol: "responses",
  can,
  open: (world) => openDriver(world, library),
})

function openDriver(world: World, library: AgentsResponses): Driver {
  const { report } = world
  const client = new library.OpenAI({ apiKey: world.apiKey, baseURL: baseUrl(world), timeout: timeoutMs })
  const model = new library.OpenAIResponsesWSModel(client, world.model)
  const agent = newAgent(library, world)
  const runner = new library.Runner({ tracingDisabled: true, modelProvider: { getModel: () => model } })
  const running = new Map<string, AbortController>()
  let count = 0
  const say = (request: string, text: string) => {
    const abort = new AbortController()
    running.set(request, abort)
    const id = `run ${++count}`
    const run = runner.run(agent, text, { stream: true, signal: abort.signal })
    const ended = run.then((streamed) => {
      void report.follow({ id: `completed ${id}`, kind: "other", request }, streamed.completed)
      return read(streamed, id, world)
    })
    const settled = ended.finally(() => running.delete(request))
    void report.follow({ id, kind: "stream", request }, settled, (response) =>
      response ? { response: `${response}` } : {},
    )
  }
  const perform = (operation: Operation) => {
    switch (operation.do) {
      case "connect":
        return
      case "say":
        return say(operation.request, operation.text)
      case "cancel":
        for (const [request, abort] of running)
          if (operation.request === undefined || operation.request === request) abort.abort()
        return
      case "close":
        return void report.follow({ id: `close ${++count}`, kind: "close" }, model.close())
      default:
        throw new Error(`the adapter cannot ${operation.do}`)
    }
  }
  return {
    perform(operation) {
      try {
        perform(operation)
      } catch (error) {
        report.refused(operation, error)
      }
    },
  }
}

const baseUrl = ({ url }: World) => url.replace(/^ws/, "http").replace(/\/responses$/, "")

function newAgent({ Agent, tool }: AgentsResponses, world: World): object {
  const tools = world.tools.map(({ name, description, parameters, run }) =>
    tool({
      name,
      description,
      parameters,
      strict: true,
      execute: (args, _context, details) =>
        run(args, details?.toolCall?.callId === undefined ? {} : { call_id: details.toolCall.callId }),
    }),
  )
  return new Agent({ name: "assistant", tools })
}

/** Resolves with the last response's wire id, where the run told one. */
async function read(run: StreamedRun, future: string, { report }: World): Promise<string | undefined> {
  let response: string | undefined
  for await (const { data } of run) {
    if (data?.type === "response_started") {
      response = data.providerData?.response?.id
      report.turn({ is: "started", ...(response === undefined ? {} : { response }) })
    }
    if (data?.type === "output_text_delta" && data.delta)
      report.heard({ text: data.delta, future, ...(response === undefined ? {} : { response }) })
    if (data?.type === "response_done") {
      const id = data.response?.id
      report.turn({ is: "ended", ...(id === undefined ? {} : { response: id }) })
    }
  }
  return response
}
