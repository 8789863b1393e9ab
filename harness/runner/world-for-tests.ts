// A world in the test's own process, for tests of cases: virtual time, memory, every invariant. One for each test file.
import { afterAll } from "vitest"
import { adapter as reference } from "../../adapters/reference/adapter.ts"
import type { Adapter } from "../adapter.ts"
import { invariants } from "../checks/all.ts"
import { type Scenario, scenario } from "../script/scenario.ts"
import { installChance } from "../sim/chance.ts"
import { installClock } from "../sim/clock.ts"
import { openMemoryTransport } from "../transports/memory.ts"
import { type CaseOptions, type CaseWorld, runCase } from "./case.ts"

type Play = (played: Scenario, more?: Partial<CaseOptions>, adapter?: Adapter) => ReturnType<typeof runCase>

/** Takes over time, chance and network until the file's tests have ended; gives the way to play a case. */
export function playForTests(): Play {
  const clock = installClock()
  const chance = installChance()
  const transport = openMemoryTransport()
  afterAll(() => {
    transport.close()
    chance.uninstall()
    clock.uninstall()
  })
  const world: Omit<CaseWorld, "adapter"> = { clock, chance, transport, invariants }
  return (played, more = {}, adapter = reference) =>
    runCase({ ...world, adapter }, { scenario: played, seed: "1", strict: true, keepTrace: true, ...more })
}

/** A scenario of that story, judged by what always fires. */
export const storyOf = (story: Parameters<typeof scenario>[0]["story"], more: Partial<Scenario> = {}): Scenario =>
  scenario({
    ...{ id: "turn/of-a-test", title: "What the client owes here", cites: ["response.created"], grade: "documented" },
    ...{ source: "a test", needs: [], judgedBy: ["no-crash"], ...more, story },
  })
