// temporary: runs scenarios against one subject in this process

import { installChance } from "./sim/chance.ts"
import { installClock } from "./sim/clock.ts"
import { openLoopbackTransport } from "./transports/loopback.ts"
import { openMemoryTransport } from "./transports/memory.ts"

const hr = process.hrtime.bigint
const clock = installClock(),
  chance = installChance()
const [, , subject = "reference", pattern = "", mode = "memory", verbose = ""] = process.argv
const transport = mode === "loopback" ? await openLoopbackTransport() : openMemoryTransport()
const { runCase } = await import("./runner/case.ts")
const { subjects } = await import("../adapters/index.ts")
const { scenarios } = await import("../scenarios/index.ts")
const { invariants } = await import("./checks/all.ts")
let recorder: any
for (const [name, how] of [
  ["uncaughtException", "uncaught-exception"],
  ["unhandledRejection", "unhandled-rejection"],
] as const)
  process.on(name, (error: any) => {
    if (recorder)
      recorder.record({
        lane: "app",
        kind: "crash",
        how,
        error: { name: error?.name, message: String(error?.message ?? error).slice(0, 200) },
      })
    else {
      console.error(error)
      process.exit(1)
    }
  })
const [wanted, version] = subject.split("@")
for (const entry of subjects.filter((s) => s.name === wanted && (!version || s.version === version))) {
  const adapter = await entry.load()
  const world = {
    adapter,
    clock,
    chance,
    transport,
    invariants,
    onCrashes: (r: any) => {
      recorder = r
    },
  }
  const t0 = hr.call(process.hrtime)
  const counts: Record<string, number> = {}
  let n = 0
  for (const scenario of scenarios.filter((s) => s.id.includes(pattern))) {
    const r = await runCase(world, {
      scenario,
      seed: "1",
      strict: true,
      ...(verbose === "-v" ? { onEntry: (e: any) => console.log(JSON.stringify(e).slice(0, 260)) } : {}),
    })
    n++
    counts[r.verdict] = (counts[r.verdict] ?? 0) + 1
    if (r.verdict !== "pass" && r.verdict !== "unsupported")
      console.log(
        r.verdict.toUpperCase(),
        r.scenario,
        r.because,
        r.violations.map((v) => `\n    ${v.invariant}: ${v.message} [${v.cause}→${v.offence}]`).join(""),
      )
  }
  console.log(
    entry.name,
    entry.version,
    counts,
    (n / (Number(hr.call(process.hrtime) - t0) / 1e9)).toFixed(0),
    "cases/s",
  )
}
process.exit(0)
