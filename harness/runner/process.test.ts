// Clients in programs of their own: cases are played with them, and whatever a program does is a verdict or a sentence.
import { spawnSync } from "node:child_process"
import { existsSync, mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { scenarios } from "../../scenarios/index.ts"
import type { Program } from "../adapter.ts"
import { invariants } from "../checks/all.ts"
import { response, server, time, user } from "../script/index.ts"
import { type Chance, installChance } from "../sim/chance.ts"
import { type Clock, installClock } from "../sim/clock.ts"
import { timeless } from "../trace/timeless.ts"
import { type OpenedProgram, openProgram } from "../transports/process/index.ts"
import type { Patience } from "../transports/process/session.ts"
import { runCase } from "./case.ts"
import { storyOf } from "./world-for-tests.ts"

const fixture = (name: string) => fileURLToPath(new URL(`../../fixtures/programs/${name}`, import.meta.url))
const node = (name: string, ...args: string[]): Program => ({
  command: process.execPath,
  args: [fixture(name), ...args],
})
const python: Program = { command: "python3", args: ["-B", fixture("bare_realtime.py")] }
const hasPython = spawnSync("python3", ["--version"]).status === 0

let clock: Clock
let chance: Chance
const opened: OpenedProgram[] = []
beforeAll(() => {
  clock = installClock()
  chance = installChance()
})
afterAll(() => {
  for (const { transport } of opened) transport.close()
  chance.uninstall()
  clock.uninstall()
})

/** Opens a program; gives the way to play a case with it. */
async function open(program: Program, patience?: Patience) {
  const lost: string[] = []
  const world = await openProgram(program, {
    clock,
    title: "the program",
    seed: () => "1",
    onLost: ({ how, message }) => void lost.push(`${how}: ${message}`),
    ...(patience ? { patience } : {}),
  })
  opened.push(world)
  const play = (scenario: Parameters<typeof runCase>[1]["scenario"]) =>
    runCase({ ...world, clock, chance, invariants }, { scenario, seed: "1", strict: false, keepTrace: true })
  return { play, lost, ...world }
}

const scenarioOf = (id: string) => {
  const found = scenarios.find((each) => each.id === id)
  if (!found) throw new Error(`no scenario ${id}`)
  return found
}

describe.each([
  { language: "JavaScript", program: node("bare-realtime.mjs"), isThere: true },
  { language: "Python", program: python, isThere: hasPython },
])("the example in $language", ({ program, isThere }) => {
  it.skipIf(!isThere)("plays, with the verdicts of a bare socket, the same each time", async () => {
    const { play, transport } = await open(program)
    const ids = ["turn/text-turn", "turn/two-texts-at-once", "connection/dropped-mid-stream", "timeout/never-answered"]
    const playAll = async () => {
      const found: { id: string; verdict: string; trace: string }[] = []
      for (const id of ids) {
        const { verdict, trace } = await play(scenarioOf(id))
        found.push({ id, verdict, trace: trace ? timeless(trace) : "" })
      }
      return found
    }
    const first = await playAll()
    expect(first.map(({ id, verdict }) => `${id}: ${verdict}`)).toEqual([
      "turn/text-turn: pass",
      "turn/two-texts-at-once: fail",
      "connection/dropped-mid-stream: unsupported",
      "timeout/never-answered: unsupported",
    ])
    expect(await playAll()).toEqual(first)
    expect(transport.openSockets()).toBe(0)
  })
})

describe("rtspec_driver", () => {
  const driver = fileURLToPath(new URL("../../adapters/python", import.meta.url))
  const clockwork: Program = { command: "python3", args: ["-B", fixture("clockwork.py")], env: { PYTHONPATH: driver } }

  it.skipIf(!hasPython)("gives a client virtual time, seeded chance and loopback alone", async () => {
    const { play } = await open(clockwork)
    const story = storyOf([user.says("a"), time.passes({ ms: 20_000 })])
    const app = async () => {
      const { trace } = await play(story)
      const entries = trace?.entries.filter(({ lane, at }) => lane === "app" && at < 60_000) ?? []
      return entries.flatMap((entry) => {
        if (entry.lane !== "app") return []
        if (entry.kind === "heard") return [`${entry.at}: ${entry.text}`]
        if (entry.kind === "settled" || entry.kind === "error") return [`${entry.at}: ${entry.kind}`]
        return []
      })
    }
    const first = await app()
    expect(first).toEqual([
      "1: 1767225600.001 0.001 0.001",
      "1: 1000000 1000001",
      expect.stringMatching(/^1: 0\.\d+ [0-9a-f-]{36} [0-9a-f]{8}$/),
      "10001: 1767225610.001 10001000000",
      "10001: 2026-01-01 00:00:10.001000+00:00 2026-01-01 00:00:10.001000",
      "10001: from a thread",
      "10001: error",
      "10001: settled",
    ])
    expect(await app()).toEqual(first)
  })
})

describe("frames that are on the wire ahead of their turn", () => {
  const driver = fileURLToPath(new URL("../../adapters/python", import.meta.url))
  const interrupter = (how: string): Program => ({
    command: "python3",
    args: ["-B", fixture("interrupter.py"), how],
    env: { PYTHONPATH: driver },
  })
  const reply = response("reply")
  const story = {
    ...storyOf([
      user.says("a"),
      server.startsResponse(reply, { for: "a" }),
      server.streams(reply, 2),
      server.finishes(reply),
    ]),
    tools: [{ name: "look_up" }],
  }

  it.skipIf(!hasPython)("are heard as if they came one by one, whatever the client does between them", async () => {
    const played = async (how: string) => {
      const { play } = await open(interrupter(how))
      const { trace, because } = await play(story)
      return { because, entries: trace?.entries ?? [] }
    }
    const [ahead, one] = [await played("ahead"), await played("one-by-one")]
    const words = one.entries.map(({ lane, kind }) => `${lane} ${kind}`)
    expect(words.filter((word) => word === "client connects").length).toBeGreaterThan(1)
    expect(words).toContain("app tool-finished")
    expect(one.entries.filter(({ kind }) => kind === "heard").length).toBeGreaterThan(20)
    expect(ahead).toEqual(one)
  })
})

/** Runs out when the program has marked that nothing more will come of it; no time is waited for. */
function untilMarked(): { readonly patience: Patience; readonly env: Program["env"] & object } {
  const folder = mkdtempSync(join(tmpdir(), "rtspec-test-"))
  const mark = join(folder, "mark")
  const patience: Patience = (_ms, action) => {
    let isOver = false
    const look = () => {
      if (isOver) return
      if (existsSync(mark)) action()
      else setImmediate(look)
    }
    look()
    return () => {
      isOver = true
    }
  }
  afterAll(() => rmSync(folder, { recursive: true, force: true }))
  return { patience, env: { RTSPEC_TEST_MARK: mark } }
}

describe("a program that cannot be used is told of in a sentence", () => {
  it.each([
    ["greets-with-junk", /printed a line that is no JSON: "hello!"/],
    ["is-of-the-future", /speaks version 99 of the protocol; this rtspec speaks 1/],
    ["claims-too-much", /there is no such capability/],
    ["dies-at-once", /ended with code 7/],
  ])("%s", async (how, sentence) => {
    await expect(open(node("program-that.mjs", how))).rejects.toThrow(sentence)
  })

  const rude = untilMarked()
  const silent = untilMarked()
  it.each([
    ["is-rude", rude, /did not answer a line that is no JSON with \{"is":"unsupported"\}/],
    ["says-nothing", silent, /did not answer for 120 s of real time/],
  ] as const)("%s", async (how, { patience, env }, sentence) => {
    await expect(open({ ...node("program-that.mjs", how), env }, patience)).rejects.toThrow(sentence)
  })

  it("is not there", async () => {
    await expect(open({ command: "no-such-interpreter" })).rejects.toThrow(
      "the program could not be started: there is no no-such-interpreter on this machine; install it, or put it on the PATH",
    )
  })
})

describe("what a program does in a case", () => {
  const nothing = storyOf([user.closes()])

  it.each([
    ["prints-junk", /printed a line that is no JSON: "Connecting to the server \.\.\."/],
    ["reports-nonsense", /none of the protocol's: .*weather/],
    ["settles-what-it-never-opened", /settled the future "reply x", which it never opened/],
    ["blames-itself", /the adapter has lost its head/],
    ["floods", /printed more than 100000 lines in one case/],
    ["floods-one-line", /printed a line of more than 16 MB/],
  ])("%s: the case is broken, and the next is played", async (how, because) => {
    const { play } = await open(node("program-that.mjs", how))
    const first = await play(nothing)
    expect(first.verdict).toBe("broken")
    expect(first.because).toMatch(because)
    expect((await play(nothing)).because).toMatch(because)
  })

  it.each([
    ["dies", "exit: ended with code 3; it had printed: SomeError: it was all too much"],
    ["is-killed", "killed: was ended by SIGTERM"],
  ])("%s: it is told of, and the next case has a new program", async (how, ending) => {
    const { play, lost } = await open(node("program-that.mjs", how))
    await play(nothing)
    expect(lost).toEqual([ending])
    await play(nothing)
    expect(lost).toEqual([ending, ending])
  })

  const marked = untilMarked()
  it("loops: it is ended when it does not answer", async () => {
    const { patience, env } = marked
    const { play, lost } = await open({ ...node("program-that.mjs", "loops"), env }, patience)
    await play(nothing)
    expect(lost).toEqual(["endless-loop: did not answer for 8 s of real time and was ended"])
  })
})
