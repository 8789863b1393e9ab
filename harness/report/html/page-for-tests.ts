// Pages to open in a browser, for tests: a small run with everything in it, one that says hostile things, and a large one.
import { type Row, row, traceOf } from "../../checks/trace-for-tests.ts"
import type { Judged } from "../../runner/ledger.ts"
import { verdicts } from "../../runner/result.ts"
import { failureBy, resultWith, violationOf } from "../../runner/result-for-tests.ts"
import { caseKey } from "../case-key.ts"
import { catalogue, hostile, oneOfEach, resultsOf, scenarioWith } from "../report-for-tests.ts"
import type { ResultsFile } from "../results.ts"
import { renderPage } from "./page.ts"
import { type PageData, packTraces } from "./page-data.ts"

function pageOf(judged: readonly Judged[], results: ResultsFile, more: Partial<PageData> = {}): string {
  const traces = new Map(judged.map(({ result }) => [caseKey(result), result.trace]))
  const data = { results, history: [], ...more }
  return renderPage(
    data,
    packTraces(results, (key) => traces.get(key)),
  )
}

/** A turn that the client answers twice, with a future that never settles and a delta by a fault. */
const turn: readonly Row[] = [
  { lane: "app", kind: "phase", phase: "story" },
  { lane: "app", kind: "performed", operation: { do: "say", request: "question", text: "Hello?" } },
  { lane: "app", kind: "opened", future: "f1", of: "reply", request: "question" },
  row.creates("client_1"),
  "quiet",
  { lane: "server", kind: "event", connection: 1, event: { type: "response.created", response: { id: "resp_first" } } },
  { lane: "app", kind: "opened", future: "f2", of: "stream" },
  { lane: "app", kind: "settled", future: "f1", as: "resolved" },
  4_000,
  {
    ...{ lane: "server", kind: "event", connection: 1, fault: "duplicate-event" },
    event: { type: "response.output_audio.delta", response_id: "resp_first", delta: "A".repeat(2_000) },
  },
  row.creates("client_2"),
  { lane: "server", kind: "dropped", connection: 1 },
]

const failing: Judged = {
  result: failureBy([], {
    ...{ scenario: "turn/three", version: "3", trace: traceOf(turn) },
    violations: [violationOf("no-crash", { message: "It must wait.", cause: 4, offence: 8 })],
  }),
  asExpected: false,
}

export function smallPage(): string {
  const judged = [...oneOfEach, failing]
  const scenarios = [...catalogue.scenarios, scenarioWith("turn/three")]
  const results = resultsOf(judged, { catalogue: { ...catalogue, scenarios } })
  const fuzz = {
    ...{ cases: 900, ratePerSecond: 803.5, goals: ["half-open"] },
    transitionsOverTime: [0, 10, 200, 900].map((cases) => ({ cases, transitions: Math.round(Math.sqrt(cases)) })),
    buckets: [{ id: "no-crash/1", invariant: "no-crash", title: "It crashes", cases: 3 }],
  }
  const older = { ...results, label: "last week", rows: results.rows.map((each) => ({ ...each, verdict: "pass" })) }
  return pageOf(judged, results, { fuzz, history: [older] })
}

/** Says hostile things wherever a subject, a log or a person can say anything. */
export function hostilePage(): string {
  const judged = hostile.map((text, at): Judged => {
    const rows: Row[] = [
      { lane: "app", kind: "opened", future: text, of: "reply", request: text },
      { lane: "server", kind: "event", connection: 1, event: { type: text, response_id: text, [text]: text } },
      { lane: "client", kind: "text", connection: 1, text, reason: text },
      { lane: "app", kind: "crash", how: "exit", error: { name: text, message: text, code: text } },
    ]
    const violations = [violationOf(text, { message: text, cause: 1, offence: 3 })]
    const result = failureBy([], {
      subject: text,
      version: `${at}`,
      scenario: `turn/${text}`,
      violations,
      because: text,
    })
    return { result: { ...result, adapterFile: text, trace: traceOf(rows) }, asExpected: at % 2 === 0, reason: text }
  })
  const scenarios = hostile.map((text) => scenarioWith(`turn/${text}`, { title: text, source: text, cites: [text] }))
  const results = resultsOf(judged, {
    catalogue: { ...catalogue, scenarios, invariants: hostile.map((text) => ({ id: text, title: text, why: text })) },
    coverable: {
      transitions: hostile.map((text) => ({ id: `session: a -> b on ${text}`, because: text })),
      goals: hostile,
    },
    placeOf: () => ({ file: hostile[0], line: 1 }),
  })
  return pageOf(judged, results, { history: hostile.map((label) => ({ ...results, rows: [], label })) })
}

/** 5,000 cases, the first of which has a trace of 10,000 entries. */
export function largePage(): string {
  const scenarios = Array.from({ length: 100 }, (_, at) => scenarioWith(`room-${Math.floor(at / 10)}/scenario-${at}`))
  const judged = scenarios.flatMap(({ id: scenario }, line): Judged[] =>
    Array.from({ length: 50 }, (_, column) => {
      const verdict = verdicts[(line * 7 + column) % verdicts.length] ?? "pass"
      const name = { scenario, subject: "client", version: `1.${column}` }
      const isFirst = line === 0 && column === 0
      const result = isFirst
        ? failureBy([], {
            ...name,
            violations: [violationOf("no-crash", { cause: 20, offence: 9_000 })],
            trace: longTrace(),
          })
        : resultWith({ ...name, verdict })
      return { result, asExpected: verdict !== "fail" }
    }),
  )
  return pageOf(judged, resultsOf(judged, { catalogue: { ...catalogue, scenarios } }))
}

function longTrace() {
  const rows = Array.from({ length: 5_000 }, (_, at): Row[] => [
    row.creates(`client_${at}`),
    {
      lane: "server",
      kind: "event",
      connection: 1,
      event: { type: "response.output_text.delta", delta: `word ${at} ` },
    },
  ])
  return traceOf(rows.flat())
}
