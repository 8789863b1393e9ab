// A tale in the words that scenarios are written in, one line for each step: for a person to read, and to copy.
import type { Operation } from "../adapter.ts"
import type { NetworkAction, ServerAction, Step } from "../script/steps.ts"

/** The step as a line of a scenario's story. */
export function tellStep(step: Step): string {
  if (step.step === "performs") return `user.${tellOperation(step.operation)}`
  if (step.step === "acts")
    return step.actor === "server" ? `server.${tellServer(step.action)}` : `network.${tellNetwork(step.action)}`
  if (step.step === "passes") return `time.passes({ ms: ${step.ms} })`
  if (step.step === "passes-until-settled") return `time.passes({ untilSettled: "${step.request}" })`
  if (step.step === "passes-until-connected") return "time.passes({ untilConnected: true })"
  return `${step.actor}.${step.step}(…)`
}

/** `name("first", { rest })`, leaving out what is not there. */
function call(name: string, first: string | undefined, rest: Readonly<Record<string, unknown>> = {}): string {
  const members = Object.entries(rest).filter(([, value]) => value !== undefined)
  const how = members.map(([key, value]) => `${key}: ${JSON.stringify(value)}`).join(", ")
  return `${name}(${[first, how && `{ ${how} }`].filter(Boolean).join(", ")})`
}

const quoted = (text: string) => JSON.stringify(text)

function tellOperation(operation: Operation): string {
  switch (operation.do) {
    case "say":
      return operation.lane === undefined
        ? call("says", quoted(operation.request))
        : `saysOn(${quoted(operation.lane)}, ${quoted(operation.request)})`
    case "request":
      return call("requestsReply", quoted(operation.request), { outOfBand: operation.outOfBand })
    case "cancel":
      return call("cancels", operation.request && quoted(operation.request))
    case "speak":
      return `speaks(${Math.round((operation.audio.length * 3) / 4 / 48)})`
    case "commit":
      return call("commits", quoted(operation.request))
    case "update":
      return call("updates", quoted(operation.request))
    case "truncate":
      return `truncates(${operation.heardMs})`
    case "warm-up":
      return call("warmsUp", quoted(operation.request))
    case "steer":
      return call("steers", quoted(operation.of))
    default:
      return operation.do === "close" ? "closes()" : "connects()"
  }
}

function tellServer(action: ServerAction): string {
  switch (action.does) {
    case "starts": {
      const { does: _, response, ...how } = action
      return call("startsResponse", response, how)
    }
    case "streams":
      return `streams(${action.response}, ${action.pieces})`
    case "finishes-item":
      return `finishesItem(${action.response})`
    case "calls-tool":
      return call("callsTool", `${action.response}, ${quoted(action.tool)}`, { call: action.call, leave: action.leave })
    case "finishes":
      return tellEnd(action)
    case "errors": {
      const { does: _, response, ...how } = action
      return call("errors", undefined, { ...how, ends: response })
    }
    case "ignores":
      return `ignores(${quoted(action.request)})`
    case "hears-speech":
      return `hearsSpeech(${quoted(action.part)})`
    case "hears-nothing":
      return "hearsNothing()"
    case "transcribes":
      return `transcribes(${quoted(action.part)})`
    case "tells-rate-limits":
      return "tellsRateLimits()"
    case "sends":
      return `sends(${JSON.stringify(action.event)})`
    case "sends-text":
      return `sendsText(${quoted(action.text)})`
    case "sends-binary":
      return `sendsBinary(${action.bytes})`
    case "repeats":
      return call("repeats", quoted(action.type), { sameEventId: action.sameEventId })
    case "acknowledges":
      return action.from === "later" ? "acknowledgesLater()" : "acknowledgesNow()"
    case "cancels-late":
      return "cancelsLate()"
    default:
      return tellRest(action)
  }
}

function tellEnd({ response, status, reason, error, ...how }: Extract<ServerAction, { does: "finishes" }>): string {
  const { withoutOutput, errorFirst } = how
  if (status === "completed") return call("finishes", response, { withoutOutput })
  if (status === "failed") return call("fails", response, { code: error?.code, errorFirst })
  return `ends(${response}, ${quoted(status)}${reason === undefined ? "" : `, ${quoted(reason)}`})`
}

function tellRest(action: ServerAction): string {
  const { does, ...how } = action
  const name = does.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase())
  return call(name, undefined, how)
}

function tellNetwork(action: NetworkAction): string {
  switch (action.does) {
    case "drops":
      return call("drops", undefined, action.reset ? { reset: true } : {})
    case "closes":
      return `closes(${action.code})`
    case "goes-silent":
      return "goesSilent()"
    case "refuses":
      return call("refuses", undefined, { next: action.next, status: action.status })
    case "accepts-late":
      return call("acceptsLate", undefined, { next: action.next, afterMs: action.afterMs })
    case "never-answers":
      return call("neverAnswers", undefined, { next: action.next })
    default:
      return `${action.does}()`
  }
}
