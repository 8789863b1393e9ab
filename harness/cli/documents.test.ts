// Every command line that a page of this repository shows, or a command's own help, is one that rtspec understands, and the
// scenarios, clients, invariants and files that it names are there.
import { existsSync, readdirSync, readFileSync } from "node:fs"
import { dirname, join, relative, resolve } from "node:path"
import type { Command, Option } from "commander"
import { describe, expect, it } from "vitest"
import { subjects } from "../../adapters/index.ts"
import { scenarios } from "../../scenarios/index.ts"
import { invariants } from "../checks/all.ts"
import { readRegressions } from "../runner/regressions.ts"
import { select } from "../runner/select.ts"
import { allCommands } from "./main.ts"

const root = resolve(import.meta.dirname, "../..")
const skipped = ["node_modules", "dist", "dist.part", "coverage", ".git", ".rtspec", "reports"]

const pages = readdirSync(root, { recursive: true, encoding: "utf8" })
  .filter((path) => path.endsWith(".md") && !path.endsWith("notes.md"))
  .filter((path) => !path.split(/[/\\]/).some((part) => skipped.includes(part)))
  .sort()

/** In a block of shell, or of what a terminal showed, or between backticks; up to a remark or the end of the line. */
function commandsIn(text: string): string[] {
  const blocks = [...text.matchAll(/^ *```\w*\n([\s\S]*?)^ *```/gm)].map(([, block = ""]) => block).join("\n")
  const inBlocks = [...blocks.matchAll(/^[ $]*(?:npx )?rtspec (.*)$/gm)].map(([, rest = ""]) => rest)
  const inWords = [...text.matchAll(/`(?:npx )?rtspec ([^`]+)`/g)].map(([, rest = ""]) => rest.replaceAll("\n", " "))
  return [...new Set([...inBlocks, ...inWords].map((rest) => rest.split(/\s#\s|\s{2,}/)[0]?.trim() ?? ""))]
}

const shown = pages.flatMap((page) =>
  commandsIn(readFileSync(join(root, page), "utf8")).map((line) => ({ where: page, line })),
)
const program = allCommands(() => {})
const withChildren = (command: Command): Command[] => [command, ...command.commands.flatMap(withChildren)]
const helped = withChildren(program).flatMap((command) => {
  const written: string[] = []
  command.configureOutput({ writeOut: (text) => void written.push(text) }).outputHelp()
  const [, examples = ""] = written.join("").split("Examples:\n")
  return commandsIn(`\`\`\`\n${examples}\n\`\`\``).map((line) => ({ where: `rtspec ${command.name()} --help`, line }))
})

const words = (line: string) =>
  [...line.matchAll(/'([^']*)'|"([^"]*)"|(\S+)/g)].map(([, one, two, three]) => one ?? two ?? three ?? "")
/** A word that stands for another: GLOB, NAME@VERSION, I/N, <file>, `azure|beta`, … */
const isPlaceholder = (word: string) => /^(<.*>|[A-Z@/….]+|.*[…|].*)$/.test(word)

/** What is wrong with a command line, in a sentence; undefined where nothing is. */
function wrongWith(line: string, folder: string): string | undefined {
  const [name = "", ...rest] = words(line)
  const top = program.commands.find((each) => each.name() === name)
  if (!top) return name.startsWith("-") ? undefined : `there is no command ${name}`
  const inner = top.commands.find((each) => each.name() === rest[0])
  return wrongArguments(inner ?? top, inner ? rest.slice(1) : rest, folder)
}

function wrongArguments(command: Command, [word, ...rest]: readonly string[], folder: string): string | undefined {
  if (word === undefined) return undefined
  if (!word.startsWith("-")) return wrongFile(command, word, folder) ?? wrongArguments(command, rest, folder)
  const [flag = "", given] = word.split("=", 2)
  const option = command.options.find(({ long, short }) => long === flag || short === flag)
  if (!option) return flag === "--help" ? undefined : `${command.name()} has no option ${flag}`
  if (!option.required && !option.optional) return wrongArguments(command, rest, folder)
  const value = given ?? rest[0]
  if (value === undefined) return `${flag} has no value`
  return (
    wrongValue(option, value, folder) ?? wrongArguments(command, given === undefined ? rest.slice(1) : rest, folder)
  )
}

const stories = [...scenarios, ...readRegressions().map(({ scenario }) => scenario)]

function wrongValue({ long, argChoices }: Option, value: string, folder: string): string | undefined {
  if (isPlaceholder(value)) return undefined
  if (argChoices && !argChoices.includes(value)) return `${long} takes ${argChoices.join(", ")}, not ${value}`
  if (long === "--scenario") return missing(() => select("scenario", stories, [value], ({ id }) => [id]))
  if (long === "--subject" || long === "--against")
    return missing(() => select("subject", subjects, [value], ({ name, version }) => [name, `${name}@${version}`]))
  if (long === "--invariant") return missing(() => select("invariant", invariants, [value], ({ id }) => [id]))
  return long === "--adapter" ? wrongPath(value, folder) : undefined
}

function wrongFile(command: Command, word: string, folder: string): string | undefined {
  if (command.name() === "explain" && !isPlaceholder(word))
    return missing(() => select("invariant", invariants, [word], ({ id }) => [id]))
  return wrongPath(word, folder)
}

/** Only of what is said to lie in this repository: a reader's own files are theirs. */
const wrongPath = (word: string, folder: string) =>
  /^(adapters|fixtures|harness|scenarios)\/[^*]*\.\w+$/.test(word) &&
  ![root, folder].some((from) => existsSync(join(from, word)))
    ? `there is no ${word}`
    : undefined

function missing(look: () => unknown): string | undefined {
  try {
    look()
    return undefined
  } catch (error) {
    return error instanceof Error ? error.message : String(error)
  }
}

describe("the pages of this repository", () => {
  it("are found, with commands in them", () => {
    expect(pages).toContain("README.md")
    expect(shown.filter(({ where }) => where === "README.md").length).toBeGreaterThan(10)
    expect(helped.length).toBeGreaterThan(20)
  })

  it("show commands that rtspec understands, about what is there", () => {
    const wrong = [...shown, ...helped].flatMap(({ where, line }) => {
      const complaint = wrongWith(line, where.endsWith(".md") ? join(root, dirname(where)) : root)
      return complaint === undefined ? [] : [`${where}: rtspec ${line}: ${complaint}`]
    })
    expect(wrong).toEqual([])
  })

  it("link to pages and files that are there", () => {
    const dead = pages.flatMap((page) => {
      const text = readFileSync(join(root, page), "utf8").replace(/```[\s\S]*?```/g, "")
      const links = [...text.matchAll(/\]\(([^)#\s]+)(?:#[^)]*)?\)/g)].map(([, to = ""]) => to)
      const own = links.filter((to) => !/^[a-z]+:/.test(to))
      return own.filter((to) => !existsSync(join(root, dirname(page), to))).map((to) => `${page} → ${to}`)
    })
    expect(dead).toEqual([])
  })

  it.each([
    ["runn --subject reference", "there is no command runn"],
    ["run --subjects reference", "run has no option --subjects"],
    ["run --scenario turn/no-such", 'no scenario is called "turn/no-such"'],
    ["run --subject nobody", 'no subject is called "nobody"'],
    ["run --transport tin-can", "--transport takes memory, loopback, not tin-can"],
    ["explain no-such-truth", 'no invariant is called "no-such-truth"'],
    ["replay fixtures/regressions/none.json", "there is no fixtures/regressions/none.json"],
    ["run --scenario", "--scenario has no value"],
  ])("would be found out for `rtspec %s`", (line, complaint) => {
    expect(wrongWith(line, root)).toContain(complaint)
  })

  it("have the README's adapter as the file has it that it names", () => {
    const file = "fixtures/adapters/bare-ws.ts"
    const code = readFileSync(join(root, file), "utf8").split("\n").slice(1).join("\n").trim()
    expect(readFileSync(join(root, "README.md"), "utf8"), relative(root, file)).toContain(code)
  })

  it("have the README's scenario as the catalogue has it", () => {
    const code = readFileSync(join(root, "scenarios/timeout/late-created-is-not-played.ts"), "utf8").trim()
    expect(readFileSync(join(root, "README.md"), "utf8")).toContain(code)
  })
})
