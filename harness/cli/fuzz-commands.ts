// The commands that generate stories, and the one that plays what they found again.
import { type Command, Option } from "commander"
import { UsageFault } from "../runner/faults.ts"
import { type ExploreOptions, explore } from "./explore.ts"
import { fuzz, milliseconds } from "./fuzz.ts"
import { type ReplayOptions, replay } from "./replay.ts"

const collect = (value: string, before: readonly string[] | undefined) => [...(before ?? []), value]

const whole = (option: string) => (text: string) => {
  const number = Number(text)
  if (!Number.isInteger(number) || number < 1)
    throw new UsageFault(`${option} takes a whole number from 1, not "${text}".`)
  return number
}

export function addFuzzing(program: Command, done: (code: number) => void): void {
  program
    .command("fuzz")
    .description("play generated stories against subjects, shrink what fails to a page, and keep it")
    .option("--subject <glob>", "subjects by name or name@version; repeatable (default: reference)", collect)
    .option("--seed <seed>", "what everything is drawn from (default: another each time; in CI the commit)")
    .option("--cases <n>", "so many cases a subject (default: 10000, where no --for is given)", whole("--cases"))
    .option("--for <time>", "so long for all subjects together, as 60s, 10m or 2h", milliseconds)
    .option("--until-new", "stop at the first failure that is not kept yet", false)
    .addOption(
      new Option("--faults <oracle>", "lawful: nothing a correct server and network would not do")
        .choices(["lawful", "hostile", "all"])
        .default("all"),
    )
    .option("--jobs <n>", "processes at a time (default: the number of cores)", whole("--jobs"))
    .addOption(
      new Option(
        "--corpus",
        "begin with the stories that showed something new in earlier runs, and keep those of this one",
      ).conflicts("against"),
    )
    .addOption(
      new Option(
        "--coverage",
        "steer by which code of the subject has run, too; a case costs several times as much",
      ).conflicts("against"),
    )
    .option("--against <glob>", "the same stories to this subject, too: what one passes and the other fails")
    .addHelpText("after", fuzzExamples)
    .action(async (options) => done(await fuzz(options)))
  program
    .command("explore")
    .description("play every story and interleaving up to a bound, no luck involved; goes on where it was left off")
    .requiredOption("--subject <glob>", "subjects by name or name@version; repeatable", collect)
    .option("--depth <n>", "steps of a story", whole("--depth"), 3)
    .option("--in-flight <n>", "requests that wait at a time", whole("--in-flight"), 2)
    .addOption(
      new Option("--faults <oracle>", "lawful: connections hold, and nothing else goes wrong")
        .choices(["lawful", "all"])
        .default("lawful"),
    )
    .option("--jobs <n>", "processes at a time (default: the number of cores)", whole("--jobs"))
    .option("--fresh", "begin again, whatever was run before", false)
    .addHelpText("after", "\nExamples:\n  rtspec explore --subject reference --depth 3")
    .action(async (options: ExploreOptions) => done(await explore(options)))
  program
    .command("replay")
    .description(
      "play a kept failure or a repro file again: FIXED, FAILED or BROKEN; or a wire log: same, or where it diverged",
    )
    .argument("<what>", "the id of a kept failure, a repro file, or a wire log")
    .option("--subject <glob>", "against these instead; repeatable", collect)
    .option("--adapter <file>", "against a client of your own: a module that exports `adapter`")
    .option("--config <file>", "rtspec.config.ts of your project, for its adapter (default: the one in this folder)")
    .option(
      "--mutate <n>",
      "of a wire log: so many times more, each with faults drawn from the seed",
      whole("--mutate"),
    )
    .option("--save <name>", "of a wire log: write a fixture and a scenario file of that name (room/what-happens)")
    .option("--seed <seed>", "of --mutate (default: 1)")
    .addHelpText("after", replayExamples)
    .action(async (what: string, options: ReplayOptions) => done(await replay(what, options)))
}

const fuzzExamples = `
Examples:
  rtspec fuzz --subject reference --for 60s           a minute of generated stories
  rtspec fuzz --subject 'mutant/*' --for 60s          clients with planted bugs; each must be found
  rtspec fuzz --subject openai-agents@0.8.0 --seed 7  the same stories every time`

const replayExamples = `
Examples:
  rtspec replay openai-agents-one-active-response-1a2b3c4d
  rtspec replay repro.json --subject 'openai-agents@*'
  rtspec replay call.ndjson --subject openai-agents@0.20.0 --mutate 200
  rtspec replay call.ndjson --adapter ./my-client.adapter.ts`
