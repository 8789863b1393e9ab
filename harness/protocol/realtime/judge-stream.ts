// Judges what streams into an output item: content parts, and the deltas and done of text, audio, transcript and
// arguments. Beta names stand beside the GA ones, since Azure still sends them (PROTOCOL.md A.5).

import type { WireEvent } from "../event.ts"
import { bytesPerMillisecond, pcmMilliseconds } from "./audio.ts"
import { newPart, partAt } from "./items.ts"
import { samePart } from "./judge-item.ts"
import { broken, expectListed, type Judge, outputItemOf, responseOf } from "./judging.ts"
import { read } from "./read.ts"
import type { RuleBreak } from "./rules.ts"
import type { ItemState, PartState, RealtimeState } from "./state.ts"
import { step } from "./transitions.ts"

type Stream = "text" | "audio" | "transcript"

export const STREAM_JUDGES: readonly (readonly [string, Judge])[] = [
  ["response.content_part.added", partAdded],
  ["response.content_part.done", partDone],
  ...streamJudges("text", "response.output_text", "response.text"),
  ...streamJudges("audio", "response.output_audio", "response.audio"),
  ...streamJudges("transcript", "response.output_audio_transcript", "response.audio_transcript"),
  ["response.function_call_arguments.delta", argumentsDelta],
  ["response.function_call_arguments.done", argumentsDone],
]

function streamJudges(stream: Stream, name: string, betaName: string): [string, Judge][] {
  return [name, betaName].flatMap((prefix): [string, Judge][] => [
    [`${prefix}.delta`, (state, event, breaks) => streamDelta(state, event, breaks, stream, `${name}.delta`)],
    [`${prefix}.done`, (state, event, breaks) => streamDone(state, event, breaks, stream, `${name}.done`)],
  ])
}

/** The item that the event streams into; notes the step of its response. `canonical` is the GA name of the event. */
function streamedItem(state: RealtimeState, event: WireEvent, breaks: RuleBreak[], canonical: string) {
  const response = responseOf(state, event, breaks)
  if (response === null) return null
  step(state.transitionsTaken, "response", response.phase, canonical)
  const item = outputItemOf(state, event, read.text(event.item_id), response, breaks)
  if (item !== null && item.parts.length === 0 && item.arguments === "") expectListed(item, response, event, breaks)
  return item
}

function partAdded(state: RealtimeState, event: WireEvent, breaks: RuleBreak[]): void {
  const item = streamedItem(state, event, breaks, event.type)
  const contentIndex = read.number(event.content_index)
  if (item === null || contentIndex === null) return
  if (partAt(item, contentIndex) !== undefined) {
    broken(breaks, "part-added-once", `part ${contentIndex} of item ${item.id} is added again`)
    return
  }
  const type = read.text(read.members(event.part).type)
  item.parts.push(newPart(contentIndex, type === "text" || type === "output_text" ? "text" : "audio"))
}

/** The part that the event names; one that was never added is noted and then made, to go on with. */
function partOf(item: ItemState, event: WireEvent, kind: PartState["kind"], breaks: RuleBreak[]): PartState | null {
  const contentIndex = read.number(event.content_index)
  if (contentIndex === null) return null
  const known = partAt(item, contentIndex)
  if (known !== undefined) return known
  broken(breaks, "part-added-first", `${event.type} belongs to part ${contentIndex} of item ${item.id}, never added`)
  const part = newPart(contentIndex, kind)
  item.parts.push(part)
  return part
}

function partDone(state: RealtimeState, event: WireEvent, breaks: RuleBreak[]): void {
  const item = streamedItem(state, event, breaks, event.type)
  const part = item && partOf(item, event, "text", breaks)
  if (item === null || part === null) return
  const where = `part ${part.contentIndex} of item ${item.id}`
  if (part.done) {
    broken(breaks, "delta-before-done", `${event.type} comes again for ${where}`)
    return
  }
  const streamsDone = part.kind === "text" ? part.textDone : part.audioDone && part.transcriptDone
  if (!streamsDone) {
    broken(breaks, "streams-done-before-part-done", `${where} is done before what streams into it`)
  }
  if (!samePart(part, read.members(event.part))) {
    broken(breaks, "item-repeats-its-parts", `${event.type} gives ${where} other text than was streamed`)
  }
  part.done = true
}

function streamDelta(
  state: RealtimeState,
  event: WireEvent,
  breaks: RuleBreak[],
  stream: Stream,
  canonical: string,
): void {
  const item = streamedItem(state, event, breaks, canonical)
  const part = item && partOf(item, event, stream === "text" ? "text" : "audio", breaks)
  if (part === null) return
  if (part.done || isDone(part, stream)) {
    broken(breaks, "delta-before-done", `${event.type} comes after the done of its stream (item ${item?.id})`)
  }
  const delta = read.text(event.delta) ?? ""
  if (stream === "text") part.text += delta
  else if (stream === "transcript") part.transcript += delta
  else {
    const format = read.members(read.members(read.members(state.session.audio).output).format)
    part.audioMs += pcmMilliseconds(delta, bytesPerMillisecond(format))
    state.audioSent = true
  }
}

function streamDone(
  state: RealtimeState,
  event: WireEvent,
  breaks: RuleBreak[],
  stream: Stream,
  canonical: string,
): void {
  const item = streamedItem(state, event, breaks, canonical)
  const part = item && partOf(item, event, stream === "text" ? "text" : "audio", breaks)
  if (item === null || part === null) return
  if (isDone(part, stream)) {
    broken(breaks, "delta-before-done", `${event.type} comes again for item ${item.id}`)
  }
  const said = read.text(stream === "text" ? event.text : stream === "transcript" ? event.transcript : null)
  if (said !== null && said !== (stream === "text" ? part.text : part.transcript)) {
    broken(breaks, "delta-concat-is-done", `${event.type} of item ${item.id} is not its deltas joined`)
  }
  if (stream === "transcript" && !part.audioDone) {
    const message = `the transcript of item ${item.id} is done before its audio`
    broken(breaks, "audio-done-before-transcript-done", message)
  }
  if (stream === "text") part.textDone = true
  else if (stream === "audio") part.audioDone = true
  else part.transcriptDone = true
}

function isDone(part: PartState, stream: Stream): boolean {
  if (stream === "text") return part.textDone
  return stream === "audio" ? part.audioDone : part.transcriptDone
}

function argumentsDelta(state: RealtimeState, event: WireEvent, breaks: RuleBreak[]): void {
  const item = streamedItem(state, event, breaks, event.type)
  if (item === null) return
  checkNames(item, event, breaks)
  if (item.argumentsDone) {
    broken(breaks, "delta-before-done", `${event.type} comes after the done of item ${item.id}'s arguments`)
  }
  item.arguments += read.text(event.delta) ?? ""
}

function argumentsDone(state: RealtimeState, event: WireEvent, breaks: RuleBreak[]): void {
  const item = streamedItem(state, event, breaks, event.type)
  if (item === null) return
  checkNames(item, event, breaks)
  if (item.argumentsDone) broken(breaks, "delta-before-done", `${event.type} comes again for item ${item.id}`)
  const given = read.text(event.arguments)
  if (given !== null && given !== item.arguments) {
    broken(breaks, "delta-concat-is-done", `the arguments of item ${item.id} are not their deltas joined`)
  }
  item.argumentsDone = true
}

function checkNames(item: ItemState, event: WireEvent, breaks: RuleBreak[]): void {
  const callId = read.text(event.call_id) ?? item.callId
  const name = read.text(event.name) ?? item.name
  if (callId === item.callId && name === item.name) return
  const message = `${event.type} of item ${item.id} names call ${callId} (${name}), not ${item.callId} (${item.name})`
  broken(breaks, "call-keeps-its-names", message)
}
