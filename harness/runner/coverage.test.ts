// With coverage an outcome also tells which code of the subject ran for the first time: block by block, and each once. In a process
// of its own, since what V8 counts is one thing for the whole process, and the test runner counts as well.
import { afterAll, expect, it } from "vitest"
import { scenarios } from "../../scenarios/index.ts"
import { openPlayer } from "./player.ts"

const subject = { name: "reference", version: "1", protocol: "realtime", installed: true } as const
const options = { transport: "memory", seed: "1", strict: false } as const
const players = [openPlayer(subject, { ...options, coverage: true }), openPlayer(subject, options)]
afterAll(() => {
  for (const player of players) player.stop()
})

const story = (id: string) => scenarios.filter((each) => each.id === id)

/** How many things each of the two players learns from a case. */
const learnt = (id: string) =>
  Promise.all(players.map(async (player) => (await player.playBatch(story(id)))?.[0]?.features.length ?? Number.NaN))

it("tells what a case is the first to run, beside what its trace shows, and nothing of it twice", async () => {
  for (const id of ["turn/text-turn", "cancel/before-created"]) {
    const [withCode = 0, withTrace = 0] = await learnt(id)
    expect(withTrace).toBeGreaterThan(0)
    expect(withCode).toBeGreaterThan(withTrace)
    expect(await learnt(id)).toEqual([0, 0])
  }
})
