// `rtspec shrink`: a scenario that a client fails, or each bug that its ledger knows of, as a repro file that holds the
// least story which still fails.
import { accessSync, constants, mkdirSync } from "node:fs"
import { join } from "node:path"
import type { Command } from "commander"
import { type SubjectEntry, subjects } from "../../adapters/index.ts"
import type { Bug } from "../fuzz/bugs.ts"
import type { Pool } from "../fuzz/pool.ts"
import { type Shown, shrinkBugs } from "../fuzz/shrink-bugs.ts"
import { tellStep } from "../fuzz/words.ts"
import { writeWhole } from "../report/folder.ts"
import { UsageFault } from "../runner/faults.ts"
import type { SuiteSubject } from "../runner/player.ts"
import { select } from "../runner/select.ts"
import type { Scenario } from "../script/scenario.ts"
import { suiteSubject } from "./fuzz-targets.ts"
import { clientOfProject } from "./own-client.ts"
import { bugsOf, openPair, storiesFor, textOf } from "./shrinking.ts"

export interface ShrinkCommand {
  readonly subject?: string
  readonly adapter?: string
  readonly config?: string
  readonly scenario?: string
  readonly invariant?: string
  readonly seed: string
  readonly out: string
}

export function addShrink(program: Command, done: (code: number) => void): void {
  program
    .command("shrink")
    .description("make the least story of a scenario in which a client still fails, and write it as a repro file")
    .option("--subject <name>", "the client, as name or name@version (default: its newest version)")
    .option("--adapter <file>", "a client of your own instead: a module that exports `adapter`")
    .option("--config <file>", "rtspec.config.ts of your project, for its adapter (default: the one in this folder)")
    .option("--scenario <id>", "the scenario that it fails (default: one for each bug that its ledger knows of)")
    .option("--invariant <id>", "what it breaks (default: what a run names first)")
    .option("--seed <seed>", "seed of the client's chance", "1")
    .option("--out <dir>", "folder of the repro files", join(".rtspec", "repros"))
    .addHelpText("after", examples)
    .action(async (options: ShrinkCommand) => done(await shrinkCommand(options)))
}

const examples = `
Examples:
  rtspec shrink --subject openai-agents@0.8.0 --scenario turn/text-during-a-reply
  rtspec shrink --subject livekit-realtime
  rtspec shrink --adapter ./my-client.adapter.ts --scenario turn/text-during-a-reply
  rtspec replay .rtspec/repros/ID.json --subject 'livekit-realtime@*'`

/** Gives the exit code: 1 where something could not be shrunk. */
export async function shrinkCommand(options: ShrinkCommand): Promise<number> {
  const { client, entry } = await chosen(options)
  const { scenario, seed, out } = options
  const [story] = scenario === undefined ? [] : select("scenario", storiesFor(client), [scenario], ({ id }) => [id])
  makeFolder(out)
  const pair = openPair(client, seed)
  let code = 0
  try {
    const bugs = story ? [await bugOf(story, options, pair.subject)] : await knownBugs(entry, pair.subject)
    for await (const shown of shrinkBugs(bugs, { name: client.name, seed, ...pair })) {
      const { id, own, by } = shown
      if (own) writeWhole(join(out, `${id}.json`), textOf(own.repro))
      for (const line of told(shown, out)) console.log(line)
      if (typeof by === "string") code = 1
    }
    return code
  } finally {
    pair.stop()
  }
}

async function knownBugs(entry: SubjectEntry | undefined, subject: Pool): Promise<readonly Bug[]> {
  if (!entry)
    throw new UsageFault("only the ledgers of rtspec's own clients are read; name a --scenario that yours fails.")
  return (await bugsOf(entry, subject)).bugs
}

interface Chosen {
  readonly client: SuiteSubject
  /** Of one of rtspec's own. */
  readonly entry?: SubjectEntry
}

async function chosen({ subject, ...which }: ShrinkCommand): Promise<Chosen> {
  const own = await clientOfProject({ ...which, ...(subject === undefined ? {} : { subject: [subject] }) })
  if (own) return { client: own }
  if (subject === undefined)
    throw new UsageFault("shrink takes one client; give --subject NAME, or --adapter FILE for your own.")
  const entry = newestOf(subject)
  return { client: suiteSubject(entry), entry }
}

/** Before anything is played. */
function makeFolder(folder: string): void {
  try {
    mkdirSync(folder, { recursive: true })
    accessSync(folder, constants.W_OK)
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error)
    throw new UsageFault(`the repros cannot be written to ${folder} (${why}); give --out another folder.`)
  }
}

function newestOf(name: string): SubjectEntry {
  const found = select("subject", subjects, [name], (each) => [each.name, `${each.name}@${each.version}`])
  const names = [...new Set(found.map((each) => each.name))]
  if (names.length > 1) throw new UsageFault(`shrink takes one client, and "${name}" names ${names.join(", ")}.`)
  const newest = found
    .toSorted((one, other) => one.version.localeCompare(other.version, "en", { numeric: true }))
    .at(-1)
  if (!newest?.installed())
    throw new UsageFault(`${name} is not installed; run rtspec subjects install ${newest?.name}@${newest?.version}.`)
  return newest
}

/** What the client breaks in the scenario, or what was named. */
async function bugOf(scenario: Scenario, { invariant }: ShrinkCommand, subject: Pool): Promise<Bug> {
  const result = await subject.play(scenario)
  const broken = result.violations.map((each) => each.invariant)
  const wanted = invariant ?? broken[0]
  if (wanted !== undefined && broken.includes(wanted)) return { reason: "", invariant: wanted, scenario }
  const { verdict, because } = result
  const came = broken.length > 0 ? `it breaks ${[...new Set(broken)].join(", ")}` : `${verdict} ${because}`.trim()
  throw new UsageFault(
    `${result.subject} ${result.version} does not break ${wanted ?? "anything"} in ${scenario.id}: ${came}.`,
  )
}

function told({ id, bug, by, own }: Shown, out: string): string[] {
  const head = bug.reason === "" ? [] : ["", bug.reason]
  if (typeof by === "string") return [...head, `${id}: ${by}.`]
  if (!own) return [...head, `${id}: ${by.id} shows it, in a story of the same shape.`]
  const { story } = by.scenario
  const beside = by.also ? `; it breaks ${by.also.join(", ")} as well` : ""
  const least = own.isMinimal ? "" : ", and gave up before nothing more could be left out"
  return [
    ...head,
    `${join(out, id)}.json: ${story.length} of ${bug.scenario.story.length} steps, after ${own.tries} tries${least}${beside}`,
    ...story.map((step) => `    ${tellStep(step)}`),
  ]
}
