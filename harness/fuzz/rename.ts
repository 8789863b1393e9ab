// Plain names: what is left of a story calls its first request "a" and its first response "reply1", so that equal stories
// are equal texts.
import { possible, type Tale } from "./tale.ts"

const letters = "abcdefghijklmnopqrstuvwxyz"

/** The same tale with names in the order in which they are introduced. */
export function renamed(tale: Tale): Tale {
  const requests = new Map<string, string>()
  const responses = new Map<string, string>()
  for (const { step } of tale.beats) {
    if (step.step === "performs" && "request" in step.operation && step.operation.do !== "cancel")
      requests.set(step.operation.request ?? "", letters[requests.size] ?? `request${requests.size + 1}`)
    if (step.step === "acts" && step.actor === "server" && step.action.does === "starts")
      responses.set(step.action.response, `reply${responses.size + 1}`)
  }
  const known = (name: string) => requests.get(name) ?? responses.get(name)
  const told = (text: string) =>
    text
      .replace(/"(request|of|for|response|orFailed)":"([^"]+)"/g, (_, key, name) => `"${key}":"${known(name) ?? name}"`)
      .replace(/(Please (?:answer|reply to|mind) )([\w]+)/g, (_, words, name) => words + (requests.get(name) ?? name))
      .replace(
        /"(after|call|response_id)":"(resp_)?([a-z0-9]+)(_\d+)?"/gi,
        (_, key, before = "", name, behind = "") => {
          return `"${key}":"${before}${responses.get(name) ?? name}${behind}"`
        },
      )
  return possible({ ...tale, beats: JSON.parse(told(JSON.stringify(tale.beats))) })
}
