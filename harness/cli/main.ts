// Arguments to commands, and what becomes of errors: whose fault an error is decides the exit code.
import { Command, CommanderError } from "commander"
import { UsageFault } from "../runner/faults.ts"
import { AdapterFault } from "../runner/validate-adapter.ts"
import { ScenarioFault } from "../script/scenario.ts"
import { InstallFault } from "../subjects/index.ts"
import { addCheck } from "./check.ts"
import { addCompletion } from "./complete.ts"
import { addDiff } from "./diff.ts"
import { addExplain } from "./explain.ts"
import { addFuzzing } from "./fuzz-commands.ts"
import { addInit } from "./init.ts"
import { addList } from "./list.ts"
import { addRecord } from "./record.ts"
import { addReport } from "./report.ts"
import { addRun } from "./run-command.ts"
import { addServe } from "./serve.ts"
import { addShrink } from "./shrink.ts"
import { addSubjects } from "./subjects.ts"

export const exitCodes = { expected: 0, failed: 1, usage: 2, broken: 3 } as const

/** Runs one command line (without node and script) and gives its exit code. */
export async function main(args: readonly string[]): Promise<number> {
  let code: number = exitCodes.expected
  const program = allCommands((next) => {
    code = next
  })
  try {
    await program.parseAsync([...args], { from: "user" })
    return code
  } catch (error) {
    return explain(error)
  }
}

function explain(error: unknown): number {
  // Commander has printed its own message, a suggestion included.
  if (error instanceof CommanderError) return error.exitCode === 0 ? exitCodes.expected : exitCodes.usage
  if (
    error instanceof InstallFault ||
    error instanceof UsageFault ||
    error instanceof ScenarioFault ||
    error instanceof AdapterFault
  ) {
    console.error(`rtspec: ${error.message}`)
    return exitCodes.usage
  }
  console.error("rtspec itself failed; please report this:", error)
  return exitCodes.broken
}

const examples = `
Examples:
  rtspec init                        begin with a client of your own
  rtspec run --watch                 play it again after every change
  rtspec list scenarios              what a client must live through
  rtspec fuzz --subject reference    stories that nobody wrote
  rtspec check call.ndjson           who broke which rule in a recorded session`

/** Every command with its options; `done` is told the exit code. */
export function allCommands(done: (code: number) => void): Command {
  const program = new Command("rtspec")
    .description("Conformance tests for clients of the OpenAI Realtime API and of Responses over WebSocket.")
    .exitOverride()
    .showHelpAfterError("(rtspec --help shows all commands)")
    .configureHelp({ showGlobalOptions: true })
    // Heard by picocolors, which looks at the command line itself.
    .option("--no-color", "no colours, as where NO_COLOR is set")
    .addHelpText("after", examples)
  addRun(program, done, explain)
  addFuzzing(program, done)
  addShrink(program, done)
  addReport(program, done)
  addDiff(program, done)
  addList(program)
  addExplain(program)
  addSubjects(program)
  addInit(program)
  addCheck(program, done)
  addRecord(program, done)
  addServe(program, done)
  addCompletion(program)
  for (const command of program.commands) for (const each of [command, ...command.commands]) each.exitOverride()
  return program
}
