// The project's own recordings: each keeps the protocol, and its client does the same today.
import { readdirSync } from "node:fs"
import { join, resolve } from "node:path"
import { afterAll, describe, expect, it } from "vitest"
import { subjects } from "../../adapters/index.ts"
import { chunksOf } from "../cli/check.ts"
import { openPlayer, type Player } from "../runner/player.ts"
import { checkLog, violationsOf } from "../wirelog/check.ts"
import { protocolOf } from "../wirelog/known-differences.ts"
import { readLog, readLogInBatches } from "../wirelog/read.ts"
import { replayLog } from "./play.ts"
import { wholeLog } from "./sessions.ts"

const folder = resolve(import.meta.dirname, "../../fixtures/wire-logs")
const logs = readdirSync(folder).filter((name) => name.endsWith(".ndjson"))

const players = new Map<string, Player>()
afterAll(() => {
  for (const player of players.values()) player.stop()
})

function playerOf(name: string): Player {
  const subject = subjects.findLast((each) => each.name === name && each.installed())
  if (!subject) throw new Error(`there is no subject ${name}`)
  const { version, protocol } = subject
  const options = { transport: "memory", seed: "1", strict: false, keepTraces: true } as const
  const player = players.get(name) ?? openPlayer({ name, version, protocol, installed: true }, options)
  players.set(name, player)
  return player
}

describe("recordings", () => {
  it("are there for every room that is played over a wire", () => {
    const rooms = [
      "session",
      "turn",
      "cancel",
      "timeout",
      "error",
      "interleave",
      "connection",
      "tools",
      "audio",
      "responses-ws",
    ]
    expect(rooms.filter((room) => !logs.some((name) => name.startsWith(room)))).toEqual([])
  })

  it.each(logs)("%s keeps the protocol, and replays the same", { timeout: 60_000 }, async (name) => {
    const file = join(folder, name)
    const report = await checkLog(readLogInBatches(await chunksOf(file)))
    expect(violationsOf(report)).toEqual([])
    expect(report.problemsInAll).toBe(0)
    const log = await wholeLog(readLog(await chunksOf(file)))
    const protocol = protocolOf(log.header, log.entries)
    const client = log.header.client?.name ?? ""
    const replay = await replayLog(log, playerOf(client), { id: "wire-log/fixture", protocol, dialect: "openai" })
    expect(replay).toMatchObject({ is: "same", divergence: undefined })
  })

  it("hold no key and no audio", async () => {
    for (const name of logs)
      for await (const chunk of await chunksOf(join(folder, name))) {
        expect(String(chunk)).not.toMatch(/sk-|Bearer /)
        expect(String(chunk)).not.toMatch(/[A-Za-z0-9+/]{200}/)
      }
  })
})
