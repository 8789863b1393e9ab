// Arguments to commands, and what becomes of errors: whose fault an error is decides the exit code.
import { Command, CommanderError, Option } from "commander"
import { pipelines, testRunners } from "../init/plan.ts"
import { dialectNames } from "../protocol/realtime/dialects.ts"
import { defaultReporters, reporterHelp } from "../report/reporters.ts"
import { UsageFault } from "../runner/faults.ts"
import { AdapterFault } from "../runner/validate-adapter.ts"
import { ScenarioFault } from "../script/scenario.ts"
import { InstallFault } from "../subjects/index.ts"
import { type CheckLogOptions, checkLogs } from "./check.ts"
import { addCompletion } from "./complete.ts"
import { addDiff } from "./diff.ts"
import { explainInvariant } from "./explain.ts"
import { addFuzzing } from "./fuzz-commands.ts"
import { type InitOptions, init } from "./init.ts"
import { type ListOptions, list, listable } from "./list.ts"
import { addRecord } from "./record.ts"
import { addReport } from "./report.ts"
import { type RunOptions, run } from "./run.ts"
import { addServe } from "./serve.ts"
import { withConfig } from "./settings.ts"
import { installSubjects, listSubjects } from "./subjects.ts"
import { asksForARun, changesIn, playOnEveryChange } from "./watch.ts"

export const exitCodes = { expected: 0, failed: 1, usage: 2, broken: 3 } as const

/** Runs one command line (without node and script) and gives its exit code. */
export async function main(args: readonly string[]): Promise<number> {
  let code: number = exitCodes.expected
  const program = describe((next) => {
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

const collect = (value: string, before: readonly string[] | undefined) => [...(before ?? []), value]

function describe(done: (code: number) => void): Command {
  const program = new Command("rtspec")
    .description("Conformance tests for clients of the OpenAI Realtime API and of Responses over WebSocket.")
    .exitOverride()
    .showHelpAfterError("(rtspec --help shows all commands)")
    .configureHelp({ showGlobalOptions: true })
  program
    .command("run")
    .description("play scenarios against subjects and judge what they do")
    .option(
      "--subject <glob>",
      "subjects by name or name@version; repeatable (default: reference and openai-agents)",
      collect,
    )
    .option("--scenario <glob>", "scenarios by id; repeatable (default: all)", collect)
    .option("--adapter <file>", "a client of your own: a module that exports `adapter`")
    .option("--ledger <file>", "expected failures of a client of your own, each with its reason")
    .option("--config <file>", "rtspec.config.ts of your project (default: the one in this folder)")
    .option("--strict", "let SHOULD steps and merely plausible server behaviour fail a case", false)
    .option("--jobs <n>", "subjects at a time (default: the number of cores)", wholeNumber)
    .option("--seed <seed>", "seed of all chance", "1")
    .addOption(
      new Option("--transport <kind>", "how clients reach the server")
        .choices(["memory", "loopback"])
        .default("memory"),
    )
    .addOption(
      new Option("--dialect <name>", "whose server the scripted one is").choices([...dialectNames]).default("openai"),
    )
    .option("--out <dir>", "folder of the report", "reports/latest")
    .option("--reporter <list>", reporterHelp, defaultReporters)
    .addOption(new Option("--traces <which>", "whose traces are kept").choices(["failed", "all"]).default("failed"))
    .option("--shard <i/n>", "play the i-th of n parts; rtspec report puts them together")
    .option("--update-ledger", "propose a ledger line for each failure that is news; a person must give reasons", false)
    .option("--all-failures", "print the whole page of expected failures, too", false)
    .option("--watch", "run again whenever a file of this folder changes", false)
    .addHelpText("after", runExamples)
    .action(async (options: RunOptions & { watch: boolean }, command: Command) => {
      const play = async () => run(await withConfig(options, (name) => command.getOptionValueSource(name) === "cli"))
      done(options.watch ? await watchAndRun(options.out, () => play().catch(explain)) : await play())
    })
  addFuzzing(program, done)
  addReport(program, done)
  addDiff(program, done)
  program
    .command("list")
    .description("show what there is")
    .argument("<what>", `one of ${listable.join(", ")}`)
    .option("--json", "as JSON", false)
    .addHelpText("after", "\nExamples:\n  rtspec list scenarios\n  rtspec list subjects --json")
    .action((what: string, options: ListOptions) => list(what, options))
  program
    .command("explain")
    .description("what an invariant asks for, why, when it is fair, and how clients get it wrong")
    .argument("<invariant>", "its id, as failures name it")
    .action((id: string) => explainInvariant(id))
  const real = program
    .command("subjects")
    .description("the real clients that rtspec can drive, and which are installed")
    .option("--json", "as JSON", false)
    .action((options: { json: boolean }) => listSubjects(options))
  real
    .command("install")
    .description("fetch real clients that do not come with rtspec into a cache of yours")
    .argument("[globs...]", "NAME, NAME@VERSION or globs of them (default: all)")
    .addHelpText("after", "\nExamples:\n  rtspec subjects install\n  rtspec subjects install 'livekit-realtime@1.*'")
    .action((globs: string[]) => installSubjects(globs))
  program
    .command("init")
    .description("write what a project needs to test a client of its own")
    .option("--name <name>", "the client's name in reports (default: the package's)")
    .addOption(new Option("--protocol <name>", "what it speaks").choices(["realtime", "responses"]))
    .addOption(new Option("--tests <runner>", "scenarios as tests of").choices([...testRunners]))
    .addOption(new Option("--ci <kind>", "a pipeline for").choices([...pipelines]))
    .option("--yes", "ask nothing", false)
    .addHelpText(
      "after",
      "\nExamples:\n  rtspec init\n  rtspec init --yes --protocol responses --tests vitest --ci gitlab",
    )
    .action((options: InitOptions) => init(options))
  program
    .command("check")
    .description("judge recorded wire logs: who broke which rule, and where; no client needed")
    .argument("<logs...>", "wire logs, HARs, or `→ SEND type` lines; - for standard input")
    .addOption(
      new Option("--dialect <name>", "whose server it was (default: told from the log)").choices([...dialectNames]),
    )
    .addOption(new Option("--protocol <name>", "default: told from the log").choices(["realtime", "responses"]))
    .option("--fields <list>", "how the log calls its fields: side=direction,event=payload,client=out,server=in")
    .option("--json", "as JSON", false)
    .addHelpText("after", "\nExamples:\n  rtspec check call.ndjson\n  rtspec check --json *.har | jq '.[].verdict'")
    .action(async (logs: string[], options: CheckLogOptions) => done(await checkLogs(logs, options)))
  addRecord(program, done)
  addServe(program, done)
  addCompletion(program)
  for (const command of [...program.commands, ...real.commands]) command.exitOverride()
  return program
}

const runExamples = `
Examples:
  rtspec run                                          the main job: the clients that come with rtspec
  rtspec run --subject 'openai-agents@0.8.0'          one version of one client
  rtspec run --subject 'mutant/*'                     clients with planted bugs; each must be caught
  rtspec run --scenario 'timeout/*' --strict          one room, SHOULD included
  rtspec run --subject reference --dialect azure      the same scenarios from another server
  rtspec run --adapter ./my-client.adapter.ts         your own client
  rtspec run --watch                                  the client of rtspec.config.ts, again after every change`

/** Until Ctrl-C between two runs; within one, the run itself is interrupted. */
async function watchAndRun(out: string, play: () => Promise<number>): Promise<number> {
  const stop = new AbortController()
  process.on("SIGINT", () => stop.abort())
  async function* changes() {
    for await (const path of changesIn(process.cwd(), stop.signal)) if (asksForARun(path, out)) yield path
  }
  return playOnEveryChange(changes(), play)
}

function wholeNumber(text: string): number {
  const number = Number(text)
  if (!Number.isInteger(number) || number < 1)
    throw new UsageFault(`--jobs takes a whole number from 1, not "${text}".`)
  return number
}
