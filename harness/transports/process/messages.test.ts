// What lines of a program are taken for.
import { describe, expect, it } from "vitest"
import { readLine } from "./messages.ts"

const line = (value: unknown) => readLine(JSON.stringify(value))

describe("a program's lines", () => {
  it.each([
    { is: "opened" },
    { is: "settled", id: 3, next: 10_000, timers: 1, sockets: 1, received: 12, sent: 4 },
    { is: "unsupported", what: "frobnicate" },
    { is: "tool", id: 1, name: "look_up", args: { query: "x" }, call_id: "call_1" },
    { report: "opened", future: { id: "reply a", kind: "reply", request: "a" } },
    { report: "settled", id: "reply a", outcome: { as: "rejected", error: { name: "Error", message: "no" } } },
    { report: "heard", output: { text: "a", response: "resp_1" } },
    { report: "turn", turn: { is: "ended", status: "failed" } },
    { report: "state", state: "connected" },
    { report: "refused", operation: { do: "cancel" }, error: "not now" },
  ])("%j is what it says", (message) => {
    expect(line(message)).toEqual(message)
  })

  it("take null for absent", () => {
    expect(line({ report: "heard", output: { text: "a", response: null } })).toEqual({
      report: "heard",
      output: { text: "a" },
    })
  })

  it.each([
    ["Connecting ...", /no JSON: "Connecting \.\.\."; its stdout is for the protocol/],
    ['{"is":"weather"}', /none of the protocol's: .*weather/],
    ['{"report":"heard"}', /none of the protocol's: .*output/],
    ['{"report":"opened","future":{"id":"a","kind":"promise"}}', /future\.kind/],
    [
      '{"is":"about","rtspec":1,"name":"a","version":"1","protocol":"realtime","can":["telepathy"]}',
      /can\.0: there is no such capability/,
    ],
    ["[]", /none of the protocol's/],
  ])("%s is complained of", (text, complaint) => {
    expect(readLine(text)).toMatch(complaint)
  })

  it("are quoted no further than helps", () => {
    expect(readLine("x".repeat(10_000)).toString().length).toBeLessThan(300)
  })
})
