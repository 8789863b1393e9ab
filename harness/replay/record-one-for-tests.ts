// One session in a process of its own: `npx tsx harness/replay/record-one-for-tests.ts SUBJECT@VERSION SCENARIO FILE` plays the scenario
// with the client over real sockets, through `rtspec record`, which writes FILE.
import type { Adapter, Program } from "../adapter.ts"
import { catchCrashes } from "../runner/crashes.ts"
import { installChance } from "../sim/chance.ts"
import { installClock } from "../sim/clock.ts"
import type { Session } from "../transports/process/session.ts"

const clock = installClock()
const chance = installChance()
const crashes = catchCrashes()
const { subjects } = await import("../../adapters/index.ts")
const { scenarios } = await import("../../scenarios/index.ts")
const { openLoopbackTransport } = await import("../transports/loopback.ts")
const { createProxyAdapter } = await import("../transports/process/adapter.ts")
const { createSession } = await import("../transports/process/session.ts")
const { createProcessTransport } = await import("../transports/process/transport.ts")
const { openWire } = await import("../transports/process/wire.ts")
const { recordCase } = await import("./record-for-tests.ts")

const [name, id, file] = process.argv.slice(2)
const subject = subjects.find((each) => `${each.name}@${each.version}` === name)
const scenario = scenarios.find((each) => each.id === id)
if (!subject || !scenario || file === undefined)
  throw new Error(`there is no ${subject ? `scenario ${id}` : `subject ${name}`}; give SUBJECT@VERSION SCENARIO FILE.`)

/** A program counts its bytes, but what passes through a recorder are others: the pong alone shows that all has arrived. */
function uncounted(session: Session): Session {
  const settle: Session["settle"] = async (now) => {
    const said = await session.settle(now)
    if (!said) return said
    const { received: _, ...rest } = said
    return rest
  }
  return Object.assign(Object.create(session), { settle })
}

async function asProgram(program: Program) {
  const session = createSession(program, { title: `the program of ${name}`, now: clock.now })
  const about = await session.start()
  const wire = await openWire(about.blocking)
  const adapter = createProxyAdapter(about, session, { seed: () => String(Math.random()), onLost: () => {} })
  return { adapter, transport: createProcessTransport(uncounted(session), wire, clock) }
}

const inThisProcess = async (): Promise<{
  adapter: Adapter
  transport: Awaited<ReturnType<typeof openLoopbackTransport>>
}> => {
  const transport = await openLoopbackTransport()
  return { transport, adapter: await subject.load() }
}

const { program, dialect } = subject
const { adapter, transport } = await (program ? asProgram(program()) : inThisProcess())
const { verdict, because } = await recordCase(
  { clock, chance, transport, onCrashes: crashes.recordIn, ...(dialect ? { dialect } : {}) },
  adapter,
  scenario,
  file,
)
if (verdict === "broken" || verdict === "unsupported") console.error(`${verdict}: ${because}`)
process.exit(verdict === "broken" || verdict === "unsupported" ? 3 : 0)
