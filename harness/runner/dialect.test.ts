// The dialect that a run asks for reaches the scripted server, and the subject that cannot speak it.
import { expect, it } from "vitest"
import { scenarios } from "../../scenarios/index.ts"
import type { DialectName } from "../protocol/realtime/dialects.ts"
import { runSuite, type SuiteSubject } from "./suite.ts"

const of = (name: string, version: string): SuiteSubject => ({ name, version, protocol: "realtime", installed: true })

/** One case that a planted bug fails, so that its trace is kept. */
async function played(subject: SuiteSubject, dialect?: DialectName) {
  const [result] = await runSuite({
    subjects: [subject],
    scenarios: scenarios.filter(({ id }) => id === "turn/text-during-a-reply"),
    transport: "memory",
    seed: "1",
    strict: true,
    ...(dialect === undefined ? {} : { dialect }),
    jobs: 1,
  })
  if (!result) throw new Error("the case has no result")
  const told = (result.trace?.entries ?? []).flatMap((entry) =>
    entry.lane === "server" && entry.kind === "event" ? [entry.event.type] : [],
  )
  return { result, told: new Set(told) }
}

const mutant = of("mutant/no-guard-on-create", "1")

it("changes what the client is told, and nothing else of the case", async () => {
  const openai = await played(mutant, "openai")
  const xai = await played(mutant, "xai")
  expect(openai.told.has("conversation.item.done")).toBe(true)
  expect(openai.told.has("ping")).toBe(false)
  expect(xai.told.has("conversation.item.done")).toBe(false)
  expect(xai.told.has("ping")).toBe(true)
  expect(openai.result).toMatchObject({ verdict: "fail", goals: [] })
  expect(xai.result).toMatchObject({ verdict: "fail", dialect: "xai" })
  expect(openai.result).not.toHaveProperty("dialect")
})

it("is unsupported by a subject that does not speak it", async () => {
  const { result } = await played(of("openai-agents", "0.20.0"), "beta")
  expect(result).toMatchObject({ verdict: "unsupported", because: "it does not speak the dialect beta" })
})

it("is spoken by the reference client, and by its mutants", async () => {
  const { told, result } = await played(mutant, "beta")
  expect(result.verdict).toBe("fail")
  expect(told.has("response.audio.delta")).toBe(true)
  expect(told.has("response.output_audio.delta")).toBe(false)
})

it("is the subject's own where the run asks for none, and the run's where it does", async () => {
  const made = { ...mutant, dialect: "beta" } as const
  const own = await played(made)
  expect(own.result).toMatchObject({ verdict: "fail", dialect: "beta" })
  expect(own.told.has("response.audio.delta")).toBe(true)
  const wished = await played(made, "openai")
  expect(wished.result).not.toHaveProperty("dialect")
  expect(wished.told.has("response.audio.delta")).toBe(false)
})
