// What a client that drives itself has to do when a story says that the app asks for something: in words, for a person, and as
// the event by which the server sees that it was done.
import type { Operation } from "../adapter.ts"
import type { Step } from "../script/steps.ts"

export interface Duty {
  readonly says: string
  /** The client event that shows it; `connected` and `closed` are of the connection; none: nothing is seen on the wire. */
  readonly shows?: string
}

export function dutyOf(operation: Operation, protocol: "realtime" | "responses"): Duty {
  switch (operation.do) {
    case "connect":
      return { says: "connect", shows: "connected" }
    case "say":
      return { says: `say something, such as "${operation.text}", and ask for a reply`, shows: "response.create" }
    case "request":
      return {
        says: `ask for a reply${operation.outOfBand ? " outside the conversation" : ""}`,
        shows: "response.create",
      }
    case "warm-up":
      return { says: "warm up (generate: false)", shows: "response.create" }
    case "cancel":
      return protocol === "responses"
        ? { says: "abandon the reply that is under way" }
        : { says: "cancel the reply that is under way", shows: "response.cancel" }
    case "speak":
      return { says: "append audio", shows: "input_audio_buffer.append" }
    case "commit":
      return { says: "commit the audio and ask for a reply", shows: "input_audio_buffer.commit" }
    case "update":
      return { says: "change the session's instructions", shows: "session.update" }
    case "truncate":
      return { says: `say that ${operation.heardMs} ms were heard`, shows: "conversation.item.truncate" }
    case "steer":
      return { says: "steer the reply that is under way", shows: "response.steer" }
    case "close":
      return { says: "close", shows: "closed" }
  }
}

/** What is asked of the client, in order, for a person. */
export function dutiesOf(story: readonly Step[], protocol: "realtime" | "responses"): string[] {
  return story.flatMap((step) =>
    step.actor === "user" && step.step === "performs" ? dutyOf(step.operation, protocol).says : [],
  )
}
