// From end to end, as a user goes: real clients are recorded over real sockets, and the log is checked, replayed and mutated.
import { mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { afterAll, describe, expect, it } from "vitest"
import { subjects } from "../../adapters/index.ts"
import { scenarios } from "../../scenarios/index.ts"
import type { Adapter } from "../adapter.ts"
import { chunksOf } from "../cli/check.ts"
import { openPlayer } from "../runner/player.ts"
import type { Scenario } from "../script/scenario.ts"
import { installChance } from "../sim/chance.ts"
import { installClock } from "../sim/clock.ts"
import { checkLog, violationsOf } from "../wirelog/check.ts"
import { readLog, readLogInBatches } from "../wirelog/read.ts"
import { mutate } from "./mutate.ts"
import { replayLog } from "./play.ts"
import { recordCase } from "./record-for-tests.ts"
import { wholeLog } from "./sessions.ts"

const folder = mkdtempSync(join(tmpdir(), "rtspec-record-"))
const clock = installClock()
const chance = installChance()
afterAll(() => {
  chance.uninstall()
  clock.uninstall()
  rmSync(folder, { recursive: true })
})

const subjectOf = (name: string) => {
  const subject = subjects.find((each) => `${each.name}@${each.version}` === name)
  if (!subject) throw new Error(`there is no subject ${name}`)
  return subject
}

const scenarioOf = (id: string): Scenario => {
  const found = scenarios.find((each) => each.id === id)
  if (!found) throw new Error(`there is no scenario ${id}`)
  return found
}

async function recorded(name: string, id: string) {
  const file = join(folder, `${name} ${id.replace("/", "-")}.ndjson`)
  const adapter: Adapter = await subjectOf(name).load()
  await recordCase({ clock, chance }, adapter, scenarioOf(id), file)
  return file
}

const read = async (file: string) => readLog(await chunksOf(file))

/** The log of a client, played against another (or the same). */
async function replayed(file: string, name: string, mutations = 0) {
  const log = await wholeLog(await read(file))
  const { version, protocol, installed, ...subject } = subjectOf(name)
  const about = { name: subject.name, version, protocol, installed: installed() }
  const player = openPlayer(about, { transport: "memory", seed: "1", strict: false, keepTraces: true })
  try {
    const replay = await replayLog(log, player, { id: "wire-log/of-a-test", protocol, dialect: "openai" })
    if (typeof replay === "string") throw new Error(replay)
    return { replay, mutations: await mutate(player, replay.scenario, mutations, "1") }
  } finally {
    player.stop()
  }
}

const plans = 30

describe("a real client, recorded", () => {
  it.each([
    ["openai-agents@0.20.0", "tools/one-call"],
    ["openai-agents@0.20.0", "cancel/barge-in-meets-the-cancel"],
    ["reference@1", "connection/reconnects-after-a-drop"],
    ["reference@1", "interleave/out-of-band-beside-a-reply"],
    ["reference-responses@1", "responses-ws/lanes-interleave"],
  ])("%s in %s: checked, and the same when it is replayed", { timeout: 60_000 }, async (name, id) => {
    const file = await recorded(name, id)
    const report = await checkLog(readLogInBatches(await chunksOf(file)))
    expect(violationsOf(report)).toEqual([])
    expect(report.events.client).toBeGreaterThan(1)
    expect(report.header.client?.name).toBe(name.split("@")[0])
    const { replay } = await replayed(file, name)
    expect(replay.divergence).toBeUndefined()
    expect(replay.is).toBe("same")
  })

  it("is broken on purpose, with faults from a seed, the same every time", { timeout: 60_000 }, async () => {
    const file = await recorded("openai-agents@0.20.0", "turn/three-turns")
    const [one, other] = [
      await replayed(file, "openai-agents@0.20.0", plans),
      await replayed(file, "openai-agents@0.20.0", plans),
    ]
    const told = ({ mutations }: typeof one) =>
      mutations.found.map(({ invariant, times, scenario }) => ({ invariant, times, faults: scenario.faults }))
    expect(one.replay.is).toBe("same")
    expect(one.mutations.played).toBe(plans)
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
