// Every kept repro, played: the reference client lives through all of them, the client that one was found in still breaks
// what the file says, and its ledger and notes name it. A client that is not installed is skipped, and the report says so.
import { readFileSync } from "node:fs"
import { fileURLToPath } from "node:url"
import { afterAll, describe, expect, it } from "vitest"
import { type SubjectEntry, subjects } from "../../adapters/index.ts"
import { newestClients } from "../cli/standings.ts"
import { standings } from "../report/standings.ts"
import { openPlayer, type Player } from "../runner/player.ts"
import { readRegressions, regressionsFolder } from "../runner/regressions.ts"
import { matchesGlob } from "../runner/select.ts"
import { reproText } from "../script/repro.ts"
import { replayWith } from "./replay.ts"

const regressions = readRegressions()
const find = (name: string, version: string) => subjects.find((each) => each.name === name && each.version === version)
const reference = { realtime: find("reference", "1"), responses: find("reference-responses", "1") } as const

const players = new Map<SubjectEntry, Player>()
/** One process a client for all of its repros. */
function playerOf(entry: SubjectEntry | undefined): Player {
  if (!entry) throw new Error("there is no such subject")
  const { name, version, protocol, dialect } = entry
  const subject = { name, version, protocol, installed: entry.installed(), ...(dialect ? { dialect } : {}) }
  const player = players.get(entry) ?? openPlayer(subject, { transport: "memory", seed: "1", strict: false })
  players.set(entry, player)
  return player
}
afterAll(() => {
  for (const player of players.values()) player.stop()
})

// By a plain %s, since a $id is cut off.
describe.each(regressions.map((each) => [each.id, each] as const))("%s", (id, repro) => {
  const { subject, subjectVersion, invariant, also } = repro
  const isOfReference = subject.startsWith("reference")

  it("is written as rtspec writes it", () => {
    const data = JSON.parse(readFileSync(`${regressionsFolder}${id}.json`, "utf8"))
    expect(data).toEqual(JSON.parse(reproText({ ...repro, scenario: { ...repro.scenario, id: data.scenario.id } })))
  })

  it("is survived by the reference client", async () => {
    const { is, result } = await replayWith(repro, playerOf(reference[repro.scenario.protocol ?? "realtime"]))
    expect(result.violations).toEqual([])
    expect(is).toBe("FIXED")
  }, 60_000)

  it.skipIf(isOfReference)(
    "still fails where it was found",
    async ({ skip }) => {
      const entry = find(subject, subjectVersion)
      expect(entry, "it was found on a client that adapters/ still drives").toBeDefined()
      if (!entry?.installed()) skip(`${subject}@${subjectVersion} is not installed`)
      const { is, result } = await replayWith(repro, playerOf(entry))
      expect(is).toBe("FAILED")
      const broken = new Set(result.violations.map((each) => each.invariant))
      expect([...broken].sort()).toEqual([invariant, ...(also ?? [])].sort())
    },
    60_000,
  )

  it.skipIf(isOfReference)("is named in the notes on its client", () => {
    const notes = new URL("notes.md", find(subject, subjectVersion)?.ledger)
    expect(readFileSync(fileURLToPath(notes), "utf8").includes(`\`${id}\``)).toBe(true)
  })
})

interface Line {
  readonly scenario: string | string[]
  readonly version?: string | string[]
  readonly invariant?: string | string[]
  readonly reason: string
  readonly repro?: string | string[]
  readonly noRepro?: string
}
const list = (said: string | readonly string[] | undefined) => [said ?? []].flat()
const linesOf = ({ name, version, ledger }: SubjectEntry) =>
  (ledger ? (JSON.parse(readFileSync(fileURLToPath(ledger), "utf8")) as Line[]) : []).map((line) => ({
    ...{ name, version, line },
    title: `${name}: ${line.reason} (${[...list(line.scenario), ...list(line.invariant)].join(", ")})`,
  }))
const byId = new Map(regressions.map((each) => [each.id, each]))
const today = standings.parse(JSON.parse(readFileSync(`${regressionsFolder}../../reports/clients.json`, "utf8")))

/** What the newest release breaks, of what the line says it does. */
function brokenToday(client: string, version: string, { scenario, version: only, invariant }: Line): string[] {
  if (only !== undefined && !list(only).includes(version)) return []
  const cases = today.find((each) => each.client === client && each.version === version)?.cases ?? {}
  const broken = Object.entries(cases).flatMap(([id, found]) =>
    typeof found !== "string" && list(scenario).some((glob) => matchesGlob(glob, id)) ? found : [],
  )
  return [...new Set(broken)].filter((each) => invariant === undefined || list(invariant).includes(each))
}

describe("a ledger's line", () => {
  const concerned = newestClients()
    .flatMap(linesOf)
    .map((each) => ({ ...each, broken: brokenToday(each.name, each.version, each.line) }))
    .filter(({ broken }) => broken.length > 0)

  it.each(concerned)("$title: has its repros, or says why it has none", ({ line, broken }) => {
    if (line.noRepro !== undefined) return expect(list(line.repro)).toEqual([])
    const shown = list(line.repro).flatMap((id) => [byId.get(id)?.invariant, ...(byId.get(id)?.also ?? [])])
    expect(shown.length).toBeGreaterThan(0)
    if (line.invariant !== undefined) expect(broken.filter((each) => !shown.includes(each))).toEqual([])
  })

  const naming = newestClients()
    .flatMap(linesOf)
    .filter(({ line }) => line.repro)
  it.each(naming)("$title: names repros of its client", ({ name, line }) => {
    expect([...new Set(list(line.repro).map((id) => byId.get(id)?.subject))]).toEqual([name])
  })

  it.each(regressions.filter(isOfNewest).map((each) => [each.id, each.subject]))("names %s", (id, subject) => {
    const named = naming.filter(({ name }) => name === subject).flatMap(({ line }) => list(line.repro))
    expect(named).toContain(id)
  })
})

function isOfNewest({ subject, subjectVersion }: { subject: string; subjectVersion: string }): boolean {
  return newestClients().some(({ name, version }) => name === subject && version === subjectVersion)
}
