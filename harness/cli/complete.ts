// `rtspec complete SHELL`: completion of commands and flags, and of the names of subjects and scenarios.
import { readFileSync } from "node:fs"
import tab from "@bomb.sh/tab/commander"
import { type Command, CommanderError } from "commander"
import { subjects } from "../../adapters/index.ts"
import { scenarios } from "../../scenarios/index.ts"

type Offer = (value: string, description: string) => void

const offers: Readonly<Record<string, (offer: Offer) => void>> = {
  subject: (offer) => {
    for (const { name, version, protocol } of subjects) offer(`${name}@${version}`, protocol)
  },
  scenario: (offer) => {
    for (const { id, title } of scenarios) offer(id, title)
  },
}

/** Adds the command; call it when all others are there. */
export function addCompletion(program: Command): void {
  const completion = tab(program)
  for (const { options } of completion.commands.values())
    for (const [name, offer] of Object.entries(offers)) {
      const option = options.get(name)
      if (option) option.handler = offer
    }
  program.commands
    .find((command) => command.name() === "complete")
    ?.description("a script by which your shell completes commands, flags, clients and scenarios")
    .addHelpText("after", "\nExamples:\n  rtspec complete bash >> ~/.bashrc\n  rtspec complete zsh > ~/.zfunc/_rtspec")
    .hook("preAction", (_, { args }) => {
      // `complete -- bash` asks for what can stand in the place of "bash".
      const raw: unknown = Reflect.get(program, "rawArgs")
      const isQuestion = Array.isArray(raw) && raw.includes("--")
      if (args[0] === "bash" && !isQuestion) throw new CommanderError(0, "rtspec.complete", tellBash())
    })
}

/** The library's own script needs the package bash-completion, and cannot be read twice. */
function tellBash(): string {
  console.log(readFileSync(new URL("./complete.bash", import.meta.url), "utf8").trimEnd())
  return "told"
}
