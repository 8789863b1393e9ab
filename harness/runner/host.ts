// A subject's own process. It takes over time, chance and the network before the subject is imported, then runs the
// cases it is sent. Whatever the subject does to the process is a sighting in the trace.
import { appendFileSync } from "node:fs"
import { resolve } from "node:path"
import { pathToFileURL } from "node:url"
import type { Program } from "../adapter.ts"
import { installChance } from "../sim/chance.ts"
import { installClock } from "../sim/clock.ts"
import { noteError } from "../trace/error-note.ts"
import type { Recorder } from "../trace/recorder.ts"
import { openLoopbackTransport } from "../transports/loopback.ts"
import { openMemoryTransport } from "../transports/memory.ts"
import { openProgram } from "../transports/process/index.ts"
import type { Transport } from "../transports/transport.ts"
import type { CaseWorld } from "./case.ts"
import { type Coverage, openCoverage } from "./coverage.ts"
import { catchCrashes } from "./crashes.ts"
import type { FromSubject, OpenMessage, ToSubject } from "./messages.ts"

const hrtime = process.hrtime.bigint.bind(process.hrtime)
const realExit = process.exit.bind(process)
const clock = installClock()
const chance = installChance()
const crashes = catchCrashes()

const answer = (message: FromSubject) => void process.send?.(message)

async function openWorld(message: OpenMessage): Promise<CaseWorld> {
  const { invariants } = await import("../checks/all.ts")
  const from = message.adapterFile ?? `${message.subject}@${message.version}`
  if (message.adapterFile !== undefined && !isModule(message.adapterFile))
    return { ...(await openProgramWorld({ command: resolve(message.adapterFile) }, from)), invariants }
  // Before the subject is imported: it dials through it.
  // A process that is opened again keeps it: dialling is taken over once.
  if (message.transport === "memory") memory ??= openMemoryTransport()
  const transport = (message.transport === "memory" && memory) || (await openLoopbackTransport())
  if (message.coverage) coverage ??= openCoverage()
  const loaded = await loadAdapter(message)
  if (isProgram(loaded)) {
    transport.close()
    memory = undefined
    return { ...(await openProgramWorld(loaded, from)), invariants }
  }
  const { checkAdapter } = await import("./validate-adapter.ts")
  const adapter = checkAdapter(loaded, from)
  const watched = {
    listeners: crashes.listeners,
    onCrashes: crashes.recordIn,
    ...(message.coverage && coverage ? { coverage } : {}),
  }
  return { adapter, clock, chance, transport, invariants, ...watched }
}

/** Anything else that is named as an adapter's file is a program, to be started as it is. */
const isModule = (file: string) => /\.[cm]?[jt]s$/.test(file)
const isProgram = (loaded: unknown): loaded is Program =>
  typeof loaded === "object" && loaded !== null && "command" in loaded

/** A client in a program of its own; what becomes of that is a sighting, as what a subject here does to this process. */
async function openProgramWorld(program: Program, from: string): Promise<Omit<CaseWorld, "invariants">> {
  let recorder: Recorder | undefined
  const opened = await openProgram(program, {
    clock,
    title: `the program of ${from}`,
    onStart: (withinMs) => answer({ type: "starting", withinMs }),
    onProcess: (pid) => answer({ type: "program", pid }),
    // Seeded: it follows from the case's own seed.
    seed: () => String(Math.random()),
    onLost: ({ how, message }) => {
      if (how === "fault" || how === "not-started") return
      recorder?.record({
        lane: "app",
        kind: "crash",
        how,
        error: { name: "ProcessLost", message: `the program ${message}` },
      })
    },
  })
  return {
    ...opened,
    clock,
    chance,
    onCrashes: (next) => {
      recorder = next
      crashes.recordIn(next)
    },
  }
}

async function loadAdapter({ subject, version, adapterFile }: OpenMessage): Promise<unknown> {
  if (adapterFile !== undefined) {
    const module = (await import(pathToFileURL(resolve(adapterFile)).href)) as {
      adapter?: unknown
      program?: unknown
      default?: unknown
    }
    return module.adapter ?? module.program ?? module.default
  }
  const { subjects } = await import("../../adapters/index.ts")
  const entry = subjects.find((each) => each.name === subject && each.version === version)
  if (!entry) throw new Error(`no subject ${subject}@${version} stands in adapters/index.ts`)
  return entry.program?.() ?? entry.load()
}

let world: CaseWorld | undefined
let memory: Transport | undefined
let coverage: Coverage | undefined

async function handle(message: ToSubject): Promise<void> {
  if (message.type === "open") {
    try {
      world = await openWorld(message)
      const { name, version, protocol, can } = world.adapter
      answer({ type: "ready", name, version, protocol, can })
    } catch (error) {
      answer({ type: "unusable", because: noteError(error).message || String(error) })
    }
    return
  }
  if (message.type === "batch") {
    if (!world) throw new Error("a batch cannot run here: no subject is open")
    const { runBatch } = await import("./batch.ts")
    return answer({ type: "outcomes", number: message.number, outcomes: await runBatch(world, message) })
  }
  const { runCase } = await import("./case.ts")
  const { scenarios } = await import("../../scenarios/index.ts")
  const { told } = message
  const scenario = told ?? scenarios.find((each) => each.id === message.scenario)
  if (!world || !scenario)
    throw new Error(
      `the case ${message.scenario} cannot run here: ${world ? "unknown scenario" : "no subject is open"}`,
    )
  const { traceTo, seed, strict, dialect, number, keepTrace = false } = message
  const onEntry =
    traceTo === undefined ? {} : { onEntry: (entry: object) => appendFileSync(traceTo, `${JSON.stringify(entry)}\n`) }
  const began = hrtime()
  const run = told ? (await import("./related.ts")).runRelated : runCase
  const isTraced = keepTrace || told !== undefined
  const { trace, ...found } = await run(world, { scenario, seed, strict, dialect, keepTrace: isTraced, ...onEntry })
  const isKept = trace && (keepTrace || found.verdict !== "pass")
  const result = isKept ? { ...found, trace } : found
  answer({ type: "result", number, result: { ...result, durationMs: Number(hrtime() - began) / 1e6 } })
}

/** One thing at a time: a process may be opened again while a batch that nobody waits for still runs. */
let last: Promise<void> = Promise.resolve()

process.on("message", (message: ToSubject) => {
  last = last.then(() => handle(message))
  last.catch((error) => {
    console.error(error)
    realExit(70)
  })
})
process.on("disconnect", () => realExit(0))
