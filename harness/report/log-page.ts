// What `rtspec check` prints of a log: what it is, whether server and client keep the protocol, and a page for each break.
import { type LogBreak, type LogReport, violationsOf } from "../wirelog/check.ts"
import type { Side } from "../wirelog/log.ts"
import { windowOf, wrap } from "./failure.ts"

/** Lines for a terminal, or a file. */
export function logPage(file: string, report: LogReport, width: number): string[] {
  const { protocol, dialect, events, connections, problems, problemsInAll } = report
  const all = events.client + events.server
  const lines = [
    `${file}: ${protocol}, ${dialect}, ${connections} connection${connections === 1 ? "" : "s"}, ${all} events (${events.client} of the client, ${events.server} of the server)`,
    ...(["server", "client"] as const).map((party) => verdictLine(report, party)),
  ]
  for (const each of violationsOf(report)) lines.push("", ...pageOf(file, each, width))
  const more = Object.entries(report.more)
  if (more.length > 0)
    lines.push(
      "",
      ...wrap(`More of the same: ${more.map(([rule, count]) => `${rule} ${count} times`).join(", ")}.`, width, "  "),
    )
  const known = [...new Set(report.breaks.filter(({ isKnown }) => isKnown).map(({ rule }) => rule))]
  if (known.length > 0) lines.push("", ...wrap(`Known differences of ${dialect}: ${known.join(", ")}.`, width, "  "))
  if (problems.length > 0) lines.push("", "  Not read:")
  for (const { line, message } of problems) lines.push(`    line ${line}: ${message}`)
  if (problemsInAll > problems.length) lines.push(`    and ${problemsInAll - problems.length} lines more`)
  if (report.bare > 0) lines.push("", ...wrap(bareNote(report.bare), width, "  "))
  return lines
}

/** What no log can tell: the same for all of a protocol. */
export const notJudgedNote = (notJudged: readonly string[], width: number): string[] =>
  wrap(
    `Not judged, for want of the app's side: ${notJudged.join(", ")}. Replay the log against the client for those.`,
    width,
    "  ",
  )

/** `  server ● keeps the protocol`; the sign says it without colour. */
function verdictLine(report: LogReport, party: Side): string {
  const count = violationsOf(report, party).length
  if (count === 0) return `  ${party} ● keeps the protocol`
  return `  ${party} ✗ breaks it ${count === 1 ? "once" : `${count} times`}`
}

function pageOf(file: string, found: LogBreak, width: number): string[] {
  const { party, rule, says, level, source, message, line, causeLine, window, cause, offence } = found
  const cited = level === "invariant" ? source : `${level}, PROTOCOL.md ${source}`
  return [
    `✗ ${file}:${line} · ${party} · ${rule}`,
    ...wrap(`${says} (${cited})`, width, "  "),
    ...wrap(`But: ${message}`, width, "  "),
    ...(causeLine === line ? [] : [`  Because of line ${causeLine}.`]),
    "",
    ...windowOf(window, { cause, offence }, width, "line"),
  ]
}

const bareNote = (count: number) =>
  `Of ${count} events the log tells only the type: nothing that rests on what they held was judged.`
