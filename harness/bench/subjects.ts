// What real clients cost: `npm run bench -- subjects [GLOB…]` plays the whole catalogue against the newest release of each
// that is installed, twice in one process and once in another, and prints the time, the peak memory of its processes and how
// many traces differ. Bounds: 20 s a core for a light client, 60 s for LiveKit's, 512 MB, no trace that differs in another run.
import { existsSync, readdirSync, readFileSync } from "node:fs"
import { type SubjectEntry, subjects } from "../../adapters/index.ts"
import { scenarios } from "../../scenarios/index.ts"
import { openPlayer } from "../runner/player.ts"
import { select } from "../runner/select.ts"

const hrtime = process.hrtime.bigint.bind(process.hrtime)

interface Measured {
  readonly cases: number
  /** From the first message to its process to the last answer, the start of the process included. */
  readonly seconds: number
  /** What its processes took of the cores in that time. */
  readonly coreSeconds: number | undefined
  /** High-water marks of the processes that were still there at the end, in MB. */
  readonly peakMegabytes: readonly number[]
  /** Traces that are others in another process, and in the same process the second time. */
  readonly differing: number
  readonly differingAgain: number
}

export async function benchSubjects(globs: readonly string[]): Promise<void> {
  const wanted = select("subject", newest(), globs.length > 0 ? globs : ["*"], ({ name }) => [name])
  console.log(row(["subject", "cases", "seconds", "s a core", "peak MB", "traces that differ", "in one process", ""]))
  for (const entry of wanted) {
    const name = `${entry.name} ${entry.version}`
    if (!entry.installed()) console.log(row([name, "not installed"]))
    else console.log(row([name, ...told(entry, await measure(entry))]))
  }
}

function newest(): SubjectEntry[] {
  const real = subjects.filter(({ name }) => !name.startsWith("mutant/"))
  const byVersion = real.toSorted((one, other) => one.version.localeCompare(other.version, "en", { numeric: true }))
  return [...new Map(byVersion.map((entry) => [entry.name, entry])).values()]
}

async function measure({ name, version, protocol, dialect, installed }: SubjectEntry): Promise<Measured> {
  const subject = { name, version, protocol, installed: installed(), ...(dialect ? { dialect } : {}) }
  const open = () => openPlayer(subject, { transport: "memory", seed: "1", strict: false, keepTraces: true })
  const [player, another] = [open(), open()]
  const stories = scenarios.filter((story) => (story.protocol ?? "realtime") === protocol)
  const round = async (by = player) => {
    const traces: string[] = []
    for (const story of stories) traces.push(JSON.stringify((await by.play(story)).trace))
    return traces
  }
  const began = hrtime()
  const first = await round()
  const seconds = Number(hrtime() - began) / 1e9
  const used = descendants(process.pid)
  const coreSeconds = used.length > 0 ? used.reduce((sum, pid) => sum + coreSecondsOf(pid), 0) : undefined
  const second = await round()
  const measured = {
    ...{ cases: stories.length, seconds, coreSeconds },
    peakMegabytes: used.map(peakOf).filter((megabytes) => megabytes > 0),
    differingAgain: first.filter((trace, at) => trace !== second[at]).length,
  }
  player.stop()
  const other = await round(another)
  another.stop()
  return { ...measured, differing: first.filter((trace, at) => trace !== other[at]).length }
}

function told({ name }: SubjectEntry, { cases, seconds, coreSeconds, peakMegabytes, ...traces }: Measured): string[] {
  const boundSeconds = name.startsWith("livekit") ? 60 : 20
  const isWithin =
    (coreSeconds ?? seconds) < boundSeconds && peakMegabytes.every((peak) => peak < 512) && traces.differing === 0
  return [
    String(cases),
    seconds.toFixed(1),
    coreSeconds === undefined ? "?" : coreSeconds.toFixed(1),
    peakMegabytes.length > 0 ? peakMegabytes.map((peak) => peak.toFixed(0)).join(" + ") : "?",
    String(traces.differing),
    String(traces.differingAgain),
    isWithin ? "" : "✗ beyond its bound",
  ]
}

const widths = [32, 6, 8, 9, 12, 19, 15, 0]
const row = (cells: readonly string[]) =>
  cells
    .map((cell, at) => cell.padEnd(widths[at] ?? 0))
    .join(" ")
    .trimEnd()

/** Of what Linux tells of a process; elsewhere nothing is measured. */
const statusOf = (pid: number, file: string) =>
  existsSync(`/proc/${pid}/${file}`) ? readFileSync(`/proc/${pid}/${file}`, "utf8") : ""

/** A program that speaks for a client in another language is a child of the client's process. */
function descendants(of: number): number[] {
  if (!existsSync("/proc/self/status")) return []
  const parents = readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .map((name) => [Number(name), Number(/^PPid:\s+(\d+)/m.exec(statusOf(Number(name), "status"))?.[1])] as const)
  const under = (pid: number): number[] =>
    parents.filter(([, parent]) => parent === pid).flatMap(([child]) => [child, ...under(child)])
  return under(of).filter((pid) => !/esbuild/.test(statusOf(pid, "cmdline")))
}

const peakOf = (pid: number) => Number(/^VmHWM:\s+(\d+) kB/m.exec(statusOf(pid, "status"))?.[1] ?? 0) / 1024

/** User and system time, in hundredths of a second, are the 14th and 15th field; the second is a name in brackets. */
function coreSecondsOf(pid: number): number {
  const fields = statusOf(pid, "stat")
    .replace(/^.*\) /, "")
    .split(" ")
  return (Number(fields[11] ?? 0) + Number(fields[12] ?? 0)) / 100
}
