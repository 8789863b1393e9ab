// Repros named where a person looks for them: in the lines of a client's ledger, and in its notes.
import type { Shown } from "../fuzz/shrink-bugs.ts"
import { tellStep } from "../fuzz/words.ts"
import type { WrittenLine } from "../runner/ledger.ts"

const width = 120

/** A ledger as the formatter of the project writes it: lists of names in one line where they fit. */
export function ledgerText(lines: readonly WrittenLine[]): string {
  const inOneLine = (whole: string, before: string, list: string, comma: string) => {
    const line = `${before}[${list.trim().replace(/\n\s*/g, " ")}]${comma}`
    return line.length <= width ? line : whole
  }
  const lists = /^( *"\w+": )\[\n((?: *"(?:[^"\\]|\\.)*",?\n)+) *\](,?)$/gm
  return `${JSON.stringify(lines, null, 2).replace(lists, inOneLine)}\n`
}

/** The section of a client's notes: each reason, and the stories that show it. `titles`: of invariants, by id. */
export function reprosSection(
  name: string,
  version: string,
  shown: readonly Shown[],
  titles: ReadonlyMap<string, string>,
): string {
  const reasons = [...new Set(shown.map(({ bug }) => bug.reason))]
  const told = new Set<string>()
  const lines = reasons.flatMap((reason) => {
    const own = shown.filter(({ bug }) => bug.reason === reason)
    const ids = [...new Set(own.flatMap(({ by }) => (typeof by === "string" ? [] : [by.id])))]
    return [`- ${reason}`, ...ids.map((id) => line(id, shown, told, titles))]
  })
  return [
    headOf(name, version),
    "",
    "Made by `npm run repros`: what the ledger says of this release, and the least stories that show it. Each is a file of",
    "`fixtures/regressions/`; `npx rtspec replay fixtures/regressions/ID.json` plays it, and prints the trace around the failure.",
    "",
    ...lines,
  ].join("\n")
}

const headOf = (name: string, version: string) => `## Kept repros: ${name} ${version}`

function line(id: string, shown: readonly Shown[], told: Set<string>, titles: ReadonlyMap<string, string>): string {
  const own = shown.find((each) => each.own?.repro.id === id)?.own
  if (!own || told.has(id)) return `  - \`${id}\`, above.`
  told.add(id)
  const { invariant, scenario } = own.repro
  const steps = scenario.story.map((step) => `\`${short(tellStep(step), 100)}\``).join(", ")
  const [first = "", ...rest] = titles.get(invariant) ?? scenario.title
  return `  - \`${id}\`: ${steps || "nothing but a connection, one more turn, and the close"}. Should: ${first.toLowerCase()}${rest.join("")}. But (\`${invariant}\`): ${short(own.message, 240)}`
}

/** A control character in it would make the notes a binary file to git and grep. */
function short(text: string, most: number): string {
  const printed = text.replace(/\p{Cc}/gu, (sign) => `\\x${sign.charCodeAt(0).toString(16).padStart(2, "0")}`)
  return printed.length <= most ? printed : `${printed.slice(0, most - 2)} …`
}

/** The notes with the client's section in the place of the one before, or at their end. */
export function notesWith(notes: string, name: string, section: string): string {
  const from = notes.indexOf(`## Kept repros: ${name} `)
  if (from < 0) return `${notes.trimEnd()}\n\n${section}\n`
  const next = notes.indexOf("\n## ", from)
  return `${notes.slice(0, from)}${section}\n${next < 0 ? "" : notes.slice(next)}`
}
