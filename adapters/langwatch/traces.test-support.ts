// A process of its own that plays the whole catalogue with one build of @langwatch/scenario, and prints one line for each
// scenario: its id and a digest of every entry of its trace. Run as `node --import tsx traces.test-support.ts slim|full`.
import { createHash } from "node:crypto"
import { invariants } from "../../harness/checks/all.ts"
import { runCase } from "../../harness/runner/case.ts"
import { catchCrashes } from "../../harness/runner/crashes.ts"
import { installChance } from "../../harness/sim/chance.ts"
import { installClock } from "../../harness/sim/clock.ts"
import { openMemoryTransport } from "../../harness/transports/memory.ts"
import { scenarios } from "../../scenarios/index.ts"
import { langwatchAgent } from "../langwatch-agent/adapter.ts"
import { langwatchVoice } from "../langwatch-voice/adapter.ts"
import { fullVersion, langwatchFull } from "./full.ts"
import { loadInstalled, langwatch as slim } from "./package.ts"

const [clock, chance, crashes, transport] = [installClock(), installChance(), catchCrashes(), openMemoryTransport()]
const langwatch = await loadInstalled(process.argv[2] === "full" ? langwatchFull : slim(fullVersion))
const { listeners, recordIn: onCrashes } = crashes

for (const adapter of [langwatchVoice(fullVersion, langwatch), langwatchAgent(fullVersion, langwatch)])
  for (const scenario of scenarios) {
    const digest = createHash("sha256")
    const world = { adapter, clock, chance, transport, invariants, listeners, onCrashes }
    const onEntry = (entry: object) => void digest.update(`${JSON.stringify(entry)}\n`)
    const { verdict } = await runCase(world, { scenario, seed: "1", strict: true, onEntry })
    if (verdict !== "unsupported") console.log(adapter.name, scenario.id, verdict, digest.digest("hex").slice(0, 16))
  }
process.exit()
