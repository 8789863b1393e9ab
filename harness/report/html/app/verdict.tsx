// A verdict as a glyph and a word, never as a colour alone.
import type { Verdict } from "../../../runner/result.ts"
import { marks } from "../../matrix.ts"
import type { ResultRow } from "../../results.ts"
import { notCome } from "../../stale.ts"

export const verdictWords: Readonly<Record<Verdict, string>> = {
  pass: "pass",
  fail: "fail",
  inconclusive: "inconclusive",
  unsupported: "unsupported",
  "not-installed": "not installed",
  broken: "broken",
}

export const isVerdict = (word: string): word is Verdict => Object.hasOwn(marks, word)

export function Mark({ verdict }: { verdict: Verdict }) {
  return (
    <span class={`mark ${verdict}`} aria-hidden="true">
      {marks[verdict]}
    </span>
  )
}

/** What the ledger makes of the row, in words; empty where there is nothing to say. */
export function ledgerWords(row: ResultRow): string {
  const { expected, verdict, staleLine, reason } = row
  if (staleLine) return notCome(row)
  if (!expected) return "not in the ledger"
  return verdict === "fail" ? (reason === undefined ? "expected" : "expected by the ledger") : ""
}

export function VerdictBadge({ row }: { row: ResultRow }) {
  const words = ledgerWords(row)
  return (
    <span class={`badge ${row.verdict} ${row.expected ? "" : "news"}`}>
      <Mark verdict={row.verdict} />
      <strong>{verdictWords[row.verdict]}</strong>
      {words !== "" && <span class="quiet">{words}</span>}
    </span>
  )
}
