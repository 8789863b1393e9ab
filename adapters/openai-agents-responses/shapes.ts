// The members of @openai/agents-core, @openai/agents-openai and `openai` that the adapter touches. The packages' own types
// are not at hand: they are installed on demand.

export interface AgentsResponses {
  readonly Agent: new (options: { name: string; tools: readonly unknown[] }) => object
  readonly Runner: new (options: { tracingDisabled: true; modelProvider: { getModel(): ResponsesModel } }) => Runner
  readonly OpenAI: new (options: { apiKey: string; baseURL: string; timeout: number }) => object
  readonly OpenAIResponsesWSModel: new (client: object, model: string) => ResponsesModel
  /** Of `ws`. */
  readonly WebSocket: unknown
  tool(tool: {
    readonly name: string
    readonly description: string
    readonly strict: true
    readonly parameters: object
    execute(args: unknown, context: unknown, details?: { toolCall?: { callId?: string } }): Promise<string>
  }): unknown
}

export interface ResponsesModel {
  close(): Promise<void>
}

interface Runner {
  run(agent: object, input: string, options: { stream: true; signal: AbortSignal }): Promise<StreamedRun>
}

/** A run goes on over as many responses as it takes, tools and all. */
export interface StreamedRun extends AsyncIterable<RunEvent> {
  readonly completed: Promise<void>
}

/** What the model streams is wrapped in `raw_model_stream_event`; other events have no such `data`. */
export interface RunEvent {
  readonly type: string
  readonly data?: {
    readonly type: string
    /** Of `output_text_delta`. */
    readonly delta?: string
    /** Of `response_done`. */
    readonly response?: { readonly id?: string }
    /** Of `response_started`: the wire's event. */
    readonly providerData?: { readonly response?: { readonly id?: string } }
  }
}
