// The summary of a run as Markdown for a job's page: totals, what is news and where to look, then the matrix, folded.
import type { Verdict } from "../runner/result.ts"
import { roomOf } from "./case-key.ts"
import { legend, marks } from "./matrix.ts"
import type { ResultRow, ResultsFile } from "./results.ts"
import { whatToRemove } from "./stale.ts"
import { totalsInWords } from "./totals.ts"

/** GitHub takes a mebibyte a step, and a reader less. */
const mostNews = 50

/** Text of a subject stands in a table's cell as text: a reference is neither markup nor a new column. */
export const inCell = (text: string): string => asReferences(text.replace(/\s+/g, " ").trim(), /[\\`*_~[\]<>&|#!]/g)

/** Text as code, whatever is in it. */
export const asCode = (text: string): string =>
  `<code>${asReferences(text.replace(/\s+/g, " "), /[\\`*_~[\]<>&|]/g)}</code>`

const asReferences = (text: string, special: RegExp) => text.replace(special, (each) => `&#${each.charCodeAt(0)};`)

const count = (rows: readonly ResultRow[], verdict: string) => rows.filter((row) => row.verdict === verdict).length

export function markdownSummary({ totals, rows, transitions, goals, run }: ResultsFile): string {
  const news = rows.filter(({ expected }) => !expected)
  const kinds = Object.entries(marks).filter(([verdict]) => count(rows, verdict) > 0)
  const tally = kinds.map(([verdict, mark]) => `${mark} ${count(rows, verdict)} ${verdict}`).join(" · ")
  const possible = transitions.reached.length + transitions.unreached.length
  const lines = [
    `## ${totals.failed === 0 ? "✅" : "❌"} rtspec: ${totalsInWords(totals)}`,
    "",
    tally,
    "",
    ...newsTable(news),
    ...Object.values(matrixOf(rows)).flat(),
    "",
    `Transitions reached: ${transitions.reached.length} of ${possible}; goals: ${goals.reached.length} of ${goals.reached.length + goals.unreached.length}. rtspec ${run.rtspec}, seed ${inCell(run.seed)}, ${run.dialect} server.`,
  ]
  return `${lines.join("\n")}\n`
}

function newsTable(news: readonly ResultRow[]): string[] {
  if (news.length === 0) return []
  const rows = news.slice(0, mostNews).map((row) => {
    const said = row.staleLine ? whatToRemove(row) : (row.violations[0]?.message ?? row.because)
    const where = row.place ? `<br>${asCode(`${row.place.file}:${row.place.line}`)}` : ""
    return `| ${marks[row.verdict]} ${asCode(row.scenario)} | ${inCell(`${row.subject} ${row.version}`)} | ${inCell(said)}${where} | ${asCode(row.repro)} |`
  })
  const rest = news.length - rows.length
  return [
    "### News",
    "",
    "| scenario | subject | what | again |",
    "| --- | --- | --- | --- |",
    ...rows,
    ...(rest > 0 ? ["", `… and ${rest} more, in results.json.`] : []),
    "",
  ]
}

/** A line a subject: how often each verdict came in each room. */
function matrixOf(rows: readonly ResultRow[]): { head: string[]; body: string[]; end: string[] } {
  const rooms = [...new Set(rows.map(({ scenario }) => roomOf(scenario)))]
  const subjects = [...new Set(rows.map(({ subject, version }) => `${subject} ${version}`))]
  const cell = (subject: string, room: string) => {
    const own = rows.filter((row) => `${row.subject} ${row.version}` === subject && roomOf(row.scenario) === room)
    const kinds = (Object.keys(marks) as Verdict[]).filter((verdict) => count(own, verdict) > 0)
    return kinds.map((verdict) => `${marks[verdict]}&nbsp;${count(own, verdict)}`).join(" ")
  }
  return {
    head: ["<details><summary>By subject and room</summary>", "", legend, "", `| subject | ${rooms.join(" | ")} |`],
    body: [
      `| --- | ${rooms.map(() => "---").join(" | ")} |`,
      ...subjects.map((subject) => `| ${inCell(subject)} | ${rooms.map((room) => cell(subject, room)).join(" | ")} |`),
    ],
    end: ["", "</details>"],
  }
}
