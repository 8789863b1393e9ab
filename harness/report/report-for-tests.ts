// Reports to build others from, for tests.
import type { Judged } from "../runner/ledger.ts"
import { failureBy, resultWith } from "../runner/result-for-tests.ts"
import type { Scenario } from "../script/scenario.ts"
import { makeResults, type ResultsInput } from "./make-results.ts"
import type { ResultsFile } from "./results.ts"

export const about: ResultsFile["run"] = {
  ...{ rtspec: "0.1.0", node: "v20.0.0", seed: "7", transport: "memory", inventory: "openai 1", strict: false },
  ...{ dialect: "openai", full: false },
}

export const coverable = {
  transitions: [
    { id: "session: a -> b on x", because: "" },
    { id: "session: b -> c on y", because: "no server does" },
  ],
  goals: ["crossed", "dropped"],
}

export const scenarioWith = (id: string, more: Partial<Scenario> = {}): Scenario => ({
  ...{ id, title: "The client answers once", cites: ["response.create"], grade: "documented", source: "guide" },
  ...{ situations: ["C01"], needs: ["text-turn"], judgedBy: ["no-crash"], story: [], ...more },
})

export const catalogue = {
  scenarios: ["turn/one", "turn/two", "cancel/one"].map((id) => scenarioWith(id)),
  situations: [{ id: "C01", sequence: "C create; S created" }],
  invariants: [{ id: "no-crash", title: "It lives", why: "Users notice." }],
}

/** A pass, an expected failure, a failure that is news, a stale line, a broken and an unsupported case. */
export const oneOfEach: readonly Judged[] = [
  { result: resultWith({ transitions: ["session: a -> b on x"], goals: ["dropped"] }), asExpected: true },
  { result: failureBy(["no-crash"], { scenario: "turn/two" }), asExpected: true, reason: "It has always been so." },
  { result: failureBy(["story", "no-crash"], { scenario: "cancel/one" }), asExpected: false },
  {
    result: resultWith({ version: "2" }),
    asExpected: false,
    staleLine: { scenario: "turn/one", reason: "It was so before." },
  },
  {
    result: resultWith({ version: "2", scenario: "turn/two", verdict: "broken", because: "the adapter lied" }),
    asExpected: false,
  },
  {
    result: resultWith({ version: "2", scenario: "cancel/one", verdict: "unsupported", because: "it cannot: cancel" }),
    asExpected: true,
  },
]

export const resultsOf = (judged: readonly Judged[], more: Partial<ResultsInput> = {}): ResultsFile =>
  makeResults({ judged, run: about, coverable, catalogue, ...more })

/** What a subject may say to break out of wherever its words are put. */
export const hostile = [
  "</script><script>globalThis.broken=1</script>",
  '<img src=x onerror="globalThis.broken=1">',
  `'"\`\${globalThis.broken=1}\``,
  "javascript:globalThis.broken=1",
  "]]><x/>&amp;&#x0;",
  "a | b | c\n| d |\r\n# e",
  "::error file=x::y%0A%25",
  "\u0000\u0007\u2028\u2029\ud800 \u202e",
] as const
