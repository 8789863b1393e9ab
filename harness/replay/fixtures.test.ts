// The project's own recordings: each keeps the protocol, and its client does the same today.
import { readdirSync, readFileSync } from "node:fs"
import { join, resolve } from "node:path"
import { afterAll, describe, expect, it } from "vitest"
import { type SubjectEntry, subjects } from "../../adapters/index.ts"
import { chunksOf } from "../cli/check.ts"
import { openPlayer, type Player } from "../runner/player.ts"
import { checkLog, violationsOf } from "../wirelog/check.ts"
import { dialectOf, protocolOf } from "../wirelog/known-differences.ts"
import { logHeader } from "../wirelog/log.ts"
import { readLog, readLogInBatches } from "../wirelog/read.ts"
import { replayLog } from "./play.ts"
import { wholeLog } from "./sessions.ts"

const folder = resolve(import.meta.dirname, "../../fixtures/wire-logs")
const logs = readdirSync(folder).filter((name) => name.endsWith(".ndjson"))

const clientOf = (name: string) => {
  const [header = ""] = readFileSync(join(folder, name), "utf8").split("\n", 1)
  const { client } = logHeader.parse(JSON.parse(header))
  return `${client?.name}@${client?.version}`
}
const subjectOf = (name: string) => subjects.find((each) => `${each.name}@${each.version}` === clientOf(name))

const players = new Map<string, Player>()
afterAll(() => {
  for (const player of players.values()) player.stop()
})

function playerOf({ name, version, protocol, dialect = "openai" }: SubjectEntry): Player {
  const options = { transport: "memory", seed: "1", strict: false, dialect, keepTraces: true } as const
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

  it.each(logs)("%s keeps the protocol", async (name) => {
    const report = await checkLog(readLogInBatches(await chunksOf(join(folder, name))))
    expect(violationsOf(report)).toEqual([])
    expect(report.problemsInAll).toBe(0)
  })

  for (const name of logs) {
    const subject = subjectOf(name)
    const isHere = subject?.installed() === true
    const where = isHere ? "" : ` (${clientOf(name)} is not installed)`
    it.skipIf(!isHere)(`${name}: its client does the same today${where}`, { timeout: 120_000 }, async () => {
      if (!subject) return
      const { protocol, dialect = "openai" } = subject
      const log = await wholeLog(readLog(await chunksOf(join(folder, name))))
      expect(protocolOf(log.header, log.entries)).toBe(protocol)
      expect(dialectOf(log.header, log.entries)).toBe(dialect)
      const replay = await replayLog(log, playerOf(subject), { id: "wire-log/fixture", protocol, dialect })
      expect(replay).toMatchObject({ is: "same", divergence: undefined })
    })
  }

  it.each(["turn-text-turn.openai-node-realtime", "turn-text-turn.langwatch-voice", "tools-one-call.openai-agents"])(
    "%s can be lived through by another client, whose own names it is answered under",
    { timeout: 60_000 },
    async (name) => {
      const reference = subjects.find((each) => each.name === "reference")
      if (!reference) throw new Error("there is no reference client")
      const log = await wholeLog(readLog(await chunksOf(join(folder, `${name}.ndjson`))))
      const about = { id: "wire-log/fixture", protocol: "realtime", dialect: "openai" } as const
      const replay = await replayLog(log, playerOf(reference), about)
      expect(replay).toMatchObject({ is: "same", divergence: undefined, pending: [] })
    },
  )

  it("are of clients that rtspec knows", () => {
    expect(logs.filter((name) => subjectOf(name) === undefined)).toEqual([])
  })

  it("hold no key and no audio", async () => {
    for (const name of logs)
      for await (const chunk of await chunksOf(join(folder, name))) {
        expect(String(chunk)).not.toMatch(/sk-|Bearer /)
        expect(String(chunk)).not.toMatch(/[A-Za-z0-9+/]{200}/)
      }
  })
})
