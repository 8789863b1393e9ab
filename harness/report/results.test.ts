// results.json: its own schema, what is counted in it, and that the published schema is the one the code has.
import { readFileSync } from "node:fs"
import { describe, expect, it } from "vitest"
import { traceOf } from "../checks/trace-for-tests.ts"
import { failureBy, resultWith } from "../runner/result-for-tests.ts"
import { published } from "./publish-schemas.ts"
import { oneOfEach, resultsOf } from "./report-for-tests.ts"
import { resultsFile } from "./results.ts"

describe("results.json", () => {
  it("keeps its own schema, in JSON and back", () => {
    const results = resultsOf(oneOfEach, { placeOf: () => ({ file: "ledger.json", line: 3 }) })
    expect(resultsFile.parse(JSON.parse(JSON.stringify(results)))).toEqual(results)
  })

  it("counts what was as expected, and what was reached", () => {
    const results = resultsOf(oneOfEach)
    expect(results.totals).toEqual({ cases: 6, passed: 3, failed: 3, notPlayed: 0 })
    expect(results.transitions).toEqual({
      reached: ["session: a -> b on x"],
      unreached: [{ id: "session: b -> c on y", because: "no server does" }],
    })
    expect(results.goals).toEqual({ reached: ["dropped"], unreached: ["crossed"] })
  })

  it("counts apart what is not installed", () => {
    const absent = {
      result: resultWith({ verdict: "not-installed", because: "it is not installed" }),
      asExpected: true,
    }
    expect(resultsOf([absent, { result: resultWith(), asExpected: true }]).totals).toEqual({
      ...{ cases: 2, passed: 1, failed: 0, notPlayed: 1 },
    })
  })

  it("tells whose server it was where that was not the run's", () => {
    const judged = [resultWith({ dialect: "beta" }), resultWith()].map((result) => ({ result, asExpected: true }))
    expect(resultsOf(judged).rows.map(({ dialect }) => dialect)).toEqual(["beta", undefined])
  })

  it("has a row a case, with what was broken and the command that plays it again", () => {
    const [row] = resultsOf([{ result: failureBy(["x", "y", "x"]), asExpected: false }]).rows
    expect(row).toEqual({
      ...{ scenario: "turn/one", subject: "fake", version: "1", verdict: "fail", grade: "documented", seed: "7" },
      ...{ expected: false, invariants: ["x", "y"], because: "", durationMs: 1.235, virtualMs: 40, warnings: [] },
      violations: failureBy(["x", "y", "x"]).violations,
      repro: "npx rtspec run --subject 'fake@1' --scenario turn/one --seed 7",
    })
  })

  it("says what each played scenario demands, once, and nothing of others", () => {
    const results = resultsOf([oneOfEach[1], oneOfEach[1]].flatMap((each) => each ?? []))
    expect(results.scenarios).toEqual([
      {
        ...{ id: "turn/two", title: "The client answers once", grade: "documented", source: "guide" },
        ...{ cites: ["response.create"], needs: ["text-turn"], judgedBy: ["no-crash"] },
        situations: [{ id: "C01", sequence: "C create; S created" }],
      },
    ])
  })

  it("names the traces of failures, and of others when asked", () => {
    const trace = traceOf([5])
    const judged = [resultWith({ trace }), failureBy(["x"], { trace })].map((result) => ({ result, asExpected: true }))
    expect(resultsOf(judged).rows.map((row) => row.trace !== undefined)).toEqual([false, true])
    expect(resultsOf(judged, { allTraces: true }).rows.map(({ trace: name }) => name)).toEqual(
      Array(2).fill(expect.stringMatching(/^traces\/fake@1_turn_one\.[0-9a-f]{8}\.ndjson$/)),
    )
  })

  it("has a place only for what did not come out as expected", () => {
    const place = { file: "scenarios/turn/one.ts", line: 4 }
    const results = resultsOf(oneOfEach, { placeOf: () => place })
    expect(results.rows.map((row) => row.place !== undefined)).toEqual([false, false, true, true, true, false])
  })
})

describe("a published schema", () => {
  it.each(Object.entries(published))(
    "%s is current; else: npx tsx harness/report/publish-schemas.ts",
    (name, schema) => {
      const file = JSON.parse(readFileSync(new URL(`schemas/${name}`, import.meta.url), "utf8"))
      expect(file).toEqual(JSON.parse(JSON.stringify(schema())))
    },
  )
})
