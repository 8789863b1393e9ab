// What `rtspec record` adds to a frame, and whether it keeps up with many sessions at a time: the same sessions directly and through
// it, one after the other.
import { type ChildProcess, fork, spawn } from "node:child_process"
import { once } from "node:events"
import { mkdtempSync, readFileSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import { WebSocket } from "ws"

export interface Latency {
  readonly medianMs: number
  readonly p99Ms: number
}

export interface Ways {
  readonly direct: Latency
  readonly recorded: Latency
}

export interface RecorderNumbers {
  /** Round trips of one session, one frame there and one back. */
  readonly one: Ways
  /** The same of many sessions at a time, each with so many frames a second as speech has. */
  readonly many: Ways
  readonly framesPerSecond: number
  /** Of the frames that went by, how many the log has. */
  readonly written: number
  readonly sent: number
}

const command = "harness/cli/bin.js"
const echo = fileURLToPath(new URL("./wirelog-echo.js", import.meta.url))
/** 100 ms of speech. */
const frame = JSON.stringify({ type: "input_audio_buffer.append", audio: Buffer.alloc(4_800, 9).toString("base64") })
const everyMs = 100

export async function benchRecorder(sessions: number, rounds: number): Promise<RecorderNumbers> {
  const folder = mkdtempSync(join(tmpdir(), "rtspec-bench-"))
  const log = join(folder, "log.ndjson")
  const upstream = fork(echo)
  const [url] = (await once(upstream, "message")) as [string]
  const recorder = spawn(process.execPath, [command, "record", "--upstream", url, "--out", log])
  try {
    const through = await dialOf(recorder)
    const one = { direct: await alone(url, rounds), recorded: await alone(through, rounds) }
    const many = { direct: await together(url, sessions, rounds), recorded: await together(through, sessions, rounds) }
    const ended = once(recorder, "exit")
    recorder.kill("SIGINT")
    await ended
    const written = readFileSync(log, "utf8")
      .split("\n")
      .filter((line) => line.includes('"event":')).length
    return { one, many, framesPerSecond: (sessions * 2 * 1000) / everyMs, written, sent: 2 * (1 + sessions) * rounds }
  } finally {
    recorder.kill("SIGKILL")
    upstream.kill("SIGKILL")
    rmSync(folder, { recursive: true })
  }
}

async function dialOf(recorder: ChildProcess): Promise<string> {
  const [said] = recorder.stdout ? await once(recorder.stdout, "data") : [""]
  return `${/Dial (\S+);/.exec(String(said))?.[1]}`
}

async function dial(origin: string): Promise<WebSocket> {
  const socket = new WebSocket(`${origin}/v1/realtime?model=m`, { perMessageDeflate: false })
  await once(socket, "open")
  return socket
}

async function roundTrip(socket: WebSocket): Promise<number> {
  const began = performance.now()
  const back = once(socket, "message")
  socket.send(frame)
  await back
  return performance.now() - began
}

async function alone(origin: string, rounds: number): Promise<Latency> {
  const socket = await dial(origin)
  for (let warm = 0; warm < 200; warm++) await roundTrip(socket)
  const took: number[] = []
  for (let round = 0; round < rounds; round++) took.push(await roundTrip(socket))
  socket.close()
  return latencyOf(took)
}

/** Each session sends on its own beat. */
async function together(origin: string, sessions: number, rounds: number): Promise<Latency> {
  const sockets = await Promise.all(Array.from({ length: sessions }, () => dial(origin)))
  const took = await Promise.all(sockets.map((socket, at) => onBeat(socket, rounds, (at * everyMs) / sessions)))
  for (const socket of sockets) socket.close()
  return latencyOf(took.flat())
}

async function onBeat(socket: WebSocket, rounds: number, offsetMs: number): Promise<number[]> {
  const began = performance.now() + offsetMs
  const took: number[] = []
  for (let round = 0; round < rounds; round++) {
    const dueMs = began + round * everyMs
    await new Promise((resolve) => setTimeout(resolve, Math.max(0, dueMs - performance.now())))
    took.push(await roundTrip(socket))
  }
  return took
}

function latencyOf(took: readonly number[]): Latency {
  const sorted = [...took].sort((one, other) => one - other)
  return { medianMs: sorted[sorted.length >> 1] ?? 0, p99Ms: sorted[Math.floor(sorted.length * 0.99)] ?? 0 }
}
