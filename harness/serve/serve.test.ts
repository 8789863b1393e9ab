// A client in no language of ours dials the server by URL and drives itself; the report tells what the wire showed.
import { afterEach, beforeEach, expect, it } from "vitest"
import { WebSocket } from "ws"
import { scenarios } from "../../scenarios/index.ts"
import type { CaseResult } from "../runner/result.ts"
import { type Serving, serve } from "./serve.ts"

let serving: Serving
let waiting: ((result: CaseResult) => void)[] = []
const nextResult = () => new Promise<CaseResult>((resolve) => waiting.push(resolve))

beforeEach(async () => {
  waiting = []
  serving = await serve({
    scenarios,
    host: "127.0.0.1",
    port: 0,
    // No test waits for these: what they wait for comes.
    patience: { dutyMs: 5_000, answerMs: 60 },
    onResult: (result) => waiting.shift()?.(result),
  })
})
afterEach(() => serving.close())

const say = {
  type: "conversation.item.create",
  item: { type: "message", role: "user", content: [{ type: "input_text", text: "Hi" }] },
}

/** Says something when the session stands, and `creates` times asks for a reply at once. */
function drive(scenario: string, creates: number): WebSocket {
  const socket = new WebSocket(
    `ws://${serving.address}/run?scenario=${encodeURIComponent(scenario)}&agent=mine&model=gpt-realtime`,
  )
  socket.on("message", (data) => {
    if (JSON.parse(String(data)).type !== "session.created") return
    for (let count = 0; count < creates; count++) {
      socket.send(JSON.stringify(say))
      socket.send(JSON.stringify({ type: "response.create" }))
    }
  })
  return socket
}

const get = async (path: string) => {
  const response = await fetch(`http://${serving.address}${path}`)
  return { status: response.status, text: await response.text() }
}

it("passes a client that takes its turn, and says so in the report", async () => {
  const over = nextResult()
  const socket = drive("turn/text-turn", 1)
  expect(await over).toMatchObject({ scenario: "turn/text-turn", subject: "mine", verdict: "pass" })
  socket.terminate()
  expect(JSON.parse((await get("/report?agent=mine")).text)).toMatchObject({
    totals: { cases: 1, pass: 1 },
    cases: [{ scenario: "turn/text-turn", verdict: "pass" }],
  })
})

it("fails a client that asks twice while it waits", async () => {
  const over = nextResult()
  const socket = drive("turn/two-texts-at-once", 2)
  const result = await over
  expect(result.verdict).toBe("fail")
  expect(result.violations.map(({ invariant }) => invariant)).toContain("one-active-response")
  socket.terminate()
})

it("says what there is, and what the client has to do", async () => {
  const cases = JSON.parse((await get("/cases")).text)
  expect(cases).toHaveLength(scenarios.length)
  const turn = cases.find(({ id }: { id: string }) => id === "turn/two-texts-at-once")
  expect(turn.clientHasTo[0]).toBe("connect")
  expect(turn.clientHasTo).toHaveLength(3)
})

it.each([
  ["/", 200, "rtspec serve"],
  ["/run?scenario=turn/text-turm", 426, 'no scenario "turn/text-turm"; the nearest are turn/text-turn'],
  ["/run?scenario=turn/text-turn", 426, "for WebSockets"],
  ["/elsewhere", 404, "There is no /elsewhere"],
])("answers %s with %i", async (path, status, text) => {
  const page = await get(path)
  expect(page.status).toBe(status)
  expect(page.text).toContain(text)
})
