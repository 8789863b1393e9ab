// How much of a conversation a create carries.
import { expect, it } from "vitest"
import { Conversation, inputOf, userMessage } from "./context.ts"

const call = { type: "function_call", call_id: "c1" }
const output = { type: "function_call_output", call_id: "c1", output: "ok" }

it("tells everything up to a turn, and not what was asked after it", () => {
  const conversation = new Conversation()
  const [first, second] = [userMessage("One?"), userMessage("Two?")]
  const turn = conversation.begin(first)
  const next = conversation.begin(second)
  expect(conversation.upTo(turn)).toEqual([first])
  expect(conversation.upTo(next)).toEqual([first, second])
})

it("leaves out a call until its output is there", () => {
  const conversation = new Conversation()
  const turn = conversation.begin(call)
  expect(conversation.upTo(turn)).toEqual([])
  turn.items.push(output)
  expect(conversation.upTo(turn)).toEqual([call, output])
})

it("carries what is new where there is a response to continue from, without what the server holds already", () => {
  const [said, steer] = [userMessage("One?"), userMessage("Shorter.")]
  const context = [said, call, steer, output]
  expect(inputOf(context, undefined)).toEqual({ input: context })
  const chain = { id: "resp_a", covered: [said, call], owned: [steer] }
  expect(inputOf(context, chain)).toEqual({ previous_response_id: "resp_a", input: [output] })
})
