// Command lines that cannot be: one sentence and exit code 2, before anything is run. And the command as it is installed.
import { execFile, execFileSync, spawn } from "node:child_process"
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import type { Command } from "commander"
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest"
import { resultsFile } from "../report/results.ts"
import { allCommands, main } from "./main.ts"

const bin = fileURLToPath(new URL("./bin.js", import.meta.url))
let folder = ""
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "rtspec-test-"))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

/** Runs a command line in this process; what it printed to stderr and stdout, and its code. */
async function command(...args: string[]) {
  let said = ""
  const hear = (text: unknown) => {
    said += String(text)
    return true
  }
  const spies = [
    vi.spyOn(process.stderr, "write").mockImplementation(hear),
    vi.spyOn(process.stdout, "write").mockImplementation(hear),
    vi.spyOn(console, "error").mockImplementation((...parts) => void hear(`${parts.join(" ")}\n`)),
    vi.spyOn(console, "log").mockImplementation((...parts) => void hear(`${parts.join(" ")}\n`)),
  ]
  try {
    return { code: await main(args), said }
  } finally {
    for (const spy of spies) spy.mockRestore()
  }
}

const quietly = { ...process.env, CI: "1", NO_COLOR: "1" }
const { NO_COLOR: _, ...colourful } = { ...quietly, FORCE_COLOR: "1" }

/** Runs the installed command. */
const installed = (...args: string[]) => installedIn(quietly, ...args)
const installedIn = (env: NodeJS.ProcessEnv, ...args: string[]) =>
  new Promise<{ code: number | string | null | undefined; out: string; error: string }>((resolve) => {
    execFile(process.execPath, [bin, ...args], { cwd: folder, env }, (fault, out, error) =>
      resolve({ code: fault ? fault.code : 0, out, error }),
    )
  })

/** Waits for what another process does; the test's own limit ends the wait. */
async function until(holds: () => boolean) {
  while (!holds()) await new Promise((resolve) => setTimeout(resolve, 10))
}

const countOfGroup = (pid: number) =>
  execFileSync("ps", ["-eo", "pgid,stat"], { encoding: "utf8" })
    .split("\n")
    .map((line) => line.trim().split(/\s+/))
    .filter(([group, state]) => group === String(pid) && !state?.startsWith("Z")).length

describe("wrong usage ends with code 2 and says what to do", () => {
  it.each([
    [["run", "--subjct", "reference"], "Did you mean --subject?"],
    [["rn"], "Did you mean run?"],
    [["run", "--transport", "pigeon"], "Allowed choices are memory, loopback"],
    [["run", "--jobs", "none"], '--jobs takes a whole number from 1, not "none".'],
    [["run", "--jobs", "0"], '--jobs takes a whole number from 1, not "0".'],
    [["run", "--subject", "refrence"], 'no subject is called "refrence"; the nearest are reference,'],
    [["run", "--subject", "openai-agents@9.*"], "See: rtspec list subjects"],
    [["run", "--scenario", "turn/text-turm"], "the nearest are turn/text-turn,"],
    [["run", "--adapter", "./none.ts"], "there is no adapter file ./none.ts; give --adapter the path"],
    [["run", "--subject", "reference", "--out", `${bin}/report`], "give --out another folder."],
    [["list", "scenarioes"], 'cannot list "scenarioes"; did you mean scenarios?'],
    [["list"], "missing required argument 'what'"],
  ])("%j", async (args, sentence) => {
    const { code, said } = await command(...args)
    expect(said).toContain(sentence)
    expect(code).toBe(2)
  })
})

describe("help and lists", () => {
  it.each([
    [["--help"], "Examples:\n  rtspec init"],
    [["run", "--help"], "Examples:\n  rtspec run"],
    [["list", "--help"], "Examples:\n  rtspec list scenarios"],
    [["report", "--help"], "Examples:\n  rtspec report reports/latest"],
    [["diff", "--help"], "Examples:\n  rtspec diff main/results.json"],
    [["list", "scenarios"], "turn/text-turn\n"],
    [["list", "subjects"], "reference@1"],
    [["list", "invariants"], "no-crash\n"],
    [["list", "faults"], "drop-event "],
  ])("%j", async (args, part) => {
    const { code, said } = await command(...args)
    expect(said).toContain(part)
    expect(code).toBe(0)
  })

  it("are there with examples for every command", () => {
    const withChildren = (one: Command): Command[] => [one, ...one.commands.flatMap(withChildren)]
    for (const one of withChildren(allCommands(() => {}))) {
      const lines: string[] = []
      one.configureOutput({ writeOut: (text) => void lines.push(text) }).outputHelp()
      expect(lines.join(""), one.name()).toContain("Examples:\n  rtspec ")
      expect(one.description(), one.name()).toMatch(/^\w.*/)
    }
  })

  it.each(["scenarios", "subjects", "invariants", "faults"])("%s are JSON when asked", async (what) => {
    const { said } = await command("list", what, "--json")
    expect(JSON.parse(said)).toBeInstanceOf(Array)
  })
})

describe("the installed command", () => {
  const oneCase = ["run", "--subject", "reference", "--scenario", "turn/text-turn", "--out", "report"]

  it("plays a case from any folder and leaves its report there", async () => {
    const { code, out, error } = await installed(...oneCase)
    expect(out).toMatch(/\n1 as expected, 0 not\n$/)
    expect(error).toBe("reference 1: 1 cases played\n")
    expect(code).toBe(0)
    const file = resultsFile.parse(JSON.parse(readFileSync(join(folder, "report", "results.json"), "utf8")))
    expect(file.rows).toMatchObject([{ scenario: "turn/text-turn", verdict: "pass", expected: true }])
    const told = ["report", "report", "--reporter", "text"]
    expect((await installedIn(colourful, ...told)).out).toContain("\u001b[32m●")
    expect((await installedIn(colourful, ...told, "--no-color")).out).not.toContain("\u001b")
    expect((await installed(...told)).out).not.toContain("\u001b")
  }, 60_000)

  it("ends when an adapter cannot be used, and says why", async () => {
    writeFileSync(join(folder, "mine.ts"), 'export const adapter = { name: "mine" }\n')
    const { code, error } = await installed("run", "--adapter", "./mine.ts")
    expect(error).toMatch(/^rtspec: the adapter \.\/mine\.ts cannot be used: .* has no version; give it one\.\n$/)
    expect(code).toBe(2)
  }, 60_000)

  // Ctrl-C reaches the whole group of processes, a CI that cancels the first one alone.
  it.each([
    ["SIGINT", -1],
    ["SIGTERM", 1],
  ] as const)(
    "ends on %s without a report of half a run, and leaves no process",
    async (signal, group) => {
      const args = ["run", "--subject", "mutant/*", "--jobs", "2", "--out", "report"]
      const stdio = ["ignore", "ignore", "pipe"] as const
      const child = spawn(process.execPath, [bin, ...args], {
        cwd: folder,
        env: quietly,
        detached: true,
        stdio: [...stdio],
      })
      const pid = child.pid ?? 0
      let error = ""
      child.stderr?.on("data", (chunk) => {
        error += chunk
      })
      const ended = new Promise<number | null>((resolve) => child.on("close", resolve))
      // The handlers stand before the first process is started.
      await until(() => existsSync(join(folder, "report", "traces")) && countOfGroup(pid) > 1)
      process.kill(group * pid, signal)
      expect(await ended).toBe(130)
      expect(error).toMatch(/^rtspec: interrupted after \d+ cases; report holds no report of them\.$/m)
      expect(existsSync(join(folder, "report", "results.json"))).toBe(false)
      await until(() => countOfGroup(pid) === 0)
    },
    60_000,
  )
})
