// One reply as the app sees it: pieces of text while it streams, and one end. It outlives the creates that ask for it: as
// long as nothing of it was delivered it may be asked for again.
import { listOf, membersOf, textOf } from "../reference/events.ts"
import { createFuture } from "../reference/future.ts"
import type { Item } from "./context.ts"
import { ResponsesError } from "./errors.ts"
import type { Ending } from "./policy.ts"

/** A piece of a reply. `whole`: the text of a part from its beginning, where its pieces had been wrong. */
export interface Output {
  readonly text: string
  readonly whole?: boolean
}

export class Reply {
  /** The app's name for what it asked; a tool's follow-up bears that of its question. */
  readonly name: string | undefined
  /** The response's id, once it was created. */
  id: string | undefined
  /** Something of it has come; it will not be asked for again. */
  hasOutput = false
  readonly #started = createFuture<Reply>()
  readonly #ended = createFuture<Ending | "cancelled">()
  readonly #deliver: (output: Output, reply: Reply) => void
  readonly #mutes: boolean
  readonly #texts = new Map<string, string>()
  #isOver = false

  constructor(name: string | undefined, deliver: (output: Output, reply: Reply) => void, mutes: boolean) {
    this.name = name
    this.#deliver = deliver
    this.#mutes = mutes
  }

  /** Resolves with the first piece of output, or with the end where there is none; rejects where it never comes to it. */
  get started(): Promise<Reply> {
    return this.#started.promise
  }

  /** The stream's end: resolves with how it ended, rejects where the reply failed or was lost. */
  get ended(): Promise<Ending | "cancelled"> {
    return this.#ended.promise
  }

  /** The app was told that it is over, one way or the other. */
  get isOver(): boolean {
    return this.#isOver
  }

  read(text: string, part: string): void {
    this.#texts.set(part, (this.#texts.get(part) ?? "") + text)
    this.#say({ text })
  }

  /** The whole text of a part says all of it again, and is right where deltas were lost (W20). */
  complete(whole: string, part: string): void {
    const before = this.#texts.get(part) ?? ""
    if (whole === before) return
    this.#texts.set(part, whole)
    this.#say(whole.startsWith(before) ? { text: whole.slice(before.length) } : { text: whole, whole: true })
  }

  /** A finished item, in its place of the output. */
  completeItem({ content }: Item, index: number): void {
    for (const [at, part] of listOf(content).entries()) {
      const whole = textOf(membersOf(part).text) ?? textOf(membersOf(part).refusal)
      if (whole !== undefined) this.complete(whole, partKey(index, at))
    }
  }

  end(ending: Exclude<Ending, "failed">): void {
    this.#isOver = true
    this.#started.resolve(this)
    this.#ended.resolve(ending)
  }

  fail(error: Error): void {
    this.#isOver = true
    this.#started.reject(error)
    this.#ended.reject(error)
  }

  /** Nothing more of it is delivered, whatever is still on its way. */
  cancel(): void {
    this.#isOver = true
    this.#started.reject(new ResponsesError("cancelled", "the request was cancelled before its reply began"))
    this.#ended.resolve("cancelled")
  }

  #say(output: Output): void {
    if ((this.#isOver && this.#mutes) || output.text === "") return
    this.hasOutput = true
    this.#started.resolve(this)
    this.#deliver(output, this)
  }
}

/** By place and not by item_id: gateways change ids from event to event (PROTOCOL.md C.5). */
export const partKey = (output_index: unknown, content_index: unknown): string =>
  `${typeof output_index === "number" ? output_index : 0}/${typeof content_index === "number" ? content_index : 0}`
