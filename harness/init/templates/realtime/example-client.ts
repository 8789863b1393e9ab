// A stand-in, so that the first run has something to drive. Put your own client in client.adapter.ts and delete this file.
import { EventEmitter } from "node:events"
import { WebSocket } from "ws"

/** A client as many begin: one socket, one promise a reply. It emits `text`, `failure` and `closed`. */
export class ExampleClient extends EventEmitter {
  private socket: WebSocket | undefined
  private waiting: { resolve(responseId: string): void; reject(error: Error): void }[] = []
  private readonly url: string

  constructor(url: string) {
    super()
    this.url = url
  }

  connect(): Promise<void> {
    const socket = new WebSocket(this.url, { headers: { authorization: "Bearer sk-test" } })
    this.socket = socket
    socket.on("message", (data) => this.receive(JSON.parse(String(data))))
    socket.on("close", () => this.emit("closed"))
    return new Promise((resolve, reject) => {
      socket.once("open", resolve)
      socket.once("error", reject)
    })
  }

  /** Resolves with the id of the response, when it has started. */
  say(text: string): Promise<string> {
    const content = [{ type: "input_text", text }]
    this.send({ type: "conversation.item.create", item: { type: "message", role: "user", content } })
    this.send({ type: "response.create" })
    return new Promise((resolve, reject) => this.waiting.push({ resolve, reject }))
  }

  close(): void {
    this.socket?.close()
  }

  private send(event: object): void {
    this.socket?.send(JSON.stringify(event))
  }

  private receive(event: { type: string; delta?: string; response_id?: string; response?: { id: string } }): void {
    if (event.type === "response.created" && event.response) this.waiting.shift()?.resolve(event.response.id)
    if (event.type === "response.output_audio_transcript.delta") this.emit("text", event.delta, event.response_id)
    if (event.type === "error") this.emit("failure", event)
  }
}
