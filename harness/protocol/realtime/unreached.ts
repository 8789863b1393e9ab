// Transitions that no scenario takes, each with the reason. A full run fails for one that is neither taken nor listed here.

const clientsOwn = "the seam has no operation for it (harness/adapter.ts), and no correct client does it by itself"
const atOnce = "the server sends committed, added and done of a spoken item together; nothing was ever recorded between"
const afterCommit = "a transcription ends after the commit: 4 of 4 recorded turns (PROTOCOL.md B.5)"

/** Reasons by the transition's name (transitionId). */
export const unreachedBecause: Readonly<Record<string, string>> = {
  "response: requested -> requested on response.cancel":
    "a correct client remembers the cancel until response.created (C12); the mutant early-cancel-forgotten takes it",
  "response: cancelling -> incomplete on response.done{max_output_tokens}":
    "nobody has seen a response that was being cancelled end at a limit; left to the fuzzer",
  "response: cancelling -> incomplete on response.done{content_filter}":
    "nobody has seen a response that was being cancelled end at a filter; left to the fuzzer",
  "item: absent -> listed on conversation.item.added":
    "the server adds no item that is neither asked for, spoken nor its own output; recorded logs that begin late do",
  "item: allocated -> allocated on conversation.item.input_audio_transcription.completed": afterCommit,
  "item: allocated -> allocated on conversation.item.input_audio_transcription.failed": afterCommit,
  "item: committed -> committed on conversation.item.input_audio_transcription.delta": atOnce,
  "item: committed -> committed on conversation.item.input_audio_transcription.completed": atOnce,
  "item: committed -> committed on conversation.item.input_audio_transcription.failed": atOnce,
  "item: listed -> listed on conversation.item.input_audio_transcription.delta": atOnce,
  "item: listed -> listed on conversation.item.input_audio_transcription.completed": atOnce,
  "item: listed -> listed on conversation.item.input_audio_transcription.failed": atOnce,
  "item: finished -> deleted on conversation.item.deleted": clientsOwn,
  "item: closed -> deleted on conversation.item.deleted": clientsOwn,
  "item: finished -> finished on conversation.item.retrieved": clientsOwn,
  "item: closed -> closed on conversation.item.retrieved": clientsOwn,
  "input: idle -> idle on input_audio_buffer.cleared": clientsOwn,
  "input: speaking -> idle on input_audio_buffer.cleared": clientsOwn,
  "input: stopped -> idle on input_audio_buffer.cleared": clientsOwn,
}
