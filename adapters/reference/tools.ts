// Tool calls: each complete call runs once, its output is sent once, and when a completed response's last output has been
// sent one reply is asked for (PROTOCOL.md F01 to F05).

import { RealtimeError } from "./errors.ts"
import { type ClientEvent, membersOf, type ServerEvent, textOf } from "./events.ts"
import type { Ending, Policy } from "./policy.ts"
import type { Reply } from "./reply.ts"

export interface ClientTool {
  readonly name: string
  readonly description: string
  readonly parameters: object
  run(args: unknown, call: { readonly call_id: string }): Promise<string>
}

/** What the tools need of their session. */
export interface ToolWorld {
  readonly policy: Policy
  readonly tools: readonly ClientTool[]
  /** Throws where the connection of the call is gone; the next session would not know the call (F04). */
  send(event: ClientEvent): void
  asksForAnswer(): void
  fails(error: RealtimeError): void
}

interface Turn {
  running: number
  ending: Ending | undefined
}

export class ToolCalls {
  readonly #world: ToolWorld
  readonly #started = new Set<string>()
  readonly #turns = new Map<Reply, Turn>()

  constructor(world: ToolWorld) {
    this.#world = world
  }

  /** An event of a reply that may carry a call. What the app cancelled, or keeps out of the conversation, runs nothing. */
  receive(event: ServerEvent, reply: Reply): void {
    const { call_id, name, arguments: args } = membersOf(this.#world.policy.callIn(event))
    const id = textOf(call_id)
    if (id === undefined || reply.isSilent || reply.outOfBand) return
    if (!this.#world.policy.mayRun(id, this.#started)) return
    this.#started.add(id)
    const turn = this.#turns.get(reply) ?? { running: 0, ending: undefined }
    turn.running += 1
    this.#turns.set(reply, turn)
    void this.#answer(id, textOf(name) ?? "", textOf(args) ?? "", reply, turn)
  }

  ended(reply: Reply, ending: Ending): void {
    const turn = this.#turns.get(reply)
    if (!turn) return
    turn.ending ??= ending
    this.#goOn(reply, turn)
  }

  async #answer(call_id: string, name: string, args: string, reply: Reply, turn: Turn): Promise<void> {
    const output = await this.#run(call_id, name, args)
    try {
      if (output !== undefined)
        this.#world.send({ type: "conversation.item.create", item: { type: "function_call_output", call_id, output } })
    } catch {
      this.#turns.delete(reply)
      const message = `the output of ${name} (${call_id}) could not be delivered: its connection is gone`
      return this.#world.fails(new RealtimeError("connection_lost", message))
    }
    turn.running -= 1
    this.#goOn(reply, turn)
  }

  /** A tool that fails is the model's to explain: every call gets an output. */
  async #run(call_id: string, name: string, args: string): Promise<string | undefined> {
    try {
      const tool = this.#world.tools.find((each) => each.name === name)
      if (!tool) throw new Error(`there is no tool ${name}`)
      return await tool.run(JSON.parse(args), { call_id })
    } catch (error) {
      return this.#world.policy.outputOfFailure(error)
    }
  }

  #goOn(reply: Reply, { running, ending }: Turn): void {
    if (running > 0 || ending === undefined) return
    this.#turns.delete(reply)
    if (ending === "completed") this.#world.asksForAnswer()
  }
}
