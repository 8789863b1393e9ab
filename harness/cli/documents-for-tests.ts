// What the pages of this repository, and the commands' own help, show: commands, and blocks of code.
import { readdirSync, readFileSync } from "node:fs"
import { join, resolve } from "node:path"
import type { Command } from "commander"
import { allCommands } from "./main.ts"

export const root = resolve(import.meta.dirname, "../..")
const skipped = ["node_modules", "dist", "dist.part", "coverage", ".git", ".rtspec", "latest"]
/** Made by `npm run matrix`; a test of their own holds them to what they are made of. */
const made = ["reports/clients.md", "reports/siblings.md"]

export const pages = readdirSync(root, { recursive: true, encoding: "utf8" })
  .filter((path) => path.endsWith(".md") && !path.endsWith("notes.md") && !made.includes(path))
  .filter((path) => !path.split(/[/\\]/).some((part) => skipped.includes(part)))
  .sort()

export interface Shown {
  readonly where: string
  /** Without `npx` and `rtspec`. */
  readonly line: string
}

export interface Block {
  readonly page: string
  readonly language: string
  readonly text: string
}

const textOf = (page: string) => readFileSync(join(root, page), "utf8")

export const blocks: readonly Block[] = pages.flatMap((page) =>
  [...textOf(page).matchAll(/^ *```(\w*)\n([\s\S]*?)^ *```/gm)].map(([, language = "", text = ""]) => ({
    ...{ page, language, text },
  })),
)

/** In a block of shell, or of what a terminal showed, or between backticks; up to a remark or the end of the line. */
function commandsIn(text: string): string[] {
  const blocks = [...text.matchAll(/^ *```\w*\n([\s\S]*?)^ *```/gm)].map(([, block = ""]) => block).join("\n")
  const inBlocks = [...blocks.matchAll(/^[ $]*(?:npx )?rtspec (.*)$/gm)].map(([, rest = ""]) => rest)
  const inWords = [...text.matchAll(/`(?:npx )?rtspec ([^`]+)`/g)].map(([, rest = ""]) => rest.replaceAll("\n", " "))
  return [...new Set([...inBlocks, ...inWords].map((rest) => rest.split(/\s#\s|\s{2,}/)[0]?.trim() ?? ""))]
}

export const shown: readonly Shown[] = pages.flatMap((page) =>
  commandsIn(textOf(page)).map((line) => ({ where: page, line })),
)

const withChildren = (command: Command): Command[] => [command, ...command.commands.flatMap(withChildren)]

export const program = allCommands(() => {})

export const helped: readonly Shown[] = withChildren(program).flatMap((command) => {
  const written: string[] = []
  command.configureOutput({ writeOut: (text) => void written.push(text) }).outputHelp()
  const [, examples = ""] = written.join("").split("Examples:\n")
  return commandsIn(`\`\`\`\n${examples}\n\`\`\``).map((line) => ({ where: `rtspec ${command.name()} --help`, line }))
})

/** As a shell parts a line. */
export const words = (line: string): string[] =>
  [...line.matchAll(/'([^']*)'|"([^"]*)"|(\S+)/g)].map(([, one, two, three]) => one ?? two ?? three ?? "")
