// The light clients that are installed on demand, each in a process of its own: a plain turn works over both transports.
// What is not installed is skipped, and its name says so.
import { describe, expect, it } from "vitest"
import { runSuite } from "../harness/runner/suite.ts"
import { scenarios } from "../scenarios/index.ts"
import { subjects } from "./index.ts"

const light = [
  { name: "openai-agents", version: "0.11.0", scenario: "turn/text-turn" },
  { name: "openai-agents-responses", version: "0.20.0", scenario: "responses-ws/text-turn" },
  { name: "openai-node-realtime", version: "7.55.0", scenario: "turn/text-turn" },
  { name: "openai-node-responses", version: "7.55.0", scenario: "responses-ws/text-turn" },
  { name: "openai-realtime-api", version: "1.0.8", scenario: "turn/text-turn", dialect: "beta" },
] as const

type Light = (typeof light)[number]

const entryOf = ({ name, version }: Light) => subjects.find((each) => each.name === name && each.version === version)

async function played(subject: Light, transport: "memory" | "loopback") {
  const { name, version, scenario } = subject
  const protocol = scenario.startsWith("responses-ws/") ? "responses" : "realtime"
  const [result] = await runSuite({
    subjects: [{ name, version, protocol, installed: true }],
    scenarios: scenarios.filter(({ id }) => id === scenario),
    transport,
    seed: "1",
    strict: true,
    jobs: 1,
    ...("dialect" in subject ? { dialect: subject.dialect } : {}),
  })
  if (!result) throw new Error(`there is no scenario ${scenario}`)
  return result
}

describe("a light subject", () => {
  it.each(light)("$name $version is known", (subject) => expect(entryOf(subject)?.install).toBeDefined())

  for (const subject of light) {
    const isInstalled = entryOf(subject)?.installed() ?? false
    const title = `${subject.name}@${subject.version}${isInstalled ? "" : " (not installed)"}`
    it.skipIf(!isInstalled)(`${title} answers a turn in memory`, async () => {
      expect(await played(subject, "memory")).toMatchObject({ verdict: "pass", because: "" })
    })
    it.skipIf(!isInstalled)(`${title} answers a turn over loopback`, async () => {
      expect(await played(subject, "loopback")).toMatchObject({ verdict: "pass", because: "" })
    })
  }
})
