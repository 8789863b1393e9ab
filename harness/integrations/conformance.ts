// Scenarios as tests of whatever test runner there is: one test a scenario, its failure page as the error. The client runs
// in a process of its own, where time and network are rtspec's, so the test runner's own clock is left alone.
import { relative } from "node:path"
import { fileURLToPath } from "node:url"
import { scenarios } from "../../scenarios/index.ts"
import { invariants } from "../checks/all.ts"
import { failurePage } from "../report/failure.ts"
import { whatToRemove } from "../report/stale.ts"
import { UsageFault } from "../runner/faults.ts"
import { type Judged, judgeByLedger, type Ledger, readLedger } from "../runner/ledger.ts"
import { openPlayer, type Player, type SuiteSubject } from "../runner/player.ts"
import { select } from "../runner/select.ts"
import { describeAdapter } from "../runner/subject-process.ts"
import { isOfProtocol } from "../runner/suite.ts"
import type { Scenario } from "../script/scenario.ts"
import { type FuzzWish, fuzzTests } from "./fuzz.ts"

export type { FuzzWish } from "./fuzz.ts"

export interface ConformanceOptions {
  /** Globs of scenario ids; default: all of the adapter's protocol. */
  readonly scenarios?: string | readonly string[]
  /** Expected failures, each with its reason; see the ledger in rtspec's README. */
  readonly ledger?: string | URL
  /** Let SHOULD steps and merely plausible server behaviour fail a test; default false. */
  readonly strict?: boolean
  /** Of all chance; default "1". */
  readonly seed?: string
  readonly transport?: "memory" | "loopback"
  /** Generated stories beside the told ones, in memory: so many, or as the wish says. Default: none. */
  readonly fuzz?: number | FuzzWish
}

/** What rtspec needs of a test runner. A test's `skip` tells why it says nothing. */
export interface TestRunner {
  describe(name: string, body: () => void | Promise<void>): unknown
  it(name: string, body: (skip: (because: string) => void) => Promise<void>, withinMs: number): unknown
  afterAll(body: () => void): unknown
}

/** Makes the tests. `adapter` is the module that exports it, not the adapter itself: the client must not be imported before
 * rtspec has taken over time and network, which happens in another process. */
export function makeConformance({ describe, it, afterAll }: TestRunner) {
  return (adapter: string | URL, options: ConformanceOptions = {}): unknown => {
    const file = pathOf(adapter)
    return describe(`rtspec conformance of ${file.split(/[/\\]/).at(-1)}`, async () => {
      const subject: SuiteSubject = {
        ...(await describeAdapter(file)),
        installed: true,
        adapterFile: relative(process.cwd(), file),
      }
      const { transport = "memory", seed = "1", strict = false } = options
      const player = openPlayer(subject, { transport, seed, strict })
      const ledger = ledgerOf(options.ledger)
      afterAll(player.stop)
      for (const [room, stories] of byRoom(subject, options.scenarios ?? "*"))
        describe(room, () => {
          for (const story of stories)
            it(`${story.id}: ${story.title}`, (skip) => play(player, story, subject, ledger, skip), caseWithinMs)
        })
      if (options.fuzz !== undefined) describeFuzz({ describe, it }, subject, wishOf(options.fuzz, seed))
    })
  }
}

/** The runner's own watchdog is stricter. */
const caseWithinMs = 120_000

function wishOf(fuzz: number | FuzzWish, seed: string): Required<FuzzWish> {
  const wish = typeof fuzz === "number" ? { cases: fuzz } : fuzz
  return { seed, faults: "all", expected: {}, ...wish }
}

function describeFuzz(
  { describe, it }: Pick<TestRunner, "describe" | "it">,
  subject: SuiteSubject,
  wish: Required<FuzzWish>,
): void {
  const tests = fuzzTests(subject, wish, (page) => new ConformanceError(`\n${page}`))
  describe("fuzz", () => {
    for (const { name, run, withinMs } of tests) it(name, run, withinMs)
  })
}

function pathOf(adapter: string | URL): string {
  if (typeof adapter === "string") return adapter.startsWith("file:") ? fileURLToPath(adapter) : adapter
  if (adapter instanceof URL) return fileURLToPath(adapter)
  throw new UsageFault(
    'conformance() takes the adapter\'s file, not the adapter: conformance(new URL("./my-client.adapter.ts", import.meta.url)).',
  )
}

function ledgerOf(file: string | URL | undefined): Ledger {
  if (file === undefined) return { file: "", lines: [] }
  return readLedger(pathOf(file), new Set(scenarios.map(({ id }) => id)), new Set(invariants.map(({ id }) => id)))
}

function byRoom(subject: SuiteSubject, globs: string | readonly string[]): Map<string, Scenario[]> {
  const chosen = select("scenario", scenarios, [globs].flat(), ({ id }) => [id])
  const rooms = new Map<string, Scenario[]>()
  for (const story of chosen) {
    if (!isOfProtocol(subject, story)) continue
    const room = story.id.split("/")[0] ?? ""
    rooms.set(room, [...(rooms.get(room) ?? []), story])
  }
  if (rooms.size === 0)
    throw new UsageFault(`none of the chosen scenarios is told in the protocol ${subject.protocol} of ${subject.name}.`)
  return rooms
}

const titles = new Map(invariants.map(({ id, title }) => [id, title]))

async function play(
  player: Player,
  story: Scenario,
  { version, adapterFile = "" }: SuiteSubject,
  ledger: Ledger,
  skip: (because: string) => void,
): Promise<void> {
  const result = { ...(await player.play(story)), adapterFile }
  const versions = [version, ...ledger.lines.flatMap((line) => line.version ?? [])]
  const [judged] = judgeByLedger([result], ledger, versions)
  if (!judged) return
  if (!judged.asExpected) throw new ConformanceError(`\n${pageOf(judged)}`)
  if (result.verdict !== "pass") skip(`${result.verdict}: ${judged.reason ?? result.because}`)
}

function pageOf({ result, staleLine }: Judged): string {
  if (staleLine)
    return `${result.scenario} ${result.verdict === "pass" ? "passes" : `does not break ${staleLine.invariant}`}: ${whatToRemove(result)} (“${staleLine.reason}”)`
  return failurePage(result, { width: 110, titles }).join("\n")
}

/** A scenario that the client failed. The stack would show only rtspec: it has none. */
class ConformanceError extends Error {
  constructor(page: string) {
    super(page)
    this.name = "ConformanceError"
    this.stack = `${this.name}: ${page}`
  }
}
