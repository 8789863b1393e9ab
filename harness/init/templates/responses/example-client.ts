// A stand-in, so that the first run has something to drive. Put your own client in client.adapter.ts and delete this file.
import { EventEmitter } from "node:events"
import { WebSocket } from "ws"

interface Asked {
  readonly hear: (piece: string, responseId: string) => void
  readonly resolve: () => void
  readonly reject: (error: Error) => void
  response: string
}

/** A client as many begin: one socket, one answer at a time. It emits `failure` and `closed`. */
export class ExampleClient extends EventEmitter {
  private socket: WebSocket | undefined
  private readonly asked: Asked[] = []
  private readonly url: string
  private readonly model: string

  constructor(url: string, model: string) {
    super()
    this.url = url
    this.model = model
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

  /** Resolves when the answer has ended. */
  ask(text: string, hear: (piece: string, responseId: string) => void): Promise<void> {
    const input = [{ type: "message", role: "user", content: [{ type: "input_text", text }] }]
    this.socket?.send(JSON.stringify({ type: "response.create", model: this.model, input }))
    return new Promise((resolve, reject) => this.asked.push({ hear, resolve, reject, response: "" }))
  }

  close(): void {
    this.socket?.close()
  }

  private receive(event: { type: string; delta?: string; response?: { id: string } }): void {
    const [current] = this.asked
    if (!current) return
    if (event.type === "response.created") current.response = event.response?.id ?? ""
    if (event.type === "response.output_text.delta") current.hear(event.delta ?? "", current.response)
    if (event.type === "response.completed") this.asked.shift()?.resolve()
    if (event.type === "response.failed") this.asked.shift()?.reject(new Error("the response failed"))
    if (event.type === "error") this.emit("failure", event)
  }
}
