// The processor time of the processes that this one has started, where the system tells (Linux).
import { readdirSync, readFileSync } from "node:fs"

/** USER_HZ: what the times in /proc are counted in, on every Linux that Node runs on. */
const ticksPerSecond = 100

/** In ms, user and system; NaN where it cannot be known. */
export function childrensCpuMs(parent: number): number {
  try {
    const processes = readdirSync("/proc").filter((name) => /^\d+$/.test(name))
    const ticks = processes.map(statOf).filter(({ of }) => of === parent)
    return (ticks.reduce((sum, { ticks }) => sum + ticks, 0) * 1000) / ticksPerSecond
  } catch {
    return Number.NaN
  }
}

/** Fields are counted from behind the name, which may hold spaces: state, parent, …, utime (11), stime (12). */
function statOf(id: string) {
  try {
    const stat = readFileSync(`/proc/${id}/stat`, "utf8")
    const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ")
    return { of: Number(fields[1]), ticks: Number(fields[11]) + Number(fields[12]) }
  } catch {
    return { of: 0, ticks: 0 }
  }
}
