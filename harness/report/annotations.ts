// Annotations for GitHub Actions: workflow commands that put what is news beside the line to look at.
import { posix } from "node:path"
import type { ResultRow, ResultsFile } from "./results.ts"
import { notCome } from "./stale.ts"

/** GitHub shows ten of each kind a step; the rest is counted in one line. */
const most = 10

/** In the message `%` and line ends would end or change the command; in a property `:` and `,` as well. */
const inMessage = (text: string) => text.replaceAll("%", "%25").replaceAll("\r", "%0D").replaceAll("\n", "%0A")
const inProperty = (text: string) => inMessage(text).replaceAll(":", "%3A").replaceAll(",", "%2C")

/** One line for each case that did not come out as the ledger says, up to ten. `folder`: from the root of the repository, where
 * GitHub looks for files, to where rtspec ran. */
export function annotations({ rows }: ResultsFile, folder = ""): string[] {
  const news = rows.filter(({ expected }) => !expected)
  const lines = news.slice(0, news.length > most ? most - 1 : most).map((row) => annotation(row, folder))
  if (lines.length < news.length)
    lines.push(
      `::error title=rtspec::${news.length - lines.length} more cases did not come out as expected; see the report.`,
    )
  return lines
}

function annotation(row: ResultRow, folder: string): string {
  const { place, scenario, subject, version, staleLine, violations, because, verdict, repro } = row
  const where = place ? `file=${inProperty(posix.join(folder, place.file))},line=${place.line},` : ""
  const title = inProperty(`${subject} ${version}: ${scenario}`)
  const what = staleLine
    ? `${notCome(row)} (“${staleLine.reason}”).`
    : `${violations[0]?.message ?? `${verdict}: ${because}`}\nAgain: ${repro}`
  return `::error ${where}title=${title}::${inMessage(what)}`
}
