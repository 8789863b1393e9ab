// What a Realtime GA server may do, one rule a row. The code that looks after each is in judge-*.ts; a test breaks each.

/** How well a rule is attested: `documented` by the API, `recorded` in every log we know, `issue` reported by users. */
export type RuleLevel = "documented" | "recorded" | "issue"

export interface Rule {
  readonly id: string
  readonly says: string
  readonly level: RuleLevel
  /** The section of PROTOCOL.md that states it. */
  readonly source: string
}

export const RULES = [
  // Session
  {
    id: "session-created-first",
    level: "documented",
    source: "A.1",
    says: "session.created is the first event; a sideband socket begins with session.updated, a refused one with error",
  },
  {
    id: "session-created-once",
    level: "documented",
    source: "A.1",
    says: "session.created is sent once in a connection",
  },
  {
    id: "session-updated-answers-update",
    level: "documented",
    source: "A.3, N02",
    says: "each session.updated answers one accepted session.update",
  },
  {
    id: "nothing-after-expiry",
    level: "issue",
    source: "B.6",
    says: "after error session_expired only the close follows",
  },
  {
    id: "event-id-present",
    level: "documented",
    source: "A.2",
    says: "every server event except the DTMF event carries an event_id",
  },
  { id: "event-id-unique", level: "recorded", source: "A.2", says: "an event_id is used once in a connection" },

  // Response
  {
    id: "response-created-first",
    level: "documented",
    source: "B.1 rule 2",
    says: "a response.* event belongs to a response that response.created has announced",
  },
  { id: "response-created-once", level: "documented", source: "B.1", says: "a response is created once" },
  {
    id: "response-created-in-progress",
    level: "recorded",
    source: "B.1 rule 2",
    says: "response.created has status in_progress",
  },
  {
    id: "response-has-a-cause",
    level: "documented",
    source: "B.2",
    says: "a response answers a response.create or a turn that the server detected",
  },
  {
    id: "one-default-response",
    level: "documented",
    source: "B.2",
    says: "one response at a time writes to the default conversation",
  },
  {
    id: "user-item-before-response",
    level: "recorded",
    source: "B.5, B.7",
    says: "the committed user item is in the conversation before the response to it is created",
  },
  {
    id: "metadata-echoed",
    level: "documented",
    source: "B.2",
    says: "response.created and response.done carry the metadata of their response.create, or null",
  },
  {
    id: "response-done-once",
    level: "documented",
    source: "B.1 rule 1",
    says: "a response has exactly one response.done",
  },
  {
    id: "nothing-after-response-done",
    level: "documented",
    source: "B.1 rule 1",
    says: "response.done is the last response.* event of its response",
  },
  {
    id: "response-done-status",
    level: "documented",
    source: "B.1",
    says: "response.done has status completed, cancelled, failed or incomplete",
  },
  {
    id: "status-details-match",
    level: "documented",
    source: "B.1",
    says: "status_details gives the reason that belongs to the status",
  },
  {
    id: "client-cancelled-was-asked",
    level: "documented",
    source: "B.3",
    says: "a response ends as client_cancelled only after a response.cancel",
  },
  {
    id: "turn-detected-after-speech",
    level: "documented",
    source: "B.3",
    says: "a response ends as turn_detected only after speech_started",
  },
  {
    id: "response-done-closes-items",
    level: "documented",
    source: "B.1 rule 6",
    says: "every item of a response has its response.output_item.done before response.done",
  },
  {
    id: "response-done-lists-items",
    level: "recorded",
    source: "B.1 rule 5",
    says: "response.done lists all items of the response in the order of their index",
  },

  // Output items and their parts
  {
    id: "item-added-first",
    level: "documented",
    source: "B.1 rule 3, B.7",
    says: "an item is added to its response before its parts, deltas and done",
  },
  { id: "item-added-once", level: "documented", source: "B.7", says: "an item is added to its response once" },
  {
    id: "output-index-in-order",
    level: "recorded",
    source: "A.2",
    says: "items are added with output_index 0, 1, 2 and so on",
  },
  {
    id: "output-index-stable",
    level: "documented",
    source: "B.7",
    says: "all events of an item carry the output_index it was added with",
  },
  {
    id: "nothing-after-item-done",
    level: "documented",
    source: "B.7",
    says: "response.output_item.done is the last response.* event of its item",
  },
  {
    id: "part-added-first",
    level: "documented",
    source: "B.1 rule 3, B.7",
    says: "a content part is added before its deltas and its done",
  },
  { id: "part-added-once", level: "documented", source: "B.7", says: "a content part is added to its item once" },
  {
    id: "delta-before-done",
    level: "documented",
    source: "B.7",
    says: "no delta and no second done follows the done of the same stream",
  },
  {
    id: "delta-concat-is-done",
    level: "documented",
    source: "B.1 rule 5, B.7",
    says: "the deltas of a stream, joined, are its done payload",
  },
  {
    id: "audio-done-before-transcript-done",
    level: "recorded",
    source: "B.1 rule 4, B.7",
    says: "output_audio.done comes before output_audio_transcript.done",
  },
  {
    id: "streams-done-before-part-done",
    level: "recorded",
    source: "B.1 rule 3",
    says: "the text, or the audio and its transcript, are done before their content part",
  },
  {
    id: "parts-done-before-item-done",
    level: "documented",
    source: "B.1 rules 3 and 6",
    says: "the parts of a message and the arguments of a call are done before their item",
  },
  {
    id: "item-repeats-its-parts",
    level: "recorded",
    source: "B.1 rule 5",
    says: "finished parts and items repeat what was streamed",
  },
  {
    id: "call-keeps-its-names",
    level: "documented",
    source: "A.4",
    says: "the call_id and name of a function call stay the same from its item to its arguments",
  },

  // Conversation
  {
    id: "conversation-item-follows-output-item",
    level: "recorded",
    source: "B.1 rule 3, B.7",
    says: "conversation.item.added comes straight after response.output_item.added, before anything else of the item",
  },
  {
    id: "conversation-item-done-before-output-item-done",
    level: "recorded",
    source: "B.1 rule 3, B.7",
    says: "conversation.item.done comes before response.output_item.done",
  },
  {
    id: "conversation-item-added-before-done",
    level: "documented",
    source: "B.5, B.7",
    says: "conversation.item.done comes after conversation.item.added of the same item",
  },
  {
    id: "conversation-item-once",
    level: "documented",
    source: "B.5",
    says: "an item is added to the conversation once and done once",
  },
  {
    id: "out-of-band-stays-out",
    level: "documented",
    source: "B.2",
    says: "an out-of-band response makes no conversation.item.* events",
  },

  // Input audio
  {
    id: "speech-stops-after-it-starts",
    level: "documented",
    source: "B.5",
    says: "speech_stopped ends the speech that speech_started named",
  },
  {
    id: "speech-starts-once",
    level: "documented",
    source: "B.5",
    says: "speech does not start again before it has stopped or was committed",
  },
  { id: "committed-once", level: "documented", source: "B.5", says: "the input audio of an item is committed once" },
  {
    id: "committed-before-user-item",
    level: "recorded",
    source: "B.5, B.7",
    says: "spoken audio is committed before its item is added",
  },
  {
    id: "transcription-ends-once",
    level: "recorded",
    source: "B.5",
    says: "the transcription of a part completes or fails once, and no delta follows",
  },
] as const satisfies readonly Rule[]

export type RuleId = (typeof RULES)[number]["id"]

/** One broken rule, and who broke it: a rule of this table by the server, or `client/<error code>` by the client. */
export interface RuleBreak {
  readonly rule: RuleId | `client/${string}`
  readonly message: string
  readonly party: "server" | "client"
}
