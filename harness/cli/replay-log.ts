// `rtspec replay LOG`: a recorded session against a client of today, as it was and with faults.
import { closeSync, existsSync, mkdirSync, openSync, readSync, statSync } from "node:fs"
import { join } from "node:path"
import { subjects } from "../../adapters/index.ts"
import { invariants } from "../checks/all.ts"
import type { DialectName } from "../protocol/realtime/dialects.ts"
import { mutate } from "../replay/mutate.ts"
import { type LogReplay, replayLog } from "../replay/play.ts"
import { saveLog } from "../replay/save.ts"
import { type WholeLog, wholeLog } from "../replay/sessions.ts"
import { describeEvent } from "../report/cell.ts"
import { failurePage, wrap } from "../report/failure.ts"
import { writeWhole } from "../report/folder.ts"
import { UsageFault } from "../runner/faults.ts"
import { openPlayer, type Player, type SuiteSubject } from "../runner/player.ts"
import type { CaseResult } from "../runner/result.ts"
import { select } from "../runner/select.ts"
import { type Repro, reproText, reproVersion } from "../script/repro.ts"
import type { Scenario } from "../script/scenario.ts"
import { dialectOf, protocolOf } from "../wirelog/known-differences.ts"
import { LogFault } from "../wirelog/log.ts"
import { readLog } from "../wirelog/read.ts"
import { redactText } from "../wirelog/redact.ts"
import { chunksOf } from "./check.ts"
import { suiteSubject } from "./fuzz-targets.ts"
import { clientOfProject, type WhichClient } from "./own-client.ts"

export interface ReplayLogOptions extends WhichClient {
  readonly mutate?: number
  readonly save?: string
  readonly seed?: string
}

interface About {
  readonly file: string
  readonly protocol: "realtime" | "responses"
  readonly dialect: DialectName
}

/** A file that is no repro: those are JSON as a whole, and say so at once. */
export function isWireLog(file: string): boolean {
  if (!existsSync(file) || !statSync(file).isFile()) return false
  const descriptor = openSync(file, "r")
  try {
    const beginning = Buffer.alloc(4096)
    const text = beginning.toString("utf8", 0, readSync(descriptor, beginning))
    return !/^\s*\{\s*"format"\s*:\s*"rtspec-repro"/.test(text)
  } finally {
    closeSync(descriptor)
  }
}

/** 0: every client did the same, and no fault broke it; 1: one did not; 2: the log is not for this client; 3: an adapter, or the
 * harness, is broken. */
export async function replayWireLog(file: string, options: ReplayLogOptions): Promise<number> {
  const log = await read(file)
  const about: About = {
    file,
    protocol: protocolOf(log.header, log.entries),
    dialect: dialectOf(log.header, log.entries),
  }
  const chosen = await clientsFor(log, file, options)
  if (options.save !== undefined) {
    const saved = saveLog(log, { name: options.save, protocol: about.protocol, root: process.cwd() })
    console.log(
      `Wrote ${saved.fixture} and ${saved.scenario}; add the latter to scenarios/index.ts once it says what is owed.`,
    )
  }
  let code = 0
  for (const subject of chosen) code = Math.max(code, await against(subject, log, about, options))
  return code
}

/** Those that are named; else the project's own; else the one that was recorded. */
async function clientsFor({ header }: WholeLog, file: string, options: ReplayLogOptions): Promise<SuiteSubject[]> {
  const own = await clientOfProject(options)
  if (own) return [own]
  const { client } = header
  const globs = options.subject ?? (client ? [client.version ? `${client.name}@${client.version}` : client.name] : [])
  if (globs.length === 0)
    throw new UsageFault(
      `${file} does not say which client it is of; name one: --subject NAME@VERSION, or --adapter FILE for your own.`,
    )
  return select("subject", subjects, globs, ({ name, version }) => [name, `${name}@${version}`]).map(suiteSubject)
}

async function read(file: string): Promise<WholeLog> {
  try {
    return await wholeLog(readLog(await chunksOf(file)))
  } catch (error) {
    throw error instanceof LogFault ? new UsageFault(`${file}: ${error.message}`) : error
  }
}

async function against(subject: SuiteSubject, log: WholeLog, about: About, options: ReplayLogOptions): Promise<number> {
  const { dialect, file } = about
  const seed = options.seed ?? "1"
  const player = openPlayer(subject, { transport: "memory", seed, strict: false, dialect, keepTraces: true })
  try {
    const replay = await replayLog(log, player, { ...about, id: `wire-log/${nameOf(file)}` })
    const head = `${file} · ${subject.name} ${subject.version}`
    if (typeof replay === "string") {
      console.error(`rtspec: ${head} cannot be played: ${replay}`)
      return 2
    }
    for (const line of linesOf(head, replay)) console.log(redactText(line))
    if (replay.is === "broken") return 3
    const faulted = options.mutate === undefined ? 0 : await withFaults(player, replay, options.mutate, seed, subject)
    return replay.is === "same" ? faulted : 1
  } finally {
    player.stop()
  }
}

const nameOf = (file: string) => (file.split("/").at(-1) ?? file).replace(/\.\w+$/, "")
const width = () => Math.max(60, Math.min(process.stdout.columns ?? 100, 120))

function linesOf(head: string, { is, result, divergence, cannot, pending }: LogReplay): string[] {
  if (is === "broken") return [`BROKEN  ${head}`, ...wrap(result.because, width(), "  ")]
  const lines = [is === "same" ? `same  ${head}` : `diverged at #${divergence?.line}  ${head}`]
  if (divergence) {
    const told = (event: typeof divergence.played) =>
      event ? `${describeEvent(event)}  ${JSON.stringify(event)}` : "nothing"
    lines.push(...wrap(sentenceOf(divergence.where), width(), "  "))
    lines.push(
      `  recorded: ${told(divergence.recorded).slice(0, 400)}`,
      `  played:   ${told(divergence.played).slice(0, 400)}`,
    )
    if (cannot.length > 0)
      lines.push(`  This client cannot be asked for all that the app may have asked for: ${cannot.join(", ")}.`)
  }
  for (const future of pending) lines.push(`  pending when the log ends: the ${future}`)
  for (const { invariant, message } of result.violations) lines.push(...wrap(`${invariant}: ${message}`, width(), "  "))
  return lines
}

/** The name of a member, or words. */
const sentenceOf = (where: string) =>
  where.includes(" ") ? `${where[0]?.toUpperCase()}${where.slice(1)}.` : `It differs in \`${where}\`.`

/** Without the command at its end: a plan of faults has none but the repro. */
function pageOf(result: CaseResult, titles: ReadonlyMap<string, string>): string[] {
  const page = failurePage(result, { width: width(), titles })
  const end = page.indexOf("  Again:")
  return end < 0 ? page : page.slice(0, end - 1)
}

const reproFolder = join("reports", "replay")

/** As a repro, which plays again exactly. */
function keepRepro({ subject, version }: CaseResult, invariant: string, scenario: Scenario, seed: string): string {
  const id = `${subject.replace(/[^\w.-]/g, "-")}-${invariant}-${scenario.id.replace(/[^\w.-]/g, "-")}`
  const file = join(reproFolder, `${id}.json`)
  mkdirSync(reproFolder, { recursive: true })
  const found = { invariant, subject, subjectVersion: version, seed, foundBy: { seed, case: 0 }, scenario }
  // Without audio and other members that are undefined: what a file cannot hold is not there.
  const repro: Repro = JSON.parse(JSON.stringify({ format: "rtspec-repro", version: reproVersion, id, ...found }))
  writeWhole(file, redactText(reproText(repro)))
  return file
}

async function withFaults(
  player: Player,
  { scenario }: LogReplay,
  count: number,
  seed: string,
  { adapterFile }: SuiteSubject,
): Promise<number> {
  const which = adapterFile === undefined ? "" : ` --adapter ${adapterFile}`
  const { found, calm, played } = await mutate(player, scenario, count, seed)
  const titles = new Map(invariants.map(({ id, title }) => [id, title]))
  const without = calm.violations.map(({ invariant }) => invariant)
  console.log(
    `${played} fault plans from seed ${seed}: ${found.length === 0 ? "none broke anything" : `broke ${found.map(({ invariant, times }) => `${invariant} (${times})`).join(", ")}`}${without.length > 0 ? `; without faults it breaks ${[...new Set(without)].join(", ")}` : ""}`,
  )
  for (const { scenario: least, result, invariant } of found) {
    console.log(`\n${redactText(pageOf(result, titles).join("\n"))}`)
    const file = keepRepro(result, invariant, least, seed)
    console.log(`\n  Again:\n    npx rtspec replay ${file}${which}`)
    console.log(`  Faults: ${JSON.stringify(least.faults)}; ${least.story.length} steps of ${scenario.story.length}`)
  }
  return found.length > 0 ? 1 : 0
}
