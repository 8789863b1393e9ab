// What is left of a client in a program of its own when a run is broken off: nothing, also where it does not listen.
import { spawn } from "node:child_process"
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import { afterEach, beforeEach, expect, it } from "vitest"

const bin = fileURLToPath(new URL("./bin.js", import.meta.url))
const fixture = fileURLToPath(new URL("../../fixtures/programs/program-that.mjs", import.meta.url))
let folder = ""
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "rtspec-test-"))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

/** Waits for what another process does; the test's own limit ends the wait. */
async function until(holds: () => boolean) {
  while (!holds()) await new Promise((resolve) => setImmediate(resolve))
}

/** A process that has ended and that nobody has asked after yet still has its number. */
function runs(pid: number): boolean {
  try {
    process.kill(pid, 0)
  } catch {
    return false
  }
  const stat = `/proc/${pid}/stat`
  return !existsSync(stat) || !readFileSync(stat, "utf8").includes(") Z ")
}

const program = (how: string) =>
  `export const program = { command: process.execPath, args: [${JSON.stringify(fixture)}, "${how}"] }\n`

// Ctrl-C reaches the whole group of processes, a CI that cancels the first one alone; SIGKILL leaves no time to tidy up.
it.each([
  ["loops", "SIGINT", "the first", 130],
  ["loops", "SIGTERM", "the first", 130],
  ["loops", "SIGINT", "all", 130],
  ["ignores-signals", "SIGINT", "all", 130],
  ["ignores-signals", "SIGKILL", "the first", null],
] as const)(
  "a program that %s ends when %s comes to %s",
  async (how, signal, to, code) => {
    writeFileSync(join(folder, "mine.mjs"), program(how))
    const mark = join(folder, "mark")
    const args = ["run", "--adapter", "./mine.mjs", "--scenario", "connection/reset-while-idle", "--out", "report"]
    const env = { ...process.env, CI: "1", NO_COLOR: "1", RTSPEC_TEST_MARK: mark }
    const child = spawn(process.execPath, [bin, ...args], { cwd: folder, env, detached: true, stdio: "ignore" })
    const ended = new Promise<number | null>((resolve) => child.on("close", resolve))
    await until(() => existsSync(mark) && readFileSync(mark, "utf8") !== "")
    const pid = Number(readFileSync(mark, "utf8"))
    expect(runs(pid)).toBe(true)
    process.kill((to === "all" ? -1 : 1) * (child.pid ?? 0), signal)
    expect(await ended).toBe(code)
    await until(() => !runs(pid))
    expect(existsSync(join(folder, "report", "results.json"))).toBe(false)
  },
  60_000,
)
