// The matrix: subjects × scenarios. As Markdown with a row a scenario, and for a terminal with a mark a scenario.
import type { CaseResult, Verdict } from "../runner/result.ts"

export const marks: Readonly<Record<Verdict, string>> = {
  pass: "●",
  fail: "✗",
  inconclusive: "?",
  unsupported: "·",
  "not-installed": "○",
  broken: "!",
}

export const legend = "● pass  ✗ fail  ? inconclusive  · unsupported  ○ not installed  ! broken"

const roomOf = (scenario: string) => scenario.split("/")[0] ?? scenario
const nameOf = ({ subject, version }: CaseResult) => `${subject} ${version}`
const unique = <T>(list: readonly T[]): T[] => [...new Set(list)]

/** Results by subject and scenario, both in the order of their first appearance. */
function grid(results: readonly CaseResult[]) {
  const at = new Map(results.map((result) => [`${nameOf(result)}\n${result.scenario}`, result]))
  const subjects = unique(results.map(nameOf))
  const scenarios = unique(results.map(({ scenario }) => scenario))
  return { subjects, scenarios, at: (subject: string, scenario: string) => at.get(`${subject}\n${scenario}`) }
}

/** How many cases of each verdict, as `97 pass, 1 fail`. */
export function tally(results: readonly CaseResult[]): string {
  const kinds = Object.keys(marks) as Verdict[]
  const counts = kinds.map((kind) => [kind, results.filter(({ verdict }) => verdict === kind).length] as const)
  return counts
    .filter(([, count]) => count > 0)
    .map(([kind, count]) => `${count} ${kind}`)
    .join(", ")
}

export function markdownMatrix(results: readonly CaseResult[]): string {
  const { subjects, scenarios, at } = grid(results)
  const cell = (subject: string, scenario: string) => {
    const result = at(subject, scenario)
    if (!result) return " "
    const invariants = unique(result.violations.map(({ invariant }) => invariant))
    return result.verdict === "fail" ? `✗ ${invariants.join(", ")}` : marks[result.verdict]
  }
  const row = (cells: readonly string[]) => `| ${cells.join(" | ")} |`
  const lines = [
    "# Results",
    "",
    legend,
    "",
    row(["scenario", "grade", ...subjects]),
    row(["---", "---", ...subjects.map(() => "---")]),
    ...scenarios.map((scenario) => {
      const grade = results.find((result) => result.scenario === scenario)?.grade ?? ""
      return row([scenario, grade, ...subjects.map((subject) => cell(subject, scenario))])
    }),
    "",
    ...subjects.map((subject) => `- **${subject}**: ${tally(results.filter((result) => nameOf(result) === subject))}`),
  ]
  return `${lines.join("\n")}\n`
}

/** A line a subject and room: one mark for each scenario of the room. `paint` colours a mark by its verdict. A room that is
 * wider than the terminal goes on below. */
export function terminalMatrix(
  results: readonly CaseResult[],
  width: number,
  paint: (verdict: Verdict, mark: string) => string,
): string[] {
  const { subjects, scenarios, at } = grid(results)
  const nameWidth = Math.max(...subjects.map((subject) => subject.length), 8)
  const forMarks = Math.max(10, width - nameWidth - 2)
  const parts = unique(scenarios.map(roomOf)).flatMap((room) =>
    inWidth(
      scenarios.filter((scenario) => roomOf(scenario) === room),
      () => 1,
      forMarks,
    ).map((members, part) => ({ title: part === 0 ? room : "…", members })),
  )
  const widthOf = ({ title, members }: (typeof parts)[number]) => Math.max(title.length, members.length)
  const lines: string[] = []
  for (const group of inWidth(parts, (part) => widthOf(part) + 2, forMarks + 2)) {
    lines.push(`${"".padEnd(nameWidth)}  ${group.map((part) => part.title.padEnd(widthOf(part))).join("  ")}`.trimEnd())
    for (const subject of subjects) {
      const cells = group.map((part) => {
        const verdicts = part.members.map((scenario) => at(subject, scenario)?.verdict)
        const text = verdicts.map((verdict) => (verdict ? paint(verdict, marks[verdict]) : " ")).join("")
        return text + " ".repeat(widthOf(part) - verdicts.length)
      })
      lines.push(`${subject.padEnd(nameWidth)}  ${cells.join("  ")}`.trimEnd())
    }
    lines.push("")
  }
  return [...lines, ...inWidth(legend.split("  "), (each) => each.length + 2, width + 2).map((each) => each.join("  "))]
}

/** Consecutive groups whose sizes add up to at most `width`; a group has at least one member. */
function inWidth<T>(members: readonly T[], sizeOf: (member: T) => number, width: number): T[][] {
  const groups: T[][] = []
  let room = 0
  for (const member of members) {
    const size = sizeOf(member)
    const group = groups.at(-1)
    if (group && size <= room) group.push(member)
    else {
      groups.push([member])
      room = width
    }
    room -= size
  }
  return groups
}
