// The members of the LiveKit packages that the adapters touch, as far as they are the same in every pinned version. The
// packages' own types are not at hand: they are installed on demand.

export interface LiveKit {
  initializeLogger(options: { pretty: boolean; level: string }): void
  readonly AudioFrame: new (
    data: Int16Array,
    sampleRate: number,
    channels: number,
    samplesPerChannel: number,
  ) => AudioFrame
  readonly llm: {
    readonly ChatContext: { empty(): ChatContext }
    /** Up to 1.4 tools are a plain record and there is no such class. */
    readonly ToolContext?: new (
      tools: readonly unknown[],
    ) => unknown
    readonly FunctionCallOutput: { create(output: FunctionResult): unknown }
    tool(tool: { name: string; description: string; parameters: object; execute(): Promise<never> }): unknown
  }
  readonly realtime: { readonly RealtimeModel: new (options: RealtimeOptions) => { session(): RealtimeSession } }
  readonly responses: { readonly LLM: new (options: ResponsesOptions) => ResponsesLlm }
}

export interface FunctionResult {
  readonly callId: string
  readonly name: string
  readonly output: string
  readonly isError: boolean
}

/** 16-bit samples. */
export interface AudioFrame {
  readonly data: Int16Array
}

export interface ChatContext {
  readonly items: unknown[]
  copy(): ChatContext
  addMessage(message: { role: "user" | "assistant"; content: string }): unknown
}

export interface FunctionCall {
  readonly callId: string
  readonly name: string
  /** JSON text. */
  readonly args: string
}

/** What response.created becomes for the app. */
export interface Generation {
  readonly messageStream: AsyncIterable<Message>
  readonly functionStream: AsyncIterable<FunctionCall>
  readonly userInitiated: boolean
  readonly responseId?: string
}

export interface Message {
  readonly messageId: string
  readonly textStream: AsyncIterable<string | { readonly text: string }>
  readonly audioStream: AsyncIterable<AudioFrame>
}

interface RealtimeOptions {
  readonly apiKey: string
  readonly baseURL: string
  readonly model: string
  readonly modalities: readonly ("text" | "audio")[]
  /** `undefined` leaves it to the server; without the member LiveKit asks for semantic_vad. */
  readonly turnDetection: undefined
}

export interface RealtimeSession {
  readonly chatCtx: ChatContext
  on(event: "generation_created", listener: (generation: Generation) => void): void
  on(event: "error", listener: (event: { readonly error: unknown }) => void): void
  on(event: "session_reconnected", listener: () => void): void
  /** `signal`: from 1.4.9 on (of the pinned versions); before, it is ignored. */
  generateReply(instructions?: string, options?: { signal: AbortSignal }): Promise<Generation>
  updateChatCtx(context: ChatContext): Promise<void>
  updateTools(tools: unknown): Promise<void>
  updateInstructions(instructions: string): Promise<void>
  interrupt(): Promise<void>
  truncate(options: { messageId: string; audioEndMs: number }): Promise<void>
  pushAudio(frame: AudioFrame): void
  commitAudio(): Promise<void>
  close(): Promise<void>
}

interface ResponsesOptions {
  readonly apiKey: string
  readonly baseURL: string
  readonly model: string
  readonly useWebSocket: true
}

export interface ResponsesLlm {
  on(event: "error", listener: (event: { readonly error: unknown }) => void): void
  chat(options: { chatCtx: ChatContext; toolCtx?: unknown }): ChatStream
  /** Opens the pooled connection ahead of the first chat(), as AgentSession does. */
  prewarm(): void
  close(): Promise<void>
}

export interface ChatStream extends AsyncIterable<ChatChunk> {
  close(): void
}

export interface ChatChunk {
  readonly id: string
  readonly delta?: { readonly content?: string; readonly toolCalls?: readonly FunctionCall[] }
}
