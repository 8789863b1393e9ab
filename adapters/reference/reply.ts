// One response as the app sees it: pieces of text and audio while it streams, and one end.

import { RealtimeError } from "./errors.ts"
import { listOf, type Members, membersOf, type ServerEvent, textOf } from "./events.ts"
import { createFuture } from "./future.ts"
import type { Ending } from "./policy.ts"

/** PCM16, 24 kHz, mono. */
const bytesPerMs = 48

/** A piece of a reply. `whole`: the text of a part from its beginning, where pieces of it had been lost (S07). */
export interface Output {
  readonly text?: string
  readonly audio?: string
  readonly whole?: boolean
}

/** Where the audio that came last belongs, and how much of it came: what `truncate` speaks of. */
export interface AudioPart {
  readonly item_id: string
  readonly content_index: number
  readonly receivedMs: number
}

export class Reply {
  /** The response's id. */
  readonly id: string
  /** The app's name for the request that it answers; none for one that the server began. */
  readonly name: string | undefined
  readonly outOfBand: boolean
  /** `response.done` has come, or will not be waited for: it stands in nobody's way. */
  isOver = false
  lastSignAt = Date.now()
  audio: AudioPart | undefined
  readonly #ended = createFuture<Ending>()
  readonly #deliver: (output: Output, reply: Reply) => void
  readonly #texts = new Map<string, string>()
  #isSilent = false

  constructor(
    given: { id: string; name: string | undefined; outOfBand: boolean },
    deliver: (output: Output, reply: Reply) => void,
  ) {
    this.id = given.id
    this.name = given.name
    this.outOfBand = given.outOfBand
    this.#deliver = deliver
  }

  /** The stream's end: resolves with how it ended, rejects where the response failed or was lost. */
  get ended(): Promise<Ending> {
    return this.#ended.promise
  }

  /** The app was told that it is over, one way or the other. */
  get isSilent(): boolean {
    return this.#isSilent
  }

  /** It is alive. */
  sign(): void {
    this.lastSignAt = Date.now()
  }

  receive(event: ServerEvent): void {
    this.sign()
    if (this.#isSilent) return
    const delta = textOf(event.delta)
    if (event.type === "response.output_item.done") this.complete(event.item)
    else if (delta === undefined) return
    else if (event.type === "response.output_audio.delta") this.#hear(delta, event)
    else if (event.type === "response.output_text.delta" || event.type === "response.output_audio_transcript.delta")
      this.#read(delta, keyOf(event.item_id, event.content_index))
  }

  /** A finished item says all of its text again, and is right where deltas were lost (S07). */
  complete(item: unknown): void {
    const { id, content } = membersOf(item)
    if (this.#isSilent) return
    for (const [index, part] of listOf(content).entries()) {
      const whole = textOf(membersOf(part).text) ?? textOf(membersOf(part).transcript)
      const key = keyOf(id, index)
      const before = this.#texts.get(key) ?? ""
      if (whole === undefined || whole === before) continue
      if (whole.startsWith(before)) this.#read(whole.slice(before.length), key)
      else this.#deliver({ text: whole, whole: true }, this)
      this.#texts.set(key, whole)
    }
  }

  /** Delivers nothing more, and ends for the app. */
  end(ending: Ending, error?: RealtimeError): void {
    this.#isSilent = true
    if (ending === "failed") this.#ended.reject(error ?? new RealtimeError("failed", `the response ${this.id} failed`))
    else this.#ended.resolve(ending)
  }

  #hear(audio: string, { item_id, content_index }: Members): void {
    const item = textOf(item_id) ?? ""
    const earlier = this.audio?.item_id === item ? this.audio.receivedMs : 0
    const receivedMs = earlier + Buffer.byteLength(audio, "base64") / bytesPerMs
    this.audio = { item_id: item, content_index: typeof content_index === "number" ? content_index : 0, receivedMs }
    this.#deliver({ audio }, this)
  }

  #read(text: string, key: string): void {
    this.#texts.set(key, (this.#texts.get(key) ?? "") + text)
    this.#deliver({ text }, this)
  }
}

const keyOf = (item: unknown, index: unknown) => `${textOf(item) ?? ""}/${typeof index === "number" ? index : 0}`
