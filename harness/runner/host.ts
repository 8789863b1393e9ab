// A subject's own process. It takes over time, chance and the network before the subject is imported, then runs the
// cases it is sent. Whatever the subject does to the process is a sighting in the trace.
import { appendFileSync } from "node:fs"
import { resolve } from "node:path"
import { pathToFileURL } from "node:url"
import { installChance } from "../sim/chance.ts"
import { installClock } from "../sim/clock.ts"
import { noteError } from "../trace/error-note.ts"
import { openLoopbackTransport } from "../transports/loopback.ts"
import { openMemoryTransport } from "../transports/memory.ts"
import type { CaseWorld } from "./case.ts"
import { catchCrashes } from "./crashes.ts"
import type { FromSubject, OpenMessage, ToSubject } from "./messages.ts"

const hrtime = process.hrtime.bigint.bind(process.hrtime)
const realExit = process.exit.bind(process)
const clock = installClock()
const chance = installChance()
const crashes = catchCrashes()

const answer = (message: FromSubject) => void process.send?.(message)

async function openWorld(message: OpenMessage): Promise<CaseWorld> {
  const transport = message.transport === "memory" ? openMemoryTransport() : await openLoopbackTransport()
  const { checkAdapter } = await import("./validate-adapter.ts")
  const { invariants } = await import("../checks/all.ts")
  const adapter = checkAdapter(
    await loadAdapter(message),
    message.adapterFile ?? `${message.subject}@${message.version}`,
  )
  return { adapter, clock, chance, transport, invariants, listeners: crashes.listeners, onCrashes: crashes.recordIn }
}

async function loadAdapter({ subject, version, adapterFile }: OpenMessage): Promise<unknown> {
  if (adapterFile !== undefined) {
    const module = (await import(pathToFileURL(resolve(adapterFile)).href)) as { adapter?: unknown; default?: unknown }
    return module.adapter ?? module.default
  }
  const { subjects } = await import("../../adapters/index.ts")
  const entry = subjects.find((each) => each.name === subject && each.version === version)
  if (!entry) throw new Error(`no subject ${subject}@${version} stands in adapters/index.ts`)
  return entry.load()
}

let world: CaseWorld | undefined

async function handle(message: ToSubject): Promise<void> {
  if (message.type === "open") {
    try {
      world = await openWorld(message)
      const { name, version, protocol } = world.adapter
      answer({ type: "ready", name, version, protocol })
    } catch (error) {
      answer({ type: "unusable", because: noteError(error).message || String(error) })
    }
    return
  }
  const { runCase } = await import("./case.ts")
  const { scenarios } = await import("../../scenarios/index.ts")
  const scenario = scenarios.find((each) => each.id === message.scenario)
  if (!world || !scenario)
    throw new Error(
      `the case ${message.scenario} cannot run here: ${world ? "unknown scenario" : "no subject is open"}`,
    )
  const { traceTo, seed, strict, dialect, number } = message
  const onEntry =
    traceTo === undefined ? {} : { onEntry: (entry: object) => appendFileSync(traceTo, `${JSON.stringify(entry)}\n`) }
  const began = hrtime()
  const result = await runCase(world, { scenario, seed, strict, dialect, ...onEntry })
  answer({ type: "result", number, result: { ...result, durationMs: Number(hrtime() - began) / 1e6 } })
}

process.on("message", (message: ToSubject) => {
  handle(message).catch((error) => {
    console.error(error)
    realExit(70)
  })
})
process.on("disconnect", () => realExit(0))
