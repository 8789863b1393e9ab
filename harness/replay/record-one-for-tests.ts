// One session in a process of its own: `npx tsx harness/replay/record-one-for-tests.ts SUBJECT@VERSION SCENARIO FILE` plays the scenario
// with the client over real sockets, through `rtspec record`, which writes FILE.
import type { Adapter, Program } from "../adapter.ts"
import { catchCrashes } from "../runner/crashes.ts"
import { installChance } from "../sim/chance.ts"
import { installClock } from "../sim/clock.ts"

const clock = installClock()
const chance = installChance()
const crashes = catchCrashes()
const { subjects } = await import("../../adapters/index.ts")
const { scenarios } = await import("../../scenarios/index.ts")
const { openLoopbackTransport } = await import("../transports/loopback.ts")
const { openProgram } = await import("../transports/process/index.ts")
const { recordCase } = await import("./record-for-tests.ts")

const [name, id, file] = process.argv.slice(2)
const subject = subjects.find((each) => `${each.name}@${each.version}` === name)
const scenario = scenarios.find((each) => each.id === id)
if (!subject || !scenario || file === undefined)
  throw new Error(`there is no ${subject ? `scenario ${id}` : `subject ${name}`}; give SUBJECT@VERSION SCENARIO FILE.`)

const asProgram = (program: Program) =>
  openProgram(program, {
    clock,
    title: `the program of ${name}`,
    onStart: () => {},
    seed: () => String(Math.random()),
    onLost: ({ message }) => console.error(`the program ${message}`),
  })

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
