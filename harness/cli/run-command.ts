// `rtspec run` on the command line: its flags, and watching.
import { type Command, Option } from "commander"
import { dialectNames } from "../protocol/realtime/dialects.ts"
import { defaultReporters, reporterHelp } from "../report/reporters.ts"
import { UsageFault } from "../runner/faults.ts"
import { type RunOptions, run } from "./run.ts"
import { withConfig } from "./settings.ts"
import { asking, changesIn, playOnEveryChange } from "./watch.ts"

const collect = (value: string, before: readonly string[] | undefined) => [...(before ?? []), value]

/** `explain` tells a person of an error, and gives its exit code: a mistake while watching does not end the watch. */
export function addRun(program: Command, done: (code: number) => void, explain: (error: unknown) => number): void {
  program
    .command("run")
    .description("play scenarios against subjects and judge what they do")
    .option(
      "--subject <glob>",
      "subjects by name or name@version; repeatable (default: those that come with rtspec)",
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
      new Option("--dialect <name>", "whose server the scripted one is (default: the client's own)").choices([
        ...dialectNames,
      ]),
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
      let { out } = options
      const play = async () => {
        const wished = await withConfig(options, (name) => command.getOptionValueSource(name) === "cli")
        out = wished.out
        return run(wished)
      }
      const playAndTell = async () => {
        const code = await play().catch(explain)
        console.log("watching: the next change of a source plays again, Ctrl-C ends")
        return code
      }
      done(options.watch ? await watchAndRun(() => out, playAndTell) : await play())
    })
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
async function watchAndRun(out: () => string, play: () => Promise<number>): Promise<number> {
  const stop = new AbortController()
  const onInterrupt = () => stop.abort()
  process.on("SIGINT", onInterrupt)
  const code = await playOnEveryChange(asking(changesIn(process.cwd(), stop.signal), out), play)
  process.off("SIGINT", onInterrupt)
  return code
}

function wholeNumber(text: string): number {
  const number = Number(text)
  if (!Number.isInteger(number) || number < 1)
    throw new UsageFault(`--jobs takes a whole number from 1, not "${text}".`)
  return number
}
