// The members of @langwatch/scenario that the adapters touch, the same in both pinned versions. Its own types are not at
// hand: it is installed on demand. Those of RealtimeSession are taken from the release that is.
import type { OpenAIRealtimeWebSocket, RealtimeAgent, RealtimeSession, tool } from "agents-realtime-0.8.0"

export interface Langwatch {
  readonly voice: {
    readonly OpenAIRealtimeAgentAdapter: new (options: { url: string; apiKey: string; model: string }) => VoiceClient
    readonly AudioChunk: new (options: { data: Uint8Array }) => AudioChunk
  }
  readonly RealtimeAgentAdapter: new (options: AgentOptions) => AgentClient
  readonly AgentRole: { readonly AGENT: string }
  readonly OpenAIRealtimeWebSocket: typeof OpenAIRealtimeWebSocket
  readonly RealtimeAgent: typeof RealtimeAgent
  readonly RealtimeSession: typeof RealtimeSession
  readonly tool: typeof tool
}

/** 16-bit samples, 24 kHz, mono. */
export interface AudioChunk {
  readonly data: Uint8Array
}

/** voice.OpenAIRealtimeAgentAdapter. */
export interface VoiceClient {
  /** Of the last reply that was heard; null before there is one. */
  readonly lastAgentTranscript: string | null
  /** Seconds to wait for the first piece of a turn. */
  readonly responseTimeout: number
  /** Seconds without a piece after which a turn is over. */
  readonly responseTailSilence: number
  connect(): Promise<void>
  sendText(text: string): Promise<void>
  sendAudio(chunk: AudioChunk): Promise<void>
  /** Commits what was sent and asks for a reply; resolves to the next piece of sound. `timeout` is in seconds. */
  receiveAudio(timeout: number): Promise<AudioChunk>
  interrupt(): Promise<void>
  disconnect(): Promise<void>
}

export interface AgentOptions {
  readonly role: string
  readonly agentName: string
  readonly session: RealtimeSession
}

/** RealtimeAgentAdapter. */
export interface AgentClient {
  connect(options: { apiKey: string; url: string }): Promise<void>
  /** Resolves when a response is done: to its text, or to a message with its sound. None of `newMessages`: a greeting. */
  call(input: { newMessages: readonly Message[] }): Promise<unknown>
  onAudioResponse(callback: (response: { transcript: string; audio: string }) => void): void
  disconnect(): Promise<void>
}

export interface Message {
  readonly role: "user"
  readonly content: string
}
