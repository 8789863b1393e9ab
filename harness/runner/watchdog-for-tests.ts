// A watchdog for tests that waits for no time: it expires when the subject's process says, by a file, that it loops. Only
// one process at a time may say so.
import { existsSync, mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { afterAll, beforeAll, beforeEach } from "vitest"
import type { Watchdog } from "./watchdog.ts"

/** The file's name is in the environment of the processes that the file's tests start. */
export function knowingWatchdog(): Watchdog {
  let folder = ""
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), "rtspec-test-"))
    process.env.RTSPEC_TEST_LOOPING = join(folder, "looping")
  })
  beforeEach(() => rmSync(join(folder, "looping"), { force: true }))
  afterAll(() => {
    delete process.env.RTSPEC_TEST_LOOPING
    rmSync(folder, { recursive: true, force: true })
  })
  return (_limitMs, expired) => {
    const looping = join(folder, "looping")
    const timer = setInterval(() => {
      if (!existsSync(looping)) return
      rmSync(looping)
      clearInterval(timer)
      expired()
    }, 5)
    return () => clearInterval(timer)
  }
}
