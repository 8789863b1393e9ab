// SARIF 2.1.0, for code scanning: a rule an invariant, a result for each case that did not come out as the ledger says.
import { caseKey } from "./case-key.ts"
import type { ResultRow, ResultsFile } from "./results.ts"
import { notCome } from "./stale.ts"

interface Result {
  readonly ruleId: string
  readonly ruleIndex: number
  readonly level: "error" | "warning"
  readonly message: { readonly text: string }
  readonly locations: readonly object[]
  /** The same case in the next run is the same result. */
  readonly partialFingerprints: { readonly "rtspecCase/v1": string }
  readonly properties: object
}

const staleRule = {
  id: "stale-ledger-line",
  shortDescription: { text: "The ledger, or a kept repro, expects a failure that did not come." },
}
const storyRule = { id: "story", shortDescription: { text: "The client does what the story asks for." } }
const brokenRule = { id: "broken", shortDescription: { text: "rtspec or the adapter is at fault, not the client." } }
const verdictRule = { id: "no-verdict", shortDescription: { text: "A case came to no verdict where it should have." } }

export function sarifLog({ rows, invariants, run }: ResultsFile) {
  const rules = [
    ...invariants.map(({ id, title, why }) => ({
      id,
      shortDescription: { text: title },
      fullDescription: { text: why },
    })),
    ...[storyRule, staleRule, brokenRule, verdictRule],
  ]
  const indexOf = new Map(rules.map(({ id }, at) => [id, at]))
  const results = rows.filter(({ expected }) => !expected).map((row) => resultOf(row, indexOf))
  return {
    $schema: "https://json.schemastore.org/sarif-2.1.0.json",
    version: "2.1.0",
    runs: [
      {
        tool: { driver: { name: "rtspec", version: run.rtspec, rules } },
        columnKind: "utf16CodeUnits",
        results,
      },
    ],
  } as const
}

function ruleOf({ staleLine, verdict, invariants }: ResultRow): string {
  if (staleLine) return staleRule.id
  if (verdict === "broken") return brokenRule.id
  return invariants[0] ?? verdictRule.id
}

function resultOf(row: ResultRow, indexOf: ReadonlyMap<string, number>): Result {
  const ruleId = ruleOf(row)
  const what = row.staleLine
    ? `${notCome(row)} (“${row.staleLine.reason}”).`
    : (row.violations[0]?.message ?? `${row.verdict}: ${row.because}`)
  const { place, subject, version, scenario, repro } = row
  const region = place && {
    physicalLocation: { artifactLocation: { uri: encodeURI(place.file) }, region: { startLine: place.line } },
  }
  return {
    ruleId,
    ruleIndex: indexOf.get(ruleId) ?? -1,
    level: row.verdict === "fail" || row.verdict === "broken" || row.staleLine ? "error" : "warning",
    message: { text: `${scenario}, ${subject} ${version}: ${what}` },
    locations: region ? [region] : [],
    partialFingerprints: { "rtspecCase/v1": caseKey(row) },
    properties: { scenario, subject, version, verdict: row.verdict, repro },
  }
}
