// The runner's end of a subject's own process: starts it, sends it cases, and turns whatever becomes of the process into
// an answer.
import { type ChildProcess, fork } from "node:child_process"
import { createRequire } from "node:module"
import { extname } from "node:path"
import { fileURLToPath, pathToFileURL } from "node:url"
import { HarnessFault, UsageFault } from "./faults.ts"
import type { AboutAdapter, BatchMessage, CaseMessage, FromSubject, OpenMessage } from "./messages.ts"
import type { Outcome } from "./outcome.ts"
import type { CaseResult } from "./result.ts"
import { realWatchdog, type Watchdog } from "./watchdog.ts"

/** How the process was lost: it ended by itself, by a signal, or kept busy until the watchdog killed it. */
export interface Lost {
  readonly lost: "exit" | "killed" | "endless-loop"
  readonly message: string
  /** The exit code, where it ended by itself. */
  readonly code?: number
}

export interface SubjectProcess {
  readonly about: AboutAdapter
  /** Sends a case; whatever comes of the process while it runs is the answer. */
  run(message: CaseMessage): Promise<CaseResult | Lost>
  /** Sends many generated cases. Which of them the process was lost in, if it was, is not known. */
  runBatch(message: BatchMessage): Promise<readonly Outcome[] | Lost>
  /** The same process with another subject, where that is one that leaves nothing of itself in it. What was asked of this
   * one and is not answered yet is answered first. */
  reopen(open: OpenMessage): Promise<SubjectProcess | string>
  stop(): void
}

export interface ProcessOptions {
  readonly hostFile: string
  readonly limitMs: number
  readonly watchdog: Watchdog
  /** Aborting ends the process while it is being opened: large clients take long. */
  readonly signal?: AbortSignal | undefined
}

/** Beside this file: TypeScript in a checkout, JavaScript in a package. */
export const defaultHost = fileURLToPath(new URL(`./host${extname(import.meta.url)}`, import.meta.url))

/** Larger young generation: a case makes much garbage and keeps none. */
const nodeFlags = ["--max-semi-space-size=32", "--no-warnings"]

/** By its full name: as a bare word Node would look for it from the user's folder, not from ours. */
const loaderUrl = () => pathToFileURL(createRequire(import.meta.url).resolve("tsx")).href

/** Starts the process and opens the subject. Resolves to a sentence when the subject cannot be used. */
export async function startSubject(open: OpenMessage, options: ProcessOptions): Promise<SubjectProcess | string> {
  const isTypeScript = [options.hostFile, open.adapterFile].some((file) => file?.endsWith("ts"))
  const loader = isTypeScript ? ["--import", loaderUrl()] : []
  const child = fork(options.hostFile, [], {
    execArgv: [...nodeFlags, ...loader],
    serialization: "advanced",
    stdio: ["ignore", "pipe", "pipe", "ipc"],
  })
  return openIn({ child, stop: endWithUs(child), output: tail(child) }, open, options)
}

interface Living {
  readonly child: ChildProcess
  stop(): void
  /** The end of what it printed. */
  output(): string
}

async function openIn(living: Living, open: OpenMessage, options: ProcessOptions): Promise<SubjectProcess | string> {
  const { child, stop, output } = living
  options.signal?.addEventListener("abort", stop, { once: true })
  const ready = await answerOf(child, options, ({ type }) => type === "ready" || type === "unusable", open)
  options.signal?.removeEventListener("abort", stop)
  if ("lost" in ready || ready.type !== "ready") stop()
  if ("lost" in ready) return withOutput(`its process was lost while it was opened: ${ready.message}`, output())
  if (ready.type === "unusable") return ready.because
  if (ready.type !== "ready") throw new HarnessFault(`a subject's process opened with ${ready.type}`)
  const { name, version, protocol, can } = ready
  return {
    about: { name, version, protocol, can },
    async run(message) {
      const answer = await answerOf(
        child,
        options,
        (each) => each.type === "result" && each.number === message.number,
        message,
      )
      if ("lost" in answer) return { ...answer, message: withOutput(answer.message, output()) }
      if (answer.type !== "result") throw new HarnessFault(`a subject's process answered a case with ${answer.type}`)
      return answer.result
    },
    async runBatch(message) {
      const fits = (each: FromSubject) => each.type === "outcomes" && each.number === message.number
      const answer = await answerOf(child, options, fits, message)
      if ("lost" in answer) return { ...answer, message: withOutput(answer.message, output()) }
      if (answer.type !== "outcomes") throw new HarnessFault(`a subject's process answered a batch with ${answer.type}`)
      return answer.outcomes
    },
    reopen: (next) => openIn(living, next, options),
    stop,
  }
}

const alive = new Map<ChildProcess, () => void>()
process.on("exit", () => {
  for (const [child, endProgram] of alive) {
    child.kill("SIGKILL")
    endProgram()
  }
})

/** Gives what ends the program that the process has told of last, if that runs. */
function programOf(child: ChildProcess): () => void {
  let pid: number | undefined
  child.on("message", (message) => {
    if (isAnswer(message) && message.type === "program") pid = message.pid
  })
  return () => {
    if (pid === undefined) return
    try {
      process.kill(pid, "SIGKILL")
    } catch {
      // It has ended by itself.
    }
    pid = undefined
  }
}

/** No process outlives the runner, however it ends: one that loops for ever does not notice that its channel has closed.
 * Nor does the program that it has started, where the subject is one: killed, it cannot end that itself. */
function endWithUs(child: ChildProcess): () => void {
  const endProgram = programOf(child)
  const forget = () => {
    alive.delete(child)
    endProgram()
  }
  alive.set(child, endProgram)
  child.once("exit", forget)
  // Errors of the channel and of starting; answerOf() hears them, too, while it waits.
  child.on("error", () => {
    if (child.pid === undefined) forget()
  })
  return () => void child.kill("SIGKILL")
}

/** Name, version and protocol of an adapter file, asked in a process of its own: imported here, the subject would see the
 * real clock and network. Throws UsageFault when it cannot be used. */
export async function describeAdapter(adapterFile: string): Promise<AboutAdapter> {
  const open: OpenMessage = { type: "open", subject: "own", version: "", transport: "memory", adapterFile }
  const options = { hostFile: defaultHost, limitMs: 20_000, watchdog: realWatchdog }
  const started = await startSubject(open, options)
  if (typeof started === "string") throw new UsageFault(`the adapter ${adapterFile} cannot be used: ${started}`)
  started.stop()
  return started.about
}

/** Sends `message` and waits for the answer that fits, the end of the process, or the watchdog. */
function answerOf(
  child: ChildProcess,
  { limitMs, watchdog }: ProcessOptions,
  fits: (message: FromSubject) => boolean,
  message: OpenMessage | CaseMessage | BatchMessage,
): Promise<FromSubject | Lost> {
  return new Promise((resolve) => {
    const settle = (answer: FromSubject | Lost) => {
      callOff()
      child.off("message", onMessage)
      child.off("exit", onExit)
      child.off("error", onError)
      resolve(answer)
    }
    const onMessage = (answer: unknown) => {
      if (!isAnswer(answer)) return
      if (fits(answer)) return settle(answer)
      if (answer.type !== "starting") return
      callOff()
      callOff = bearFor(answer.withinMs + limitMs)
    }
    const onExit = (code: number | null, signal: string | null) => settle(ended(code, signal))
    const onError = ({ message }: Error) => {
      child.kill("SIGKILL")
      settle({ lost: "exit", message: `the process could not be reached: ${message}` })
    }
    const bearFor = (ms: number) =>
      watchdog(ms, () => {
        child.kill("SIGKILL")
        settle({ lost: "endless-loop", message: `nothing came of the process for ${ms / 1000} s of real time` })
      })
    let callOff = bearFor(limitMs)
    child.on("message", onMessage)
    child.on("exit", onExit)
    child.on("error", onError)
    if (child.exitCode !== null || child.signalCode !== null) onExit(child.exitCode, child.signalCode)
    else child.send(message)
  })
}

const ended = (code: number | null, signal: string | null): Lost =>
  signal === null
    ? { lost: "exit", message: `the process ended with code ${code}`, ...(code === null ? {} : { code }) }
    : { lost: "killed", message: `the process was ended by ${signal}` }

/** A subject may send what it likes on the same channel: `process.send("ready")` is what process managers wait for. */
const isAnswer = (message: unknown): message is FromSubject =>
  typeof message === "object" && message !== null && "type" in message

const withOutput = (sentence: string, output: string) =>
  output === "" ? sentence : `${sentence}; it had printed: ${output}`

/** The last error that the process printed, or else its last lines, in one line. */
function tail(child: ChildProcess): () => string {
  let text = ""
  const keep = (chunk: Buffer) => {
    text = (text + String(chunk)).slice(-4000)
  }
  child.stdout?.on("data", keep)
  child.stderr?.on("data", keep)
  return () => {
    const lines = text.split("\n").map((line) => line.trim())
    const said = lines.filter((line) => line !== "" && !line.startsWith("at "))
    const from = said.findLastIndex((line) => /^\w*(Error|Fault)\b/.test(line))
    return (from < 0 ? said.slice(-4) : said.slice(from, from + 2)).join(" / ").slice(0, 300)
  }
}
