// A run that begins with a corpus: those tales come first, what they show is what the next are made from, and the same seed
// with the same corpus is the same run.
import { createHash } from "node:crypto"
import { expect, it } from "vitest"
import type { Outcome } from "../runner/outcome.ts"
import type { Scenario } from "../script/scenario.ts"
import { runCampaign } from "./campaign.ts"
import type { Examiner } from "./examine.ts"
import type { Pool } from "./pool.ts"
import { type Tale, tellTale } from "./tale.ts"
import { type Ground, tellByChance } from "./walk.ts"

const ground: Ground = { protocol: "realtime", can: ["text-turn", "cancel"], oracle: "all" }
const examiner: Examiner = { examine: async () => {}, counts: new Map(), passedOver: 0, isDone: false }

/** Shows as much as there are kinds of steps in it. */
const outcomeOf = ({ story }: Scenario): Outcome => ({
  ...{ verdict: "pass", because: "", violations: [], transitions: [], goals: [] },
  features: story.map((step) => createHash("sha256").update(JSON.stringify(step)).digest().readUInt32LE()),
})

async function run(begins: readonly Tale[], seed = "1") {
  const played: Scenario[] = []
  const pool: Pool = {
    about: async () => "nobody asks",
    play: () => Promise.reject(new Error("nothing fails")),
    playBatch: async (cases) => {
      played.push(...cases)
      return cases.map(outcomeOf)
    },
    stop() {},
  }
  const how = { ground, seed, pool, examiner, steers: true, cases: 300, begins }
  const { tales } = await runCampaign({ ...how, isOver: () => false, onProgress: () => {} })
  return { stories: played.map(({ story, faults }) => ({ story, faults })), tales }
}

it("plays the corpus first, and is the same each time", async () => {
  const begins = [1, 2, 3].map((seed) => tellByChance(`kept ${seed}`, ground))
  const [once, again, without] = [await run(begins), await run(begins), await run([])]
  expect(once.stories.slice(0, 3)).toEqual(
    begins.map((tale) => tellTale(tale, "x")).map(({ story, faults }) => ({ story, faults })),
  )
  expect(again).toEqual(once)
  expect(without.stories[0]).not.toEqual(once.stories[0])
  expect(once.tales.length).toBeGreaterThan(0)
})
