// The members of openai-realtime-api that the adapter touches. The package's own types are not at hand: it is installed on
// demand.
import type { Tool } from "../../harness/adapter.ts"

export interface RealtimeApi {
  readonly RealtimeClient: new (options: ClientOptions) => RealtimeClient
}

interface ClientOptions {
  readonly url: string
  readonly apiKey: string
  readonly model: string
  readonly sessionConfig: {
    readonly modalities: readonly ("text" | "audio")[]
    readonly turn_detection: { readonly type: "server_vad" }
  }
}

/** An item of the conversation that has changed, and what was added to it. */
export interface Updated {
  readonly item: { readonly id: string; readonly role?: string }
  readonly delta?: { readonly text?: string; readonly transcript?: string; readonly audio?: Int16Array }
}

/** The wire's members. */
export interface ResponseEvent {
  readonly response?: { readonly id?: string; readonly status?: string }
}

export interface RealtimeClient {
  /** The connection: it emits every event of the server's as `server.TYPE`. */
  readonly realtime: {
    on(event: "close", listener: () => void): void
    on(event: "server.error", listener: (event: { readonly error?: unknown }) => void): void
    on(event: "server.response.created" | "server.response.done", listener: (event: ResponseEvent) => void): void
  }
  /** What it knows of the conversation: each response with its items, as the server sent them. */
  readonly conversation: {
    readonly responses: readonly { readonly id: string; readonly output: readonly ({ readonly id: string } | null)[] }[]
  }
  on(event: "conversation.updated", listener: (event: Updated) => void): void
  connect(): Promise<void>
  disconnect(): void
  addTool(
    definition: Pick<Tool, "name" | "description" | "parameters">,
    handler: (args: unknown) => Promise<unknown>,
  ): void
  updateSession(config: { readonly instructions: string }): void
  sendUserMessageContent(content: readonly { readonly type: "input_text"; readonly text: string }[]): void
  appendInputAudio(audio: Int16Array): void
  createResponse(): void
  cancelResponse(): void
}
