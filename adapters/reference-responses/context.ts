// What was said, in order, and how much of it a create has to carry: all of it, or what is new since the response that its
// connection still remembers (PROTOCOL.md C.3).
import { type Members, textOf } from "../reference/events.ts"

/** An item of input or output, as it is on the wire. Items are compared by identity. */
export type Item = Members

/** A question with all that came of it: the reply's items, tool outputs, what was added by steering. */
export interface Turn {
  readonly items: Item[]
}

/** What a lane of a connection remembers: its last good response, and the items that this response knows. */
export interface Chain {
  readonly id: string
  readonly covered: readonly Item[]
  /** Steering input that the server holds and prepends by itself (W24). */
  readonly owned: readonly Item[]
}

export class Conversation {
  readonly #turns: Turn[] = []

  begin(...items: Item[]): Turn {
    const turn = { items }
    this.#turns.push(turn)
    return turn
  }

  /** All up to the end of that turn. Calls whose outputs are not there yet are left out: the server refuses them. */
  upTo(turn: Turn): Item[] {
    const items = this.#turns.slice(0, this.#turns.indexOf(turn) + 1).flatMap((each) => each.items)
    const answered = new Set(items.filter(isOutput).map(({ call_id }) => call_id))
    return items.filter((item) => !isCall(item) || answered.has(item.call_id))
  }
}

/** The members of a create that say what it continues from, and with what. */
export function inputOf(context: readonly Item[], chain: Chain | undefined) {
  if (!chain) return { input: context }
  const input = context.slice(chain.covered.length).filter((item) => !chain.owned.includes(item))
  return { previous_response_id: chain.id, input }
}

export const userMessage = (text: string): Item => ({
  type: "message",
  role: "user",
  content: [{ type: "input_text", text }],
})

export const isCall = (item: Item): boolean => item.type === "function_call"

const isOutput = (item: Item): boolean => item.type === "function_call_output" && textOf(item.call_id) !== undefined
