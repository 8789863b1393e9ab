// The same bug in the JavaScript and in the Python client of one maker: reports/siblings.md, made of reports/clients.json.
import type { Standing } from "./standings.ts"

/** Clients of one maker and one protocol: in JavaScript, in Python. */
const siblings = [
  ["livekit-realtime", "livekit-python"],
  ["livekit-responses", "livekit-responses-python"],
  ["openai-agents", "openai-agents-python"],
  ["langwatch-voice", "scenario-python"],
] as const

const nameOf = ({ client, version }: Standing) => `${client} ${version}`
const row = (cells: readonly string[]) => `| ${cells.join(" | ")} |`

/** What a client breaks in a scenario that is particular to it; undefined where it was not judged. */
function brokenIn({ cases, everywhere }: Standing, scenario: string): readonly string[] | undefined {
  const found = cases[scenario]
  if (found === "pass") return []
  return typeof found === "object" ? found.filter((invariant) => !everywhere.includes(invariant)) : undefined
}

/** The page: for each pair the scenarios in which both were judged and one of them failed. A pair of which one is missing
 * is left out. */
export function siblingsPage(clients: readonly Standing[]): string {
  const pairs = siblings.flatMap((names) => {
    const [one, other] = names.map((name) => clients.find(({ client }) => client === name))
    return one && other ? [{ one, other }] : []
  })
  return `${[
    "# The same bug in two languages",
    "",
    "The newest release of a client in JavaScript and of its sibling in Python, in the scenarios in which both were judged:",
    "what each breaks, invariant by invariant, in **bold** where both break the same. What a client breaks in every scenario is left",
    "out. Generated with [clients.md](clients.md); since when, and mended when, stands in the notes of the adapters.",
    ...pairs.flatMap(({ one, other }) => ["", ...pairOf(one, other)]),
  ].join("\n")}\n`
}

function pairOf(one: Standing, other: Standing): string[] {
  const compared = Object.keys(one.cases).flatMap((scenario) => {
    const [left, right] = [brokenIn(one, scenario), brokenIn(other, scenario)]
    return left && right ? [{ scenario, left, right, shared: left.filter((each) => right.includes(each)) }] : []
  })
  const differing = compared.filter(({ left, right }) => left.length + right.length > 0)
  const count = (fits: (each: (typeof compared)[number]) => boolean) => compared.filter(fits).length
  const cell = (broken: readonly string[], shared: readonly string[]) =>
    broken.length === 0 ? "●" : broken.map((each) => (shared.includes(each) ? `**${each}**` : each)).join(", ")
  return [
    `## ${nameOf(one)} and ${nameOf(other)}`,
    "",
    `Both judged: ${compared.length}. Both pass: ${compared.length - differing.length}; the same broken in both: ${count(({ shared }) => shared.length > 0)}; ` +
      `only ${one.client} fails: ${count(({ left, right }) => left.length > 0 && right.length === 0)}; ` +
      `only ${other.client} fails: ${count(({ left, right }) => left.length === 0 && right.length > 0)}.`,
    "",
    row(["", nameOf(one), nameOf(other)]),
    row(["---", "---", "---"]),
    ...differing.map(({ scenario, left, right, shared }) =>
      row([`[${scenario}](../scenarios/${scenario}.ts)`, cell(left, shared), cell(right, shared)]),
    ),
  ]
}
