// Runs the calls of a completed reply: each once, all at the same time, and every one of them gets an output, for the
// server refuses a continuation that leaves one open.
import { textOf } from "../reference/events.ts"
import type { ClientTool } from "../reference/tools.ts"
import type { Item } from "./context.ts"
import type { Policy } from "./policy.ts"

export class Tools {
  readonly #tools: readonly ClientTool[]
  readonly #policy: Policy
  readonly #ran = new Set<string>()

  constructor(tools: readonly ClientTool[], policy: Policy) {
    this.#tools = tools
    this.#policy = policy
  }

  /** What the model is told of them, as a member of a create. */
  get told(): object {
    const tools = this.#tools.map(({ name, description, parameters }) => {
      return { type: "function", name, description, parameters }
    })
    return tools.length > 0 ? { tools } : {}
  }

  /** The calls of these items that are to be run, now and never again. */
  begin(output: readonly Item[]): Item[] {
    return output.filter(({ type, call_id, status }) => {
      const id = textOf(call_id) ?? ""
      const isComplete = type === "function_call" && (status === "completed" || status === undefined)
      const isOurs = isComplete && this.#policy.mayRun(id, this.#ran)
      if (isOurs) this.#ran.add(id)
      return isOurs
    })
  }

  /** Never rejects: a tool that fails is the model's to explain. */
  async outputsOf(calls: readonly Item[]): Promise<readonly Item[]> {
    return this.#policy.answers(await Promise.all(calls.map((call) => this.#outputOf(call))))
  }

  async #outputOf({ call_id, name, arguments: args }: Item): Promise<Item> {
    const output = await this.#run(textOf(call_id) ?? "", textOf(name) ?? "", textOf(args) ?? "")
    return { type: "function_call_output", call_id, output }
  }

  async #run(call_id: string, name: string, args: string): Promise<string> {
    try {
      const tool = this.#tools.find((each) => each.name === name)
      if (!tool) throw new Error(`there is no tool ${name}`)
      return await tool.run(JSON.parse(args), { call_id })
    } catch (error) {
      return this.#policy.outputOfFailure(error)
    }
  }
}
