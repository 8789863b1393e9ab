// From end to end, as a user goes: real clients are recorded over real sockets, and the log is checked, replayed and mutated.
import { execFile } from "node:child_process"
import { mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import { promisify } from "node:util"
import { afterAll, describe, expect, it } from "vitest"
import { subjects } from "../../adapters/index.ts"
import { chunksOf } from "../cli/check.ts"
import { openPlayer } from "../runner/player.ts"
import { checkLog, violationsOf } from "../wirelog/check.ts"
import { readLog, readLogInBatches } from "../wirelog/read.ts"
import { mutate } from "./mutate.ts"
import { replayLog } from "./play.ts"
import { wholeLog } from "./sessions.ts"

const folder = mkdtempSync(join(tmpdir(), "rtspec-record-"))
afterAll(() => rmSync(folder, { recursive: true }))

const subjectOf = (name: string) => {
  const subject = subjects.find((each) => `${each.name}@${each.version}` === name)
  if (!subject) throw new Error(`there is no subject ${name}`)
  return subject
}

const recorder = fileURLToPath(new URL("./record-one-for-tests.ts", import.meta.url))

/** In a process of its own, as each client has one. */
async function recorded(name: string, id: string) {
  const file = join(folder, `${name} ${id.replace("/", "-")}.ndjson`)
  await promisify(execFile)(process.execPath, ["--import", "tsx", recorder, name, id, file])
  return file
}

const read = async (file: string) => readLog(await chunksOf(file))

/** The log of a client, played against another (or the same). */
async function replayed(file: string, name: string, mutations = 0) {
  const log = await wholeLog(await read(file))
  const { version, protocol, installed, dialect = "openai", ...subject } = subjectOf(name)
  const about = { name: subject.name, version, protocol, installed: installed() }
  const player = openPlayer(about, { transport: "memory", seed: "1", strict: false, dialect, keepTraces: true })
  try {
    const replay = await replayLog(log, player, { id: "wire-log/of-a-test", protocol, dialect })
    if (typeof replay === "string") throw new Error(replay)
    return { replay, mutations: mutations === 0 ? undefined : await mutate(player, replay.scenario, mutations, "1") }
  } finally {
    player.stop()
  }
}

/** The newest of each real client that we have, in a session that any can play. */
const newest = [...new Map(subjects.map((subject) => [subject.name, subject])).values()].filter(
  ({ name }) => !name.startsWith("mutant/"),
)
const ownTurn = { realtime: "turn/text-turn", responses: "responses-ws/text-turn" } as const

const plans = 30

describe("a real client, recorded", () => {
  const sessions = [
    ...newest.map(({ name, version, protocol }) => [`${name}@${version}`, ownTurn[protocol]] as const),
    ["openai-agents@0.20.0", "tools/one-call"] as const,
    ["openai-agents@0.20.0", "cancel/barge-in-meets-the-cancel"] as const,
    ["reference@1", "connection/reconnects-after-a-drop"] as const,
    ["reference@1", "interleave/out-of-band-beside-a-reply"] as const,
    ["reference-responses@1", "responses-ws/lanes-interleave"] as const,
  ]
  for (const [name, id] of sessions) {
    const isHere = subjectOf(name).installed()
    const title = `${name} in ${id}: checked, and the same when it is replayed`
    it.skipIf(!isHere)(`${title}${isHere ? "" : " (not installed)"}`, { timeout: 120_000 }, async () => {
      const file = await recorded(name, id)
      const report = await checkLog(readLogInBatches(await chunksOf(file)))
      expect(violationsOf(report)).toEqual([])
      expect(report.problems).toEqual([])
      expect(report.events.client).toBeGreaterThan(0)
      expect(report.header.client?.name).toBe(name.split("@")[0])
      const { replay } = await replayed(file, name)
      expect(replay.divergence).toBeUndefined()
      expect(replay.is).toBe("same")
    })
  }

  it("is checked, and broken on purpose, with faults from a seed, the same every time", {
    timeout: 60_000,
  }, async () => {
    const file = await recorded("openai-agents@0.20.0", "turn/three-turns")
    expect(violationsOf(await checkLog(readLogInBatches(await chunksOf(file))))).toEqual([])
    const [one, other] = [
      await replayed(file, "openai-agents@0.20.0", plans),
      await replayed(file, "openai-agents@0.20.0", plans),
    ]
    const told = ({ mutations }: typeof one) =>
      (mutations?.found ?? []).map(({ invariant, times, scenario }) => ({ invariant, times, faults: scenario.faults }))
    expect(one.replay.is).toBe("same")
    expect(one.mutations?.played).toBe(plans)
    expect(told(one).length).toBeGreaterThan(0)
    expect(told(one).every(({ faults }) => (faults?.length ?? 0) > 0)).toBe(true)
    expect(told(other)).toEqual(told(one))
  })

  it("diverges where an older release does otherwise", { timeout: 60_000 }, async () => {
    const file = await recorded("openai-agents@0.20.0", "turn/text-during-a-reply")
    const { replay } = await replayed(file, "openai-agents@0.8.0")
    expect(replay.is).toBe("diverged")
    expect(replay.divergence?.recorded?.type).toBe("response.create")
    expect(replay.divergence?.played?.type).toBe("response.create")
    expect(replay.divergence?.where).toMatch(/while a response was active/)
  })
})
