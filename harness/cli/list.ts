// `rtspec list`: what there is. The scenarios read as a specification.
import type { Command } from "commander"
import { subjects } from "../../adapters/index.ts"
import { scenarios } from "../../scenarios/index.ts"
import { invariants } from "../checks/all.ts"
import { faults } from "../faults/all.ts"
import { UsageFault } from "../runner/faults.ts"
import { nearest } from "../runner/select.ts"
import { situations } from "../script/situations.ts"

export const listable = ["scenarios", "subjects", "invariants", "faults"] as const
type Listable = (typeof listable)[number]

export interface ListOptions {
  readonly json: boolean
}

const isListable = (what: string): what is Listable => listable.some((each) => each === what)

export function list(what: string, { json }: ListOptions, print: (line: string) => void = console.log): void {
  if (!isListable(what))
    throw new UsageFault(
      `cannot list "${what}"; did you mean ${nearest(what, listable)[0]}? There are ${listable.join(", ")}.`,
    )
  if (json) print(JSON.stringify(data[what](), null, 1))
  else for (const line of lines[what]()) print(line)
}

const data: Readonly<Record<Listable, () => readonly object[]>> = {
  scenarios: () => scenarios,
  subjects: () =>
    subjects.map(({ name, version, protocol, installed }) => ({ name, version, protocol, installed: installed() })),
  invariants: () => invariants.map(({ id, title, why, cites, protocols }) => ({ id, title, why, cites, protocols })),
  faults: () => faults.map(({ name, oracle, says }) => ({ name, oracle, says })),
}

const lines: Readonly<Record<Listable, () => readonly string[]>> = {
  scenarios: () => [...scenarios.flatMap(scenarioLines), ...missingSituations()],
  subjects: () =>
    subjects.map(
      ({ name, version, protocol, installed }) =>
        `${name}@${version}  ${protocol}${installed() ? "" : "  (not installed)"}`,
    ),
  invariants: () => invariants.flatMap(({ id, title, why }) => [id, `  ${title}.`, `  ${why}`, ""]),
  faults: () => faults.map(({ name, oracle, says }) => `${name.padEnd(18)} ${oracle.padEnd(8)} ${says}`),
}

function scenarioLines({
  id,
  title,
  grade,
  source,
  situations = [],
  needs,
  judgedBy,
}: (typeof scenarios)[number]): string[] {
  const which = situations.length > 0 ? `; situations ${situations.join(", ")}` : ""
  return [
    id,
    `  ${title}.`,
    `  ${grade}: ${source}${which}`,
    `  needs ${needs.join(", ") || "nothing"}; judged by ${judgedBy.join(", ")}`,
    "",
  ]
}

/** Situations of the protocol sheet that no scenario plays yet. */
function missingSituations(): string[] {
  const played = new Set(scenarios.flatMap(({ situations = [] }) => situations))
  const missing = situations.filter(({ id }) => !played.has(id))
  return [
    `${missing.length} of ${situations.length} situations have no scenario:`,
    ...missing.map(({ id, sequence }) => `  ${id}  ${sequence}`),
  ]
}

export function addList(program: Command): void {
  program
    .command("list")
    .description("show what there is")
    .argument("<what>", `one of ${listable.join(", ")}`)
    .option("--json", "as JSON", false)
    .addHelpText("after", "\nExamples:\n  rtspec list scenarios\n  rtspec list subjects --json")
    .action((what: string, options: ListOptions) => list(what, options))
}
