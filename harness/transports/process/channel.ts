// An adapter's program as a child process: lines in, lines out, and one sentence on whatever becomes of it. It never
// outlives this process.
import { type ChildProcess, spawn } from "node:child_process"
import type { Program } from "../../adapter.ts"
import { type FromProgram, readLine, type ToProgram } from "./messages.ts"

/** A line may carry some seconds of audio; a case has some thousands of sightings. Beyond either, the program floods. */
const bytesOfLineAtMost = 16_000_000
const messagesAtMost = 100_000

export interface Channel {
  send(...messages: readonly (ToProgram | string)[]): void
  /** Messages in both directions so far. */
  traffic(): number
  /** Forgets how much was said so far: the limit is for one case. */
  newCase(): void
  /** Undefined: it could not be started. */
  readonly pid: number | undefined
  /** What became of the program, once it has ended or was ended. */
  readonly ended: Ending | undefined
  /** Resolves when it has. */
  readonly end: Promise<Ending>
  kill(because?: Ending): void
}

/** `fault`: what it said or did broke the protocol; else it ended by itself or had to be ended. */
export interface Ending {
  readonly how: "exit" | "killed" | "endless-loop" | "fault" | "not-started"
  readonly message: string
}

export interface ChannelOptions {
  readonly onMessage: (message: FromProgram) => void
  /** A line that is no message: the program is at fault, and lives on. */
  readonly onJunk: (sentence: string) => void
}

const alive = new Set<ChildProcess>()
process.on("exit", () => {
  for (const child of alive) child.kill("SIGKILL")
})

export function openChannel(program: Program, { onMessage, onJunk }: ChannelOptions): Channel {
  const { command, args = [], cwd, env = {} } = program
  const child = spawn(command, args, {
    env: { ...process.env, ...env },
    stdio: ["pipe", "pipe", "pipe"],
    windowsHide: true,
    ...(cwd === undefined ? {} : { cwd }),
  })
  alive.add(child)
  const complaint = tail(child)
  let ended: Ending | undefined
  let messages = 0
  let messagesOfCase = 0
  let tellEnd: (ending: Ending) => void = () => {}
  const end = new Promise<Ending>((resolve) => {
    tellEnd = resolve
  })
  const finish = (ending: Ending) => {
    alive.delete(child)
    if (ended) return
    const said = complaint()
    ended = said === "" ? ending : { ...ending, message: `${ending.message}; it had printed: ${said}` }
    tellEnd(ended)
  }
  const kill = (because: Ending = { how: "killed", message: `${command} was ended` }) => {
    child.kill("SIGKILL")
    finish(because)
  }
  child.on("error", ({ message }) => finish({ how: "not-started", message: startFault(command, message) }))
  // "close" comes when its output was read to the end, too: what it said last is heard.
  child.on("close", (code, signal) => finish(endingOf(code, signal)))
  child.stdin.on("error", () => {})
  const lineOf = createLines(() =>
    kill({ how: "fault", message: `printed a line of more than ${bytesOfLineAtMost / 1e6} MB` }),
  )
  child.stdout.on("data", (chunk: Buffer) => {
    for (const line of lineOf(chunk)) {
      if (ended || line.trim() === "") continue
      messages += 1
      if (++messagesOfCase > messagesAtMost)
        return kill({ how: "fault", message: `printed more than ${messagesAtMost} lines in one case` })
      const message = readLine(line)
      if (typeof message === "string") onJunk(message)
      else onMessage(message)
    }
  })
  return {
    pid: child.pid,
    send(...said) {
      messages += said.length
      if (!ended)
        child.stdin.write(said.map((each) => `${typeof each === "string" ? each : JSON.stringify(each)}\n`).join(""))
    },
    traffic: () => messages,
    newCase: () => {
      messagesOfCase = 0
    },
    get ended() {
      return ended
    },
    end,
    kill,
  }
}

const startFault = (command: string, message: string) =>
  /ENOENT/.test(message)
    ? `could not be started: there is no ${command} on this machine; install it, or put it on the PATH`
    : `could not be started: ${message}`

const endingOf = (code: number | null, signal: string | null): Ending =>
  signal === null
    ? { how: "exit", message: `ended with code ${code}` }
    : { how: "killed", message: `was ended by ${signal}` }

/** Whole lines out of chunks. */
function createLines(tooLong: () => void): (chunk: Buffer) => string[] {
  let rest: Buffer[] = []
  let bytes = 0
  return (chunk) => {
    const lines: string[] = []
    let from = 0
    for (let to = chunk.indexOf(10); to >= 0; to = chunk.indexOf(10, from)) {
      lines.push(String(Buffer.concat([...rest, chunk.subarray(from, to)])))
      rest = []
      bytes = 0
      from = to + 1
    }
    if (from < chunk.length) rest.push(chunk.subarray(from))
    bytes += chunk.length - from
    if (bytes > bytesOfLineAtMost) {
      rest = []
      bytes = 0
      tooLong()
    }
    return lines
  }
}

/** The last error that it printed on stderr, or else its last lines, in one. */
function tail(child: ChildProcess): () => string {
  let text = ""
  child.stderr?.on("data", (chunk: Buffer) => {
    text = (text + String(chunk)).slice(-4000)
  })
  return () => {
    const lines = text.split("\n").map((line) => line.trim())
    const error = lines.findLast((line) => /^[\w.]*(Error|Exception|Fault)\b/.test(line))
    return (error ?? lines.filter(Boolean).slice(-2).join(" / ")).slice(0, 300)
  }
}
