// The failure page: which case, which truth was broken, what happened instead, the smallest window of the trace, and the
// one command that plays it again.
import type { Violation } from "../checks/invariant.ts"
import type { CaseResult } from "../runner/result.ts"
import type { Entry } from "../trace/trace.ts"
import { describeEntry } from "./cell.ts"
import { columnWidths, toWidth } from "./columns.ts"
import { visible } from "./visible.ts"

/** The command that plays a case again. */
export function replayCommand(result: CaseResult): string {
  const { subject, version, adapterFile, scenario, seed, transport, dialect } = result
  const over = transport === "loopback" ? " --transport loopback" : ""
  const which = adapterFile === undefined ? `--subject '${subject}@${version}'` : `--adapter ${adapterFile}`
  return `npx rtspec run ${which} --scenario ${scenario} --seed ${seed}${over}${dialect ? ` --dialect ${dialect}` : ""}`
}

export interface PageOptions {
  /** Columns that the page may take; at least 60. */
  readonly width: number
  /** Titles of invariants by id. */
  readonly titles: ReadonlyMap<string, string>
}

/** The page of a failed or broken case, as lines. */
export function failurePage(result: CaseResult, { width, titles }: PageOptions): string[] {
  const { subject, version, scenario, transport, seed, title, grade, verdict, because, violations } = result
  const head = [
    ...headline(
      `${verdict === "fail" ? "✗" : "!"} ${scenario} · ${subject} ${version} · ${transport} · seed ${seed}`,
      width,
    ),
    ...wrap(`${title} (${grade})`, width, "  "),
  ]
  if (violations.length === 0) return [...head, "", ...wrap(`${verdict}: ${because}`, width, "  ")]
  const [first, ...others] = violations
  const lines = [...head]
  if (first) lines.push("", ...broken(first, titles, width), "", ...windowOf(result.trace?.entries ?? [], first, width))
  for (const other of others) lines.push("", ...broken(other, titles, width, "also "))
  lines.push("", "  Again:", `    ${visible(replayCommand(result))}`)
  const truth = violations.find(({ invariant }) => invariant !== "story")
  return truth
    ? [...lines, "  Why it matters, and when it is fair:", `    npx rtspec explain ${truth.invariant}`]
    : lines
}

/** Two lines for a failure that was expected. */
export function failureInShort(
  { scenario, subject, version, violations }: CaseResult,
  reason: string,
  width: number,
): string[] {
  const truth = violations[0]
  return [
    ...headline(`✗ ${scenario} · ${subject} ${version} · ${truth?.invariant ?? ""}`, width),
    ...wrap(truth?.message ?? "", width, "    "),
    ...wrap(`expected: ${reason}`, width, "    "),
  ]
}

function broken(
  { invariant, message }: Violation,
  titles: ReadonlyMap<string, string>,
  width: number,
  also = "",
): string[] {
  const title = invariant === "story" ? "What this story asks for" : titles.get(invariant)
  return [...wrap(`${also}${invariant}: ${title ?? ""}`, width, "  "), ...wrap(`But: ${message}`, width, "  ")]
}

/** One line where it fits; else those that follow are indented, so that it is still seen where the next one begins. */
function headline(text: string, width: number): string[] {
  const [first = "", ...others] = text.length <= width ? [visible(text)] : wrap(text, width - 2, "")
  return [first, ...others.map((line) => `  ${line}`)]
}

/** Words in lines of at most `width`, each indented. A word that is longer than a line is parted. */
export function wrap(text: string, width: number, indent: string): string[] {
  const lines: string[] = []
  const longest = new RegExp(`.{1,${Math.max(1, width - indent.length)}}`, "gu")
  const words = visible(text)
    .split(/\s+/)
    .flatMap((word) => word.match(longest) ?? [])
  let line = ""
  for (const word of words) {
    if (line !== "" && indent.length + line.length + 1 + word.length > width) {
      lines.push(indent + line)
      line = word
    } else line = line === "" ? word : `${line} ${word}`
  }
  return line === "" ? lines : [...lines, indent + line]
}

const timeWidth = 10
const markWidth = 4
const lanes = ["server", "client", "app"] as const

interface Row {
  readonly mark: string
  readonly time: string
  readonly cells: readonly string[]
}

/** The trace between cause and offence in three columns; what lies between and is of no account is counted. */
export function windowOf(
  entries: readonly Entry[],
  { cause, offence }: Pick<Violation, "cause" | "offence">,
  width: number,
  unit: "ms" | "line" = "ms",
): string[] {
  if (entries.length === 0) return []
  const rows = [{ mark: "", time: unit, cells: lanes }, ...rowsOf(entries, cause, offence)]
  const needed = lanes.map((_, at) => Math.max(...rows.map(({ cells }) => cells[at]?.length ?? 0)))
  const widths = columnWidths(needed, width - markWidth - timeWidth - 2 * (lanes.length - 1))
  return rows.map(({ mark, time, cells }) => {
    const columns = widths.map((columnWidth, at) => toWidth(cells[at] ?? "", columnWidth))
    return `${mark.padEnd(markWidth)}${time.padStart(timeWidth - 2)}  ${columns.join("  ")}`.trimEnd()
  })
}

function rowsOf(entries: readonly Entry[], cause: number, offence: number): Row[] {
  const rows: Row[] = []
  let skipped = 0
  for (const entry of entries.slice(Math.max(0, Math.min(cause, offence) - 1), Math.max(cause, offence) + 2)) {
    if (!isShown(entry.index, cause, offence)) {
      skipped += 1
      continue
    }
    if (skipped > 0)
      rows.push({ mark: "", time: "…", cells: [`… ${skipped} ${skipped === 1 ? "entry" : "entries"} …`] })
    skipped = 0
    const mark = entry.index === offence ? "  ✗ " : entry.index === cause ? "  → " : ""
    const cells = lanes.map((lane) => (lane === entry.lane ? describeEntry(entry) : ""))
    rows.push({ mark, time: String(entry.at), cells })
  }
  return rows
}

const isShown = (index: number, cause: number, offence: number) =>
  (index >= cause - 1 && index <= cause + 3) || (index >= offence - 4 && index <= offence + 1)
