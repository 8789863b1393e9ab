// What a fuzzing run came to in numbers, for a report to show: .rtspec/fuzz.json.
import { mkdirSync } from "node:fs"
import { dirname, join } from "node:path"
import { invariants } from "../checks/all.ts"
import type { Progress } from "../fuzz/campaign.ts"
import { writeWhole } from "../report/folder.ts"
import { type FuzzFile, fuzzFile } from "../report/fuzz.ts"
import type { Found } from "./fuzz-conclude.ts"

export const statisticsFile = join(".rtspec", "fuzz.json")

export interface Statistics {
  /** `of`: whose progress it is; a later one of the same name takes its place. */
  note(of: string, progress: Progress): void
  of(found: readonly Found[]): FuzzFile
}

export function createStatistics(now: () => number = Date.now): Statistics {
  const began = now()
  const casesOf = new Map<string, number>()
  const transitions = new Set<string>()
  const goals = new Set<string>()
  const overTime: FuzzFile["transitionsOverTime"] = []
  const cases = () => [...casesOf.values()].reduce((sum, each) => sum + each, 0)
  return {
    note(of, progress) {
      casesOf.set(of, progress.cases)
      for (const each of progress.transitions) transitions.add(each)
      for (const each of progress.goals) goals.add(each)
      if (overTime.at(-1)?.transitions !== transitions.size)
        overTime.push({ cases: cases(), transitions: transitions.size })
    },
    of(found) {
      const seconds = Math.max(1, now() - began) / 1000
      const end = { cases: cases(), transitions: transitions.size }
      return {
        cases: end.cases,
        ratePerSecond: Math.round((end.cases / seconds) * 10) / 10,
        transitionsOverTime: overTime.at(-1)?.cases === end.cases ? overTime : [...overTime, end],
        goals: [...goals].sort(),
        buckets: found.filter(({ target }) => !target.isCanary).flatMap(bucketsOf),
      }
    },
  }
}

function bucketsOf({ fuzzed, failures }: Found): FuzzFile["buckets"] {
  const counts = typeof fuzzed === "string" ? undefined : fuzzed.counts
  return failures.map(({ id, invariant }) => ({
    ...{ id, invariant, cases: counts?.get(id) ?? 1 },
    title: invariants.find((each) => each.id === invariant)?.title ?? invariant,
  }))
}

/** Whole or not at all. */
export function writeStatistics(statistics: FuzzFile, file = statisticsFile): void {
  mkdirSync(dirname(file), { recursive: true })
  writeWhole(file, `${JSON.stringify(fuzzFile.parse(statistics), null, 1)}\n`)
}
