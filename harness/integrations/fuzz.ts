// Generated stories as tests: they are played once, and each invariant has a test of its own, which fails with the page of the
// least story that breaks it. The failures are kept as `rtspec fuzz` keeps them, so that `rtspec replay` plays them.
import { invariants } from "../checks/all.ts"
import type { Failure, Flaky } from "../fuzz/examine.ts"
import { type Fuzzed, fuzzSubject } from "../fuzz/fuzz.ts"
import { keepFailure } from "../fuzz/keep.ts"
import { reproOf } from "../fuzz/repro.ts"
import type { Oracle } from "../fuzz/swarm.ts"
import { fuzzPage } from "../report/fuzz-page.ts"
import { traceText } from "../report/trace-file.ts"
import { UsageFault } from "../runner/faults.ts"
import { nearest } from "../runner/select.ts"
import type { SuiteSubject } from "../runner/suite.ts"

export interface FuzzWish {
  /** Generated stories, from 1. */
  readonly cases: number
  /** What they are drawn from: the same seed, the same stories. Default: that of the scenarios. */
  readonly seed?: string
  /** lawful: nothing that a correct server and network would not do. Default: all. */
  readonly faults?: Oracle
  /** Invariants that the client is known to break, each with the reason. A line that is no longer true fails. */
  readonly expected?: Readonly<Record<string, string>>
}

/** What a test says: that it is skipped, or by throwing, that it failed. */
type Skip = (because: string) => void

export interface FuzzTest {
  readonly name: string
  readonly withinMs: number
  run(skip: Skip): Promise<void>
}

interface Found {
  readonly fuzzed: Fuzzed
  readonly failures: readonly Failure[]
  readonly flaky: readonly Flaky[]
}

const titles = new Map(invariants.map(({ id, title }) => [id, title]))

/** The tests: one that the stories can be played, and one an invariant. Whichever is run first plays them. `fail` makes the
 * error of a page. Throws UsageFault for a wish that cannot be. */
export function fuzzTests(subject: SuiteSubject, wish: Required<FuzzWish>, fail: (page: string) => Error): FuzzTest[] {
  demandSense(wish)
  const { cases, seed, expected } = wish
  let played: Promise<Found> | undefined
  const play = () => {
    played ??= campaign(subject, wish)
    return played
  }
  const page = (failure: Failure) => fuzzPage(failure, seed, { width: 110, titles }).join("\n")
  const pageOfAll = (failures: readonly Failure[]) => {
    const [least, ...others] = [...failures].sort((one, other) => one.tale.beats.length - other.tale.beats.length)
    const more = others.map(({ id, foundAt }) => `    npx rtspec replay ${id}   (case ${foundAt})`)
    return [least ? page(least) : "", ...(more.length > 0 ? ["", "  Other stories that break it:", ...more] : [])].join(
      "\n",
    )
  }
  const own = invariants.filter(({ protocols }) => protocols.includes(subject.protocol))
  const withinMs = 120_000 + 100 * cases
  const plays: FuzzTest = {
    name: `plays ${cases} generated stories, seed ${seed}`,
    withinMs,
    async run() {
      const { failures } = await play()
      const broken = failures.find(({ invariant }) => invariant.startsWith("broken"))
      if (broken) throw fail(page(broken))
    },
  }
  const holds = own.map(({ id, title }): FuzzTest => {
    return { name: `${id}: ${title}`, withinMs, run: async (skip) => hold(id, await play(), expected[id], skip) }
  })
  const hold = (id: string, { failures, flaky }: Found, reason: string | undefined, skip: Skip) => {
    const broken = failures.filter(({ invariant }) => invariant === id)
    const once = flaky.find(({ invariant }) => invariant === id)
    if (reason !== undefined && broken.length === 0)
      throw fail(`no generated story breaks ${id}: remove it from \`expected\` (“${reason}”)`)
    if (reason !== undefined) return skip(`fail: ${reason}`)
    if (broken.length > 0) throw fail(pageOfAll(broken))
    if (once) skip(`inconclusive: case ${once.foundAt} broke it, and not when it was played again`)
  }
  return [plays, ...holds]
}

function demandSense({ cases, expected }: FuzzWish): void {
  if (!Number.isInteger(cases) || cases < 1)
    throw new UsageFault(`conformance(): \`fuzz\` takes a whole number of cases from 1, not ${cases}.`)
  const ids = invariants.map(({ id }) => id)
  const stranger = Object.keys(expected ?? {}).find((id) => !ids.includes(id))
  if (stranger !== undefined)
    throw new UsageFault(
      `conformance(): \`fuzz.expected\` names the invariant "${stranger}", which does not exist; the nearest are ${nearest(stranger, ids).join(", ")}.`,
    )
}

async function campaign(subject: SuiteSubject, { cases, seed, faults }: Required<FuzzWish>): Promise<Found> {
  const failures: Failure[] = []
  const flaky: Flaky[] = []
  const fuzzed = await fuzzSubject({
    ...{ subject, cases, seed, oracle: faults, jobs: 1 },
    isOver: () => false,
    onFailure(found) {
      const { adapterFile } = subject
      const failure = adapterFile === undefined ? found : { ...found, result: { ...found.result, adapterFile } }
      failures.push(failure)
      keep(failure, seed)
    },
    onFlaky: (each) => void flaky.push(each),
    onProgress() {},
  })
  if (typeof fuzzed === "string") throw new UsageFault(`${subject.name} ${subject.version} cannot be fuzzed: ${fuzzed}`)
  return { fuzzed, failures, flaky }
}

function keep(failure: Failure, seed: string): void {
  const { trace } = failure.result
  const page = fuzzPage(failure, seed, { width: 100, titles }).join("\n")
  keepFailure({ repro: reproOf(failure, seed), trace: trace ? traceText(trace) : "", page: `${page}\n` })
}
