// The app's tools in the form that LiveKit's versions want, and the running of calls that the model makes.
import type { Tool } from "../../harness/adapter.ts"
import type { FunctionCall, FunctionResult, LiveKit } from "./shapes.ts"

/** For updateTools() and chat(). The sessions never call `execute` themselves: AgentSession above them does, or the app. */
export function toolContext({ llm }: LiveKit, tools: readonly Tool[]): unknown {
  const named = tools.map(({ name, description, parameters }) => {
    const execute = () => Promise.reject(new Error("only the app runs tools"))
    return [name, llm.tool({ name, description, parameters, execute })] as const
  })
  return llm.ToolContext ? new llm.ToolContext(named.map(([, tool]) => tool)) : Object.fromEntries(named)
}

/** Runs the called tool. Never rejects: a tool that throws has an output that says so, as in LiveKit's AgentSession. */
export async function runCall(tools: readonly Tool[], { callId, name, args }: FunctionCall): Promise<FunctionResult> {
  const tool = tools.find((each) => each.name === name)
  try {
    if (!tool) throw new Error(`Unknown function: ${name}`)
    return { callId, name, output: await tool.run(args, { call_id: callId }), isError: false }
  } catch (error) {
    return { callId, name, output: error instanceof Error ? error.message : String(error), isError: true }
  }
}
