// A repro file comes back as it was written; what is no repro is refused in half a sentence that says why.
import { describe, expect, it } from "vitest"
import { response, server, user } from "./index.ts"
import { parseRepro, type Repro, reproText } from "./repro.ts"

const one = response("one")
const repro: Repro = {
  format: "rtspec-repro",
  version: 1,
  id: "reference-no-crash-12345678",
  invariant: "no-crash",
  subject: "reference",
  subjectVersion: "1",
  seed: "fuzz",
  foundBy: { seed: "7", case: 12 },
  scenario: {
    id: "fuzz/reference-no-crash-12345678",
    title: "Whatever happens",
    cites: [],
    grade: "observed",
    source: "generated",
    needs: [],
    judgedBy: [],
    protocol: "realtime",
    tools: [{ name: "lookup", answers: "sunny" }],
    server: { echoEventId: false },
    faults: [{ fault: "delay", at: { type: "response.done", nth: 1 }, by: 50 }],
    story: [user.says("a"), server.startsResponse(one, { for: "a" }), server.streams(one, 1)],
    schedule: [0, null, 2],
  },
}
const wrong = (text: string) => {
  const parsed = parseRepro(text)
  return "wrong" in parsed ? parsed.wrong : "nothing"
}
const changed = (change: object) => wrong(JSON.stringify({ ...repro, ...change }))

describe("a repro file", () => {
  it("comes back as it was written", () => {
    expect(parseRepro(reproText(repro))).toEqual({ repro })
    expect(reproText(repro)).toBe(reproText(structuredClone(repro)))
  })

  it("of another version is refused with the version that is needed", () => {
    expect(changed({ version: 2 })).toBe("is a repro of version 2, and this rtspec plays version 1")
  })

  it("that is none says why", () => {
    expect(wrong("{")).toMatch(/^is not JSON \(/)
    expect(wrong("null")).toBe('is no repro: its "format" is not "rtspec-repro"')
    expect(changed({ seed: 4 })).toMatch(/^is no repro that can be played: seed: /)
    expect(changed({ extra: 1 })).toMatch(/^is no repro that can be played: it: /)
  })

  it("whose story cannot be is refused with the step", () => {
    const scenario = { ...repro.scenario, story: [server.streams(one, 1)] }
    expect(changed({ scenario })).toMatch(/^tells what can not be: step 1 .*"one", which was not started before$/)
    const unknown = { ...repro.scenario, faults: [{ fault: "gremlins", at: { type: "*", nth: 1 } }] }
    expect(changed({ scenario: unknown })).toContain('there is no fault "gremlins"')
  })
})
