// The catalogue as a server of the beta tells it. `rtspec run` reads ledgers for the dialect openai alone, so this holds the
// client to its own.
import { fileURLToPath } from "node:url"
import { expect, it } from "vitest"
import { invariants } from "../../harness/checks/all.ts"
import { judgeByLedger, readLedger } from "../../harness/runner/ledger.ts"
import { runSuite } from "../../harness/runner/suite.ts"
import { scenarios } from "../../scenarios/index.ts"
import { openAiRealtimeApiSubjects } from "./index.ts"

const [newest] = openAiRealtimeApiSubjects
const isInstalled = newest?.installed() ?? false
const file = fileURLToPath(new URL("ledger.json", import.meta.url))
const ids = new Set(scenarios.filter(({ protocol }) => protocol !== "responses").map(({ id }) => id))

it.skipIf(!isInstalled)(`fails what its ledger says, and no more${isInstalled ? "" : " (not installed)"}`, async () => {
  const { name = "", version = "" } = newest ?? {}
  const results = await runSuite({
    subjects: [{ name, version, protocol: "realtime", installed: true }],
    scenarios,
    transport: "memory",
    seed: "1",
    strict: true,
    dialect: "beta",
    jobs: 1,
  })
  const ledger = readLedger(file, ids, new Set(invariants.map(({ id }) => id)))
  const judged = judgeByLedger(results, ledger, [version])
  const news = judged.filter(({ asExpected }) => !asExpected)
  expect(results.filter(({ verdict }) => verdict === "pass").length).toBeGreaterThan(40)
  expect(news.map(({ result, staleLine }) => [result.scenario, result.verdict, staleLine?.reason])).toEqual([])
})
