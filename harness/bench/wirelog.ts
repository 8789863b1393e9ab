// What wire logs cost: how fast a core judges one, that memory stays flat over a long one, and what recording adds to a frame.
// `npm run bench -- wirelog`; options: --megabytes N (of the long log), --sessions N, --rounds N (frames of each session).
import { execFileSync } from "node:child_process"
import { fileURLToPath } from "node:url"
import { parseArgs } from "node:util"
import { checkLog, violationsOf } from "../wirelog/check.ts"
import { readLogInBatches } from "../wirelog/read.ts"
import { benchRecorder, type Latency } from "./wirelog-recorder.ts"
import { type LineKind, logText } from "./wirelog-session.ts"

const say = (what: string, value: string) => console.log(`${what.padEnd(64)} ${value}`)

export async function benchWireLogs(args: readonly string[]): Promise<void> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      megabytes: { type: "string", default: "1000" },
      sessions: { type: "string", default: "200" },
      rounds: { type: "string", default: "100" },
    },
  })
  await throughput("short")
  await throughput("audio")
  memory(Number(values.megabytes))
  await recorder(Number(values.sessions), Number(values.rounds))
}

const chunkBytes = 256 * 1024

/** In seconds of a core, not of the clock: others may be using it. The best of some; beside it, what parsing alone takes. */
async function throughput(kind: LineKind) {
  const bytes = Buffer.from([...logText({ bytes: 40e6, kind, turnsPerConnection: 50 })].join(""))
  const texts = bytes.toString().trimEnd().split("\n")
  async function* chunks() {
    for (let at = 0; at < bytes.length; at += chunkBytes) yield bytes.subarray(at, at + chunkBytes)
  }
  let events = 0
  const checking = await leastSeconds(async () => {
    const report = await checkLog(readLogInBatches(chunks()))
    if (violationsOf(report).length > 0) throw new Error("the log that is measured breaks a rule")
    events = report.events.client + report.events.server
  })
  const parsing = await leastSeconds(async () => {
    for (const text of texts) JSON.parse(text)
  })
  const rate = (seconds: number) =>
    `${(bytes.length / 1e6 / seconds).toFixed(0)} MB/s, ${Math.round(events / seconds).toLocaleString("en-US")} events/s`
  const lines = `${Math.round(bytes.length / texts.length)} bytes a line`
  say(`check, ${kind === "short" ? "audio redacted" : "audio in full"}, ${lines}, a core`, rate(checking))
  say("  of which JSON.parse alone", rate(parsing))
}

async function leastSeconds(work: () => Promise<void>): Promise<number> {
  let least = Number.POSITIVE_INFINITY
  for (let round = 0; round < 5; round++) {
    const before = process.cpuUsage()
    await work()
    const { user, system } = process.cpuUsage(before)
    least = Math.min(least, (user + system) / 1e6)
  }
  return least
}

const memoryFile = fileURLToPath(new URL("./wirelog-memory.js", import.meta.url))

function memory(megabytes: number) {
  const peakOf = (size: number, turns: string): { peak: number; events: number } =>
    JSON.parse(execFileSync(process.execPath, [memoryFile, String(size), turns], { encoding: "utf8" }))
  for (const [what, turns] of [
    ["sessions of 50 turns", "50"],
    ["one session without an end", ""],
  ] as const) {
    const [small, large] = [peakOf(megabytes / 10, turns), peakOf(megabytes, turns)]
    const told = `${small.peak.toFixed(0)} MB, ${large.peak.toFixed(0)} MB (${large.events.toLocaleString("en-US")} events)`
    say(`most memory over logs of ${megabytes / 10} and ${megabytes} MB, ${what}`, told)
  }
}

async function recorder(sessions: number, rounds: number) {
  const { one, many, framesPerSecond, written, sent } = await benchRecorder(sessions, rounds)
  const told = ({ medianMs, p99Ms }: Latency) => `median ${medianMs.toFixed(2)} ms, 99% within ${p99Ms.toFixed(1)} ms`
  const added = (ways: typeof one) => `${((ways.recorded.medianMs - ways.direct.medianMs) / 2).toFixed(3)} ms`
  say("one session, round trip, direct", told(one.direct))
  say("one session, round trip, recorded", told(one.recorded))
  say("  added to a frame, median", added(one))
  say(`${sessions} sessions, ${framesPerSecond.toLocaleString("en-US")} frames/s, direct`, told(many.direct))
  say(`${sessions} sessions, recorded`, told(many.recorded))
  say("  added to a frame, median", added(many))
  say("  frames in the log, of those that went by and the warm-up", `${written} of ${sent + 400}`)
}
