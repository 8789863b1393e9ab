// The pages that are made of how today's clients fare: reports/clients.md and a section of the README.
import type { Verdict } from "../runner/result.ts"
import { marks } from "./matrix.ts"
import type { Standing } from "./standings.ts"

const unique = <T>(list: readonly T[]): T[] => [...new Set(list)]
const roomOf = (scenario: string) => scenario.split("/")[0] ?? scenario
const nameOf = ({ client, version }: Standing) => `${client} ${version}`
const row = (cells: readonly string[]) => `| ${cells.join(" | ")} |`
const table = (head: readonly string[], rows: readonly (readonly string[])[]) => [
  row(head),
  row(head.map(() => "---")),
  ...rows.map(row),
]

type Outcome = Verdict | "fail-everywhere"
/** A failure by nothing but what fails everywhere is marked apart: the matrix shall show what is particular. */
const outcomeMarks: Readonly<Record<Outcome, string>> = { ...marks, "fail-everywhere": "◌" }

function outcomeOf({ cases, everywhere }: Standing, scenario: string): Outcome | undefined {
  const found = cases[scenario]
  if (found === undefined || typeof found === "string") return found
  return found.every((invariant) => everywhere.includes(invariant)) ? "fail-everywhere" : "fail"
}

const count = (one: Standing, scenarios: readonly string[], outcomes: readonly Outcome[]) =>
  scenarios.filter((scenario) => outcomes.some((each) => each === outcomeOf(one, scenario))).length

const judged: readonly Outcome[] = ["pass", "fail", "fail-everywhere", "broken"]

/** passed / failed / not judged */
function score(one: Standing, scenarios: readonly string[], passing: readonly Outcome[] = ["pass"]): string {
  const [passed, all] = [count(one, scenarios, passing), count(one, scenarios, judged)]
  return `${passed} / ${all - passed} / ${scenarios.length - all}`
}

/** Clients whose scenarios are the same: those of one protocol. */
function groups(clients: readonly Standing[]): { clients: Standing[]; scenarios: string[] }[] {
  const catalogues = new Map(clients.map(({ cases }) => [Object.keys(cases).join(), Object.keys(cases)]))
  return [...catalogues].map(([key, scenarios]) => ({
    clients: clients.filter(({ cases }) => Object.keys(cases).join() === key),
    scenarios,
  }))
}

/** For the README: a table for each protocol, a row a client, a column a room. */
export function shortStandings(clients: readonly Standing[]): string {
  const tables = groups(clients).map(({ clients: members, scenarios }) => {
    const rooms = unique(scenarios.map(roomOf))
    const [columns, last] = rooms.length > 1 ? [rooms, "all"] : [[], rooms[0] ?? "all"]
    const of = (room: string) => scenarios.filter((scenario) => roomOf(scenario) === room)
    const line = (name: string, one: Standing, passing?: readonly Outcome[]) => [
      name,
      ...columns.map((room) => score(one, of(room), passing)),
      `**${score(one, scenarios, passing)}**`,
    ]
    const rows = members.flatMap((one) => [
      line(nameOf(one), one),
      ...(one.everywhere.length > 0
        ? [line(`↳ but for ${code(one.everywhere)}`, one, ["pass", "fail-everywhere"])]
        : []),
    ])
    return table(["passed / failed / not judged", ...columns, last], rows).join("\n")
  })
  return tables.join("\n\n")
}

const code = (list: readonly string[]) => list.map((each) => `\`${each}\``).join(", ")
const anchor = (one: Standing) =>
  nameOf(one)
    .toLowerCase()
    .replace(/[^\w\- ]/g, "")
    .replaceAll(" ", "-")

/** reports/clients.md: the matrix, then each client's failures with the ledger's reasons. */
export function longStandings(clients: readonly Standing[]): string {
  return `${[
    "# How today's clients fare",
    "",
    "The newest release of each client, generated: `npx rtspec run --subject '*'`, then `npm run matrix`.",
    "",
    `${Object.entries(outcomeMarks)
      .filter(([outcome]) => outcome !== "not-installed")
      .map(([outcome, mark]) => `${mark} ${outcomeWords[outcome] ?? outcome}`)
      .join("  ")}`,
    "",
    "What is unsupported the client does not offer; what is inconclusive it gave no occasion for.",
    ...groups(clients).flatMap((group) => matrixOf(group.clients, group.scenarios)),
    ...clients.flatMap((one) => ["", ...failuresOf(one)]),
  ].join("\n")}\n`
}

const outcomeWords: Readonly<Record<string, string>> = {
  "fail-everywhere": "fails by nothing but what this client fails everywhere",
}

function matrixOf(clients: readonly Standing[], scenarios: readonly string[]): string[] {
  const cell = (one: Standing, scenario: string) => {
    const outcome = outcomeOf(one, scenario)
    const mark = outcome === undefined ? "" : outcomeMarks[outcome]
    return outcome === "fail" ? `[${mark}](#${anchor(one)})` : mark
  }
  return unique(scenarios.map(roomOf)).flatMap((room) => [
    "",
    `## ${room}`,
    "",
    ...table(
      ["", ...clients.map(nameOf)],
      scenarios
        .filter((scenario) => roomOf(scenario) === room)
        .map((scenario) => [
          `[${scenario}](../scenarios/${scenario}.ts)`,
          ...clients.map((one) => cell(one, scenario)),
        ]),
    ),
  ])
}

const linksOf = ({ ledger }: Standing) =>
  ledger === undefined ? "" : ` [Ledger](../${ledger}), [notes](../${ledger.replace(/[^/]+$/, "notes.md")}).`

function failuresOf(one: Standing): string[] {
  const scenarios = Object.keys(one.cases)
  const listed = (failed: readonly string[]) => (failed.length > 12 ? `${failed.length} scenarios` : code(failed))
  return [
    `## ${nameOf(one)}`,
    "",
    `passed / failed / not judged: ${score(one, scenarios)}.${linksOf(one)}`,
    "",
    ...one.reasons.map(
      ({ reason, invariants, scenarios: failed }) => `- ${reason} — ${code(invariants)} in ${listed(failed)}`,
    ),
  ]
}

const [begin, end] = ["<!-- matrix:begin -->", "<!-- matrix:end -->"]

/** The text with what stands between the marks replaced. Throws an Error where a mark is missing. */
export function withSection(text: string, section: string): string {
  const [from, to] = [text.indexOf(begin), text.indexOf(end)]
  if (from < 0 || to < from)
    throw new Error(`README.md has no ${begin} … ${end}; put them where the matrix shall stand.`)
  return `${text.slice(0, from)}${begin}\n\n${section}\n\n${text.slice(to)}`
}
