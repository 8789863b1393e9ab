// Shards put together are the run that they are shards of; what are not the shards of one run is refused, with a sentence.
import { describe, expect, it } from "vitest"
import { UsageFault } from "../runner/faults.ts"
import type { Judged } from "../runner/ledger.ts"
import { mergeShards } from "./merge.ts"
import type { ReportOnDisk } from "./read-results.ts"
import { about, oneOfEach, resultsOf } from "./report-for-tests.ts"
import type { ResultsFile } from "./results.ts"

const all = oneOfEach

/** A shard that holds these cases of the run. */
function shard(
  index: number,
  of: number,
  positions: readonly number[],
  run: Partial<ResultsFile["run"]> = {},
): ReportOnDisk {
  const judged = positions.flatMap((at): Judged[] => all.slice(at, at + 1))
  const own = { index, of, casesInAll: all.length, positions: [...positions] }
  const results = resultsOf(judged, { run: { ...about, shard: own, ...run } })
  return { file: `s${index}/results.json`, folder: `s${index}`, results }
}
const whole = (): ReportOnDisk => ({ file: "whole/results.json", folder: "whole", results: resultsOf(all) })

describe("shards", () => {
  it.each([
    [[shard(1, 2, [0, 2, 4]), shard(2, 2, [1, 3, 5])]],
    [[shard(2, 2, [1, 3, 5]), shard(1, 2, [0, 2, 4])]],
    [[shard(1, 3, [5]), shard(2, 3, []), shard(3, 3, [0, 1, 2, 3, 4])]],
  ])("are the one run again, in any order: %#", (shards) => {
    expect(mergeShards(shards)).toEqual(resultsOf(all))
  })

  it("may be one whole run", () => {
    expect(mergeShards([whole()])).toEqual(resultsOf(all))
  })

  const parts = [shard(1, 3, [0, 1]), shard(2, 3, [2, 3]), shard(3, 3, [4, 5])] as const

  it.each<[string, readonly ReportOnDisk[], string]>([
    ["missing", [parts[0], parts[2]], "shard 2/3 missing; name the folders of all 3."],
    ["missing but one", [parts[1]], "shards 1/3, 3/3 missing; name the folders of all 3."],
    ["repeated", [...parts, parts[1]], "s2/results.json and s2/results.json are both shard 2/3; name each shard once."],
    ["beside a whole run", [parts[0], whole()], "whole/results.json is no shard but a whole run"],
    ["whole runs", [whole(), whole()], "whole/results.json is no shard but a whole run"],
    ["of two divisions", [parts[0], shard(2, 2, [1])], "s2/results.json is shard 2/2, others are of 3"],
    [
      "of two seeds",
      [parts[0], shard(2, 3, [2, 3], { seed: "8" }), parts[2]],
      "s1/results.json and s2/results.json are not of one run: seed is 7 in the one and 8 in the other.",
    ],
    ["with a case twice", [parts[0], shard(2, 3, [1, 2, 3]), parts[2]], "the case fake@1 turn/two is in two shards"],
    ["with a case too few", [parts[0], shard(2, 3, [2]), parts[2]], "the shards hold 5 cases, the run has 6"],
    ["none", [], "there is no report to put together"],
  ])("that are %s are refused", (_, shards, sentence) => {
    expect(() => mergeShards(shards)).toThrow(UsageFault)
    expect(() => mergeShards(shards)).toThrow(sentence)
  })
})
