// One open WebSocket connection as the server's end in memory has it: from the upgrade to the end of both directions.
import type { Connection, Listener } from "./endpoint.ts"
import { closeFrame, createFrameReader, type FromClient, frameOf, opcodes } from "./frames.ts"
import type { MemorySocket, ServerEnd } from "./memory-socket.ts"

/** What servers wait for the other end of a closing connection. */
const closingAtMostMs = 30_000

export class MemoryLine implements Connection, ServerEnd {
  readonly number: number
  readonly url: string
  readonly #client: MemorySocket
  readonly #listener: Listener
  readonly #read = createFrameReader()
  readonly #pongs: (() => void)[] = []
  /** What came while the line was silent: it is read when that breaks down, as a kernel gives what it has received. */
  readonly #unread: Buffer[] = []
  #state: "open" | "closing" | "over" = "open"
  #isSilent = false
  /** What the client's close frame said; 1006 without one. */
  #farewell = { code: 1006, reason: "" }
  #impatience: ReturnType<typeof setTimeout> | undefined
  #corked: Buffer[] | undefined

  constructor(client: MemorySocket, listener: Listener, number: number, url: string) {
    this.#client = client
    this.#listener = listener
    this.number = number
    this.url = url
  }

  get reaches(): boolean {
    return this.#state === "open" && !this.#isSilent
  }

  send(text: string, splitAt = 0): void {
    if (!this.reaches) return
    const frame = frameOf(opcodes.text, text)
    const at = Math.min(splitAt, frame.length - 1)
    if (at > 0) this.#write(frame.subarray(0, at))
    this.#write(at > 0 ? frame.subarray(at) : frame)
  }

  sendBinary(bytes: Uint8Array): void {
    if (this.reaches) this.#write(frameOf(opcodes.binary, bytes))
  }

  together(sends: () => void): void {
    const corked: Buffer[] = []
    this.#corked = corked
    sends()
    this.#corked = undefined
    if (corked.length > 0) this.#write(Buffer.concat(corked))
  }

  close(code: number, reason: string): void {
    if (this.reaches) this.#beginClosing(code, reason)
  }

  drop(reset = false): void {
    if (reset) this.#client.reset()
    this.#cut()
  }

  silence(): void {
    this.#isSilent = true
  }

  ping(): Promise<void> {
    return new Promise((resolve) => {
      if (!this.reaches) return resolve()
      this.#pongs.push(resolve)
      this.#write(frameOf(opcodes.ping, ""))
    })
  }

  heard(chunk: Buffer): void {
    if (this.#isSilent) this.#unread.push(chunk)
    else if (this.#state !== "over") this.#take(chunk)
  }

  ended(): void {
    if (!this.#isSilent) this.#cut()
  }

  #take(chunk: Buffer): void {
    for (const said of this.#read(chunk)) this.#hear(said)
  }

  #hear(said: FromClient): void {
    switch (said.is) {
      case "message":
        this.#listener.message(this, said.isBinary ? said.data : String(said.data), said.isBinary)
        break
      case "ping":
        if (this.reaches) this.#write(frameOf(opcodes.pong, said.data))
        break
      case "pong":
        this.#answerPings()
        break
      case "close":
        this.#farewell = said
        this.#answerClose(said.code, said.reason)
        break
      case "broken":
        this.#answerClose(said.code, "")
    }
  }

  #answerPings(): void {
    for (const resolve of this.#pongs.splice(0)) resolve()
  }

  #answerClose(code: number, reason: string): void {
    if (this.#state === "open") this.#beginClosing(code, reason)
    if (this.#state !== "over") this.#client.arrive(null)
  }

  #beginClosing(code: number, reason: string): void {
    this.#state = "closing"
    this.#write(closeFrame(code, reason))
    this.#impatience = setTimeout(() => this.#cut(), closingAtMostMs)
  }

  /** Ends the stream without another word. */
  #cut(): void {
    if (this.#state === "over") return
    this.#state = "over"
    clearTimeout(this.#impatience)
    this.#client.arrive(null)
    this.#answerPings()
    process.nextTick(() => {
      for (const chunk of this.#unread) this.#take(chunk)
      this.#listener.closed(this, this.#farewell.code, this.#farewell.reason)
    })
  }

  #write(bytes: Buffer): void {
    if (this.#corked) this.#corked.push(bytes)
    else this.#client.arrive(bytes)
  }
}
