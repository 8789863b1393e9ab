// Every command line that a page of this repository shows, or a command's own help, is one that rtspec understands, and the
// scenarios, clients, invariants and files that it names are there. examples.test.ts runs them.
import { execFileSync, spawnSync } from "node:child_process"
import { existsSync, readFileSync } from "node:fs"
import { dirname, join, relative } from "node:path"
import type { Command, Option } from "commander"
import { describe, expect, it } from "vitest"
import { parse } from "yaml"
import { subjects } from "../../adapters/index.ts"
import { scenarios } from "../../scenarios/index.ts"
import { invariants } from "../checks/all.ts"
import { parseReporters } from "../report/reporters.ts"
import { readRegressions } from "../runner/regressions.ts"
import { select } from "../runner/select.ts"
import { helped, pages, program, root, shown, words } from "./documents-for-tests.ts"

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

/** Every string under `run` or in a `script` of a pipeline. */
function scriptsIn(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(scriptsIn)
  if (typeof value !== "object" || value === null) return []
  return Object.entries(value).flatMap(([name, inner]) =>
    (name === "run" || name === "script") && inner ? [inner].flat().map(String) : scriptsIn(inner),
  )
}

describe("the pipelines", () => {
  it.each([
    "harness/init/templates/github.yml",
    "harness/init/templates/gitlab.yml",
    ".github/actions/rtspec/action.yml",
    ".github/workflows/ci.yml",
  ])("of %s are YAML with scripts that a shell reads, and run commands that rtspec understands", (file) => {
    const scripts = scriptsIn(parse(readFileSync(join(root, file), "utf8"), { strict: true, uniqueKeys: true }))
    expect(scripts.length).toBeGreaterThan(0)
    for (const script of scripts) execFileSync("bash", ["-n"], { input: script, stdio: ["pipe", "pipe", "pipe"] })
    const lines = scripts.flatMap((script) => [...script.matchAll(/npx rtspec (.*)/g)].map(([, line = ""]) => line))
    expect(lines.length).toBe(file.endsWith("ci.yml") && !file.includes("gitlab") ? 0 : 1)
    for (const line of lines) expect(wrongWith(line.replace(" $ARGUMENTS", ""), root)).toBeUndefined()
    for (const line of lines) expect(() => parseReporters(/--reporter (\S+)/.exec(line)?.[1] ?? "")).not.toThrow()
  })

  it("of the action give globs to rtspec as they are, and end as it ends", () => {
    const { runs } = parse(readFileSync(join(root, ".github/actions/rtspec/action.yml"), "utf8"))
    // In the place of npx: says what it was given, and fails as a gate does.
    const given = `npx() { printf '%s\\n' "$@"; return 1; }\n${runs.steps[0].run}`
    const options = {
      env: { ...process.env, ARGUMENTS: "--scenario READ* --strict" },
      cwd: root,
      encoding: "utf8",
    } as const
    const { stdout, status } = spawnSync("bash", ["-e", "-c", given], options)
    expect(stdout.split("\n").slice(4, 7)).toEqual(["--scenario", "READ*", "--strict"])
    expect(status).toBe(1)
  })
})

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
