// Whatever a subject does to its process while a case runs is a sighting in the trace: an uncaught exception, an unhandled
// rejection, an exit. Outside a case it is printed, and an exit happens.
import { noteError } from "../trace/error-note.ts"
import type { Recorder } from "../trace/recorder.ts"

export interface Crashes {
  /** From here on crashes are recorded there; undefined: no case is running. */
  recordIn(recorder: Recorder | undefined): void
  /** Listeners on the process, of the events that clean-up code listens to. */
  listeners(): number
}

const watched = ["SIGINT", "SIGTERM", "exit", "beforeExit", "uncaughtException", "unhandledRejection"] as const

export function catchCrashes(): Crashes {
  const exit = process.exit.bind(process)
  let recorder: Recorder | undefined
  const crash = (how: "uncaught-exception" | "unhandled-rejection" | "exit", error: unknown) => {
    if (recorder) recorder.record({ lane: "app", kind: "crash", how, error: noteError(error) })
    else console.error(`${how} outside a case:`, error)
  }
  process.on("uncaughtException", (error) => crash("uncaught-exception", error))
  process.on("unhandledRejection", (reason) => crash("unhandled-rejection", reason))
  process.exit = (code) => {
    if (!recorder) return exit(code)
    crash("exit", new Error(`process.exit(${code ?? ""})`))
    throw new Error("the subject called process.exit(); rtspec keeps the process")
  }
  return {
    recordIn: (next) => {
      recorder = next
    },
    listeners: () => watched.reduce((count, name) => count + process.listenerCount(name), 0),
  }
}
