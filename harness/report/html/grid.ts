// The matrix of the page: what is left of subjects × scenarios when a filter has been at it, grouped by room.
import { roomOf } from "../case-key.ts"
import type { ResultRow, ResultsFile } from "../results.ts"
import type { Filter } from "./route.ts"

export interface Grid {
  /** `subject version`, in the order of the run. */
  readonly subjects: readonly string[]
  readonly rooms: readonly Room[]
  /** How many cases are shown. */
  readonly shown: number
}

export interface Room {
  readonly name: string
  readonly lines: readonly Line[]
}

/** One scenario: a cell for each subject; absent where there is no such case or the filter hides it. */
export interface Line {
  readonly scenario: string
  readonly cells: readonly (ResultRow | undefined)[]
}

export const subjectName = ({ subject, version }: Pick<ResultRow, "subject" | "version">): string =>
  `${subject} ${version}`

/** Rows that the filter lets through. Text is looked for, word by word, in all that a row and its scenario say. */
export function filterRows({ rows, scenarios }: ResultsFile, filter: Filter): ResultRow[] {
  const words = filter.text.toLowerCase().split(/\s+/).filter(Boolean)
  const said = new Map(
    scenarios.map((each) => [
      each.id,
      [each.title, each.source, ...each.cites, ...each.situations.map(({ id }) => id)].join(" ").toLowerCase(),
    ]),
  )
  return rows.filter((row) => {
    if (filter.verdicts.length > 0 && !filter.verdicts.includes(row.verdict)) return false
    if (filter.subject !== "" && filter.subject !== subjectName(row)) return false
    if (filter.room !== "" && filter.room !== roomOf(row.scenario)) return false
    if (filter.ledger === "news" && row.expected) return false
    if (filter.ledger === "known" && !(row.expected && row.reason !== undefined)) return false
    if (words.length === 0) return true
    const own = [row.scenario, subjectName(row), row.because, row.reason ?? "", ...row.invariants]
    const text = `${own.join(" ").toLowerCase()} ${said.get(row.scenario) ?? ""}`
    return words.every((word) => text.includes(word))
  })
}

export function makeGrid(rows: readonly ResultRow[]): Grid {
  const subjects = [...new Set(rows.map(subjectName))]
  const column = new Map(subjects.map((name, at) => [name, at]))
  const lines = new Map<string, (ResultRow | undefined)[]>()
  for (const row of rows) {
    const cells = lines.get(row.scenario) ?? subjects.map(() => undefined)
    cells[column.get(subjectName(row)) ?? 0] = row
    lines.set(row.scenario, cells)
  }
  const rooms = new Map<string, Line[]>()
  for (const [scenario, cells] of lines) {
    const room = rooms.get(roomOf(scenario)) ?? []
    room.push({ scenario, cells })
    rooms.set(roomOf(scenario), room)
  }
  return { subjects, rooms: [...rooms].map(([name, list]) => ({ name, lines: list })), shown: rows.length }
}
