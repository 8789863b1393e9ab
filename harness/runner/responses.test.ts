// Responses over WebSocket, from a bare client through the scripted server to a verdict; and no scenario of Realtime.
import { fileURLToPath } from "node:url"
import { expect, it } from "vitest"
import { scenarios } from "../../scenarios/index.ts"
import { runSuite } from "./suite.ts"

const adapterFile = fileURLToPath(new URL("../../fixtures/adapters/bare-responses.ts", import.meta.url))
const played = ["turn/text-turn", "responses-ws/text-turn", "responses-ws/forgotten-context-is-sent-in-full"]

it.each(["memory", "loopback"] as const)("plays the scenarios of its protocol over %s", async (transport) => {
  const results = await runSuite({
    subjects: [{ name: "bare-responses", version: "1.0.0", protocol: "responses", installed: true, adapterFile }],
    scenarios: scenarios.filter(({ id }) => played.includes(id)),
    ...{ transport, seed: "1", strict: true, jobs: 1 },
  })
  expect(results).toMatchObject([
    { scenario: "responses-ws/text-turn", verdict: "pass" },
    { scenario: "responses-ws/forgotten-context-is-sent-in-full", verdict: "unsupported", because: "it cannot: retry" },
  ])
  const [turn] = results
  expect(turn?.transitions).toContain("responses response: active -> completed on response.completed")
})
