// A failure that does not come again is no failure, and is handed on with what both plays showed.
import { expect, it } from "vitest"
import { traceOf } from "../checks/trace-for-tests.ts"
import type { Outcome } from "../runner/outcome.ts"
import { makeResult } from "../runner/result.ts"
import { user } from "../script/index.ts"
import { createExaminer, type Failure, type Flaky } from "./examine.ts"
import type { Pool } from "./pool.ts"
import { reproOf } from "./repro.ts"
import { type Tale, tellTale } from "./tale.ts"

const tale: Tale = {
  ...{ protocol: "realtime", output: "audio", begins: "connected", tools: [], server: {}, faults: [] },
  beats: [{ step: user.says("a"), lets: 0 }],
}
const broken = { invariant: "no-crash", title: "t", message: "It crashed.", cause: 0, offence: 0 }
const [first, second] = [traceOf([]), traceOf([])]
const failed: Outcome = {
  ...{ verdict: "fail", because: "", violations: [broken], features: [], transitions: [], goals: [] },
  trace: first,
}

async function examined(again: "pass" | "fail") {
  const found: { failures: Failure[]; flaky: Flaky[]; keeps: unknown[] } = { failures: [], flaky: [], keeps: [] }
  const pool: Pick<Pool, "play"> = {
    play: async (scenario, how) => {
      found.keeps.push(how?.keepTrace)
      const named = { scenario, subject: "s", version: "1", transport: "memory", seed: "fuzz" } as const
      const violations = again === "fail" ? [broken] : []
      return makeResult(named, { verdict: again, because: "", violations, trace: second })
    },
  }
  const examiner = createExaminer({
    ...{ subject: "s", pool },
    onFailure: (each) => void found.failures.push(each),
    onFlaky: (each) => void found.flaky.push(each),
  })
  await examiner.examine(tale, failed, 7)
  return found
}

it("is handed on whole, with both traces, and can be kept as a repro", async () => {
  const { failures, flaky, keeps } = await examined("pass")
  expect(failures).toEqual([])
  expect(keeps).toEqual([true])
  expect(flaky).toMatchObject([{ invariant: "no-crash", foundAt: 7, tale }])
  const [each] = flaky
  if (!each) throw new Error("nothing was handed on")
  expect(each.traces[0]).toBe(first)
  expect(each.traces[1]).toBe(second)
  expect(each.id).toMatch(/^s-no-crash-[0-9a-f]{8}$/)
  const repro = reproOf(each, "hundred")
  expect(repro.foundBy).toEqual({ seed: "hundred", case: 7 })
  expect(repro.scenario).toEqual(tellTale(tale, `fuzz/${each.id}`))
})

it("is a failure if it comes again", async () => {
  const { failures, flaky } = await examined("fail")
  expect(flaky).toEqual([])
  expect(failures).toMatchObject([{ invariant: "no-crash", foundAt: 7 }])
})
