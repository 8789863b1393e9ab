// The replies of one connection, by response id: which are under way, which are only waited out, and their ends.

import { RealtimeError } from "./errors.ts"
import type { ClientEvent, ServerError } from "./events.ts"
import type { Ending, Policy } from "./policy.ts"
import type { AudioPart, Reply } from "./reply.ts"

/** What the replies need of their session. */
export interface ReplyWorld {
  readonly policy: Policy
  send(event: ClientEvent): void
  ended(reply: Reply, ending: Ending): void
}

export class Replies {
  readonly #world: ReplyWorld
  /** Finished ones too: a repeated response.created or response.done must find that it is old (M09, K06). */
  readonly #known = new Map<string, Reply>()
  readonly #watches = new Map<Reply, ReturnType<typeof setTimeout>>()
  #running: readonly Reply[] = []
  readonly #lost = new Set<Reply>()

  constructor(world: ReplyWorld) {
    this.#world = world
  }

  /** A response of the default conversation is under way, heard or not, whoever asked for it (C10). */
  get isActive(): boolean {
    return this.#running.some(({ outOfBand }) => !outOfBand)
  }

  /** Those that the app still hears. */
  get live(): readonly Reply[] {
    return this.#running.filter(({ isSilent }) => !isSilent)
  }

  /** The one that is under way, if there is only one. */
  get only(): Reply | undefined {
    return this.#running.length === 1 ? this.#running[0] : undefined
  }

  get lastAudio(): AudioPart | undefined {
    return [...this.#known.values()].findLast(({ audio }) => audio !== undefined)?.audio
  }

  has(id: string): boolean {
    return this.#known.has(id)
  }

  get(id: unknown): Reply | undefined {
    return typeof id === "string" ? this.#known.get(id) : undefined
  }

  add(reply: Reply): void {
    this.#known.set(reply.id, reply)
    this.#running = [...this.#running, reply]
    this.#watch(reply, this.#world.policy.replySilenceMs)
  }

  /** Silent from here on, though it stays active until its response.done. */
  cancel(reply: Reply): void {
    if (this.#world.policy.mutesCancelled) reply.end("cancelled")
    this.#world.send(this.#world.policy.cancelsBy(reply))
  }

  /** Its response.done. */
  finish(reply: Reply, status: unknown, error: ServerError): void {
    const { policy } = this.#world
    const ending = policy.endingOf(status)
    const why = ending === "failed" ? new RealtimeError(error.code ?? "failed", error.message) : undefined
    if (policy.endsReply(ending)) reply.end(ending, why)
    if (policy.freesConversation(ending)) this.#over(reply)
    this.#world.ended(reply, ending)
  }

  /** One that was taken for lost comes back: it stays unheard, and the conversation is its own until it ends. */
  heardOf(reply: Reply): void {
    if (!this.#lost.delete(reply)) return
    reply.isOver = false
    this.#running = [...this.#running, reply]
    this.#watch(reply, this.#world.policy.replySilenceMs)
  }

  /** One that was taken for lost has ended: it comes back no more. */
  endedAfterAll(reply: Reply): void {
    this.#lost.delete(reply)
  }

  /** The connection is over: nothing more comes of any of them (M01, M02). */
  end(why: () => RealtimeError): void {
    for (const reply of this.#running) {
      if (this.#world.policy.endsRepliesAtTheEnd) reply.end("failed", why())
      this.#over(reply)
    }
  }

  #watch(reply: Reply, afterMs: number): void {
    const timer = setTimeout(() => {
      const restMs = reply.lastSignAt + this.#world.policy.replySilenceMs - Date.now()
      if (restMs > 0) this.#watch(reply, restMs)
      else this.#lose(reply)
    }, afterMs)
    this.#watches.set(reply, timer)
  }

  /** The response went silent, and no longer keeps others waiting. */
  #lose(reply: Reply): void {
    reply.end("failed", new RealtimeError("timeout", `the response ${reply.id} went silent and never ended`))
    this.#over(reply)
    this.#lost.add(reply)
    this.#world.send(this.#world.policy.cancelsBy(reply))
    this.#world.ended(reply, "failed")
  }

  #over(reply: Reply): void {
    reply.isOver = true
    clearTimeout(this.#watches.get(reply))
    this.#watches.delete(reply)
    this.#running = this.#world.policy.stillRunning(reply, this.#running)
  }
}
