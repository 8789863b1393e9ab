import { expect, it } from "vitest"
import { type Output, Reply } from "./reply.ts"

function opened() {
  const outputs: Output[] = []
  const reply = new Reply({ id: "resp_1", name: undefined, outOfBand: false }, (output) => outputs.push(output))
  const says = (delta: unknown) =>
    reply.receive({ type: "response.output_text.delta", item_id: "item_1", content_index: 0, delta })
  const completes = (text: string) => reply.complete({ id: "item_1", content: [{ type: "output_text", text }] })
  return { reply, outputs, says, completes }
}

it("delivers deltas, and nothing twice", () => {
  const { outputs, says, completes } = opened()
  says("one ")
  says("two")
  completes("one two")
  expect(outputs).toEqual([{ text: "one " }, { text: "two" }])
})

it("adds from the finished item what was lost at the end", () => {
  const { outputs, says, completes } = opened()
  says("one ")
  completes("one two")
  completes("one two")
  expect(outputs).toEqual([{ text: "one " }, { text: "two" }])
})

it("repeats the whole where something was lost in between", () => {
  const { outputs, says, completes } = opened()
  says("two")
  completes("one two")
  expect(outputs.at(-1)).toEqual({ text: "one two", whole: true })
})

it("is silent after its end, and ends once", async () => {
  const { reply, outputs, says, completes } = opened()
  reply.end("cancelled")
  reply.end("failed")
  says("one")
  completes("one")
  expect(outputs).toEqual([])
  await expect(reply.ended).resolves.toBe("cancelled")
})

it("passes over deltas that are none", () => {
  const { outputs, says, reply } = opened()
  says(null)
  reply.receive({ type: "response.output_audio.delta" })
  reply.complete(null)
  expect(outputs).toEqual([])
})

it("knows how much audio came of the item that came last", () => {
  const { reply } = opened()
  const audio = Buffer.alloc(4_800).toString("base64")
  for (const item_id of ["item_1", "item_2", "item_2"])
    reply.receive({ type: "response.output_audio.delta", item_id, content_index: 0, delta: audio })
  expect(reply.audio).toEqual({ item_id: "item_2", content_index: 0, receivedMs: 200 })
})
