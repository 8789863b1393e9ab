// What only a server of the Realtime API does next.
import { isOpen, type Move, serverActs } from "./move.ts"
import { refusalCodes, startsWith } from "./moves-reply.ts"
import { isBusy, nextResponse, waiting } from "./sketch.ts"

const nextOfSpeech = { idle: "starts", speaking: "stops", stopped: "commits" } as const

export const realtimeMoves: readonly Move[] = [
  startsWith(true, () => ({})),
  {
    name: "refuses-request",
    kind: "lawful",
    weight: (context) => (isOpen(context) && waiting(context.sketch).length > 0 ? 3 : 0),
    steps: ({ sketch }, dice) => [
      serverActs({
        ...{ does: "errors", for: dice.pick(waiting(sketch)).name, code: dice.pick(refusalCodes) },
        eventId: dice.once(4) ? "null" : "echoed",
      }),
    ],
  },
  {
    name: "complains",
    kind: "lawful",
    weight: (context) => (isOpen(context) ? 0.7 : 0),
    steps: (_, dice) => [serverActs({ does: "errors", code: dice.pick(refusalCodes), eventId: "null" })],
  },
  {
    name: "hears-speech",
    kind: "lawful",
    needs: "server-turns",
    weight: (context) => (isOpen(context) ? (context.sketch.speech === "idle" ? 2 : 8) : 0),
    steps: ({ sketch }) => [serverActs({ does: "hears-speech", part: nextOfSpeech[sketch.speech] })],
  },
  {
    name: "answers-speech",
    kind: "lawful",
    needs: "server-turns",
    weight: (context) => (isOpen(context) && context.sketch.owesSpokenReply && !isBusy(context.sketch) ? 10 : 0),
    steps: ({ sketch }) => [serverActs({ does: "starts", response: nextResponse(sketch), for: null })],
  },
  {
    name: "transcribes",
    kind: "lawful",
    needs: "server-turns",
    weight: (context) => (isOpen(context) && context.sketch.owesSpokenReply ? 1 : 0),
    steps: (_, dice) => [serverActs({ does: "transcribes", part: dice.pick(["delta", "completed", "failed"]) })],
  },
  {
    name: "hears-nothing",
    kind: "lawful",
    needs: "server-turns",
    weight: (context) => (isOpen(context) && context.sketch.speech === "idle" && !isBusy(context.sketch) ? 0.4 : 0),
    steps: () => [serverActs({ does: "hears-nothing" })],
  },
  {
    name: "tells-rate-limits",
    kind: "lawful",
    weight: (context) => (isOpen(context) ? 0.4 : 0),
    steps: () => [serverActs({ does: "tells-rate-limits" })],
  },
  {
    name: "refuses-update",
    kind: "lawful",
    needs: "session-update",
    weight: () => 0.7,
    steps: () => [
      serverActs({
        ...{ does: "refuses-update", code: "unknown_parameter", param: "session.mood" },
        message: "Unknown parameter: 'session.mood'.",
      }),
    ],
  },
  {
    name: "acknowledges-later",
    kind: "lawful",
    weight: ({ sketch }) => (sketch.acknowledgesLater ? 0 : 0.7),
    steps: () => [serverActs({ does: "acknowledges", from: "later" })],
  },
  {
    name: "acknowledges-now",
    kind: "lawful",
    weight: ({ sketch }) => (sketch.acknowledgesLater ? 4 : 0),
    steps: () => [serverActs({ does: "acknowledges", from: "now" })],
  },
  {
    name: "cancels-late",
    kind: "lawful",
    needs: "cancel",
    weight: ({ sketch }) => (sketch.cancelsLate ? 0 : 0.7),
    steps: () => [serverActs({ does: "cancels-late" })],
  },
  {
    name: "expires",
    kind: "loss",
    weight: (context) => (isOpen(context) ? 0.5 : 0),
    steps: () => [serverActs({ does: "expires" })],
  },
  {
    name: "turns-away",
    kind: "loss",
    weight: () => 0.4,
    steps: () => [
      serverActs({
        ...{ does: "turns-away", next: 1, code: "invalid_api_key", message: "Incorrect API key provided." },
        closeCode: 3000,
      }),
    ],
  },
]
