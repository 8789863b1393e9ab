// How soon fuzzing finds the bug of each pair in its bad release, without the scenario that was written for it: a failure by the
// pair's invariant whose least story the good release passes. `npm run bench -- fuzz-pairs`; options: --cases N (at most, for each
// pair), --seed S, --subject GLOB, --jobs N.
import { parseArgs } from "node:util"
import { subjects } from "../../adapters/index.ts"
import { type Pair, pairs } from "../../adapters/pairs.ts"
import { type Failure, failsBy } from "../fuzz/examine.ts"
import { caseSeed, fuzzSubject } from "../fuzz/fuzz.ts"
import { openPool, type Pool } from "../fuzz/pool.ts"
import { tellTale } from "../fuzz/tale.ts"
import { tellStep } from "../fuzz/words.ts"
import type { SuiteSubject } from "../runner/player.ts"
import { matchesGlob } from "../runner/select.ts"

interface Options {
  readonly cases: number
  readonly seed: string
  readonly jobs: number
}

/** Prints a line for each pair, and the least story that tells the two releases apart. */
export async function benchFuzzPairs(args: readonly string[]): Promise<void> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      cases: { type: "string", default: "5000" },
      seed: { type: "string", default: "1" },
      subject: { type: "string", default: "*" },
      jobs: { type: "string", default: "1" },
    },
  })
  const { seed, subject } = values
  const options = { seed, cases: Number(values.cases), jobs: Number(values.jobs) }
  const asked = pairs.filter((pair) => pair.good.length > 0 && matchesGlob(subject, pair.subject))
  // Several scenarios may show one bug.
  const bugs = new Map(asked.map((pair) => [nameOf(pair), pair]))
  for (const pair of bugs.values()) console.log(await told(pair, options))
}

const nameOf = ({ subject, bad, good, invariant }: Pair) => `${subject} ${bad.at(-1)} → ${good[0]}, ${invariant}`

async function told(pair: Pair, options: Options): Promise<string> {
  const [bad, good] = [entryOf(pair, pair.bad.at(-1)), entryOf(pair, pair.good[0])]
  const name = nameOf(pair)
  if (!bad?.installed() || !good?.installed()) return `${name}: not installed`
  if (pair.invariant === "story") return `${name}: no invariant, the scenario's own steps alone show it`
  const mended = openPool(suiteSubject(good), 1, { transport: "memory", seed: caseSeed, strict: false })
  try {
    const found = await search(pair, bad, mended, options)
    if (typeof found !== "object") return `${name}: ${found}`
    const story = found.tale.beats.map(({ step }) => tellStep(step))
    const faults = found.tale.faults.map(({ fault, at }) => `${fault} at ${at.type} number ${at.nth}`)
    return [`${name}: case ${found.foundAt}`, ...faults, ...story].join("\n    ")
  } finally {
    mended.stop()
  }
}

const entryOf = ({ subject }: Pair, version: string | undefined) =>
  subjects.find((each) => each.name === subject && each.version === version)

type Entry = (typeof subjects)[number]

const suiteSubject = ({ name, version, protocol, dialect, installed, program }: Entry): SuiteSubject => ({
  ...{ name, version, protocol, installed: installed(), isProgram: program !== undefined },
  ...(dialect === undefined ? {} : { dialect }),
})

/** The first failure that the good release does not show; a sentence where there is none. */
async function search(pair: Pair, bad: Entry, mended: Pool, options: Options): Promise<Failure | string> {
  let found: Failure | undefined
  let asked: Promise<void> = Promise.resolve()
  const isMended = async (failure: Failure) => {
    const result = await mended.play(tellTale(failure.tale, "fuzz/pair"))
    if (!failsBy(result, pair.invariant) && (!found || failure.foundAt < found.foundAt)) found = failure
  }
  const fuzzed = await fuzzSubject({
    ...{ subject: suiteSubject(bad), oracle: "all", ...options },
    isOver: () => found !== undefined,
    onFailure(failure) {
      if (failure.invariant === pair.invariant) asked = asked.then(() => isMended(failure))
    },
    onFlaky: () => {},
    onProgress: () => {},
  })
  await asked
  return found ?? (typeof fuzzed === "string" ? fuzzed : `not found in ${fuzzed.progress.cases} cases`)
}
