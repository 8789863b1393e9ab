import { afterEach, describe, expect, it, vi } from "vitest"
import { failureBy, resultWith } from "../runner/result-for-tests.ts"
import { createProgress } from "./progress.ts"

afterEach(() => vi.unstubAllEnvs())

/** Two cases of `fake 1`, one of them a failure, and one case of two of `fake 2`. */
function written(out: { isTTY?: boolean; columns?: number }, isNews = true): string[] {
  const parts: string[] = []
  let clock = 0
  const cases = new Map([
    ["fake 1", 2],
    ["fake 2", 2],
  ])
  const options = { cases, isNews: () => isNews, now: () => (clock += 100) }
  const progress = createProgress(options, { ...out, write: (text: string) => parts.push(text) })
  for (const result of [resultWith(), failureBy(["no-crash"]), resultWith({ version: "2" })]) progress.tell(result)
  progress.end()
  return parts
}
const clear = "\r\u001b[2K"

describe("progress where nobody watches", () => {
  it("is a line a subject, as soon as it is done; of one that was interrupted, in the end", () => {
    expect(written({})).toEqual(["fake 1: 2 cases played\n", "fake 2: 1 cases played\n"])
    vi.stubEnv("CI", "true")
    expect(written({ isTTY: true })).toHaveLength(2)
  })
})

describe("progress on a terminal", () => {
  it("is a line that is rewritten, with failures that are news and subjects that are done above it", () => {
    vi.stubEnv("CI", "")
    const parts = written({ isTTY: true, columns: 100 })
    expect(parts).toEqual([
      `${clear}──────────────────── 0/4  starting`,
      `${clear}━━━━━─────────────── 1/4  10/s  0 unexpected  fake 1  turn/one`,
      `${clear}✗ turn/one · fake 1 · no-crash\n`,
      `${clear}  fake 1  1 pass, 1 fail\n`,
      `${clear}━━━━━━━━━━────────── 2/4  10/s  1 unexpected  fake 1  turn/one`,
      `${clear}━━━━━━━━━━━━━━━───── 3/4  10/s  1 unexpected  fake 2  turn/one`,
      clear,
    ])
  })

  it("says nothing of failures that the ledger expects", () => {
    vi.stubEnv("CI", "")
    expect(written({ isTTY: true }, false).join("")).not.toContain("✗")
  })

  it("is no wider than the terminal", () => {
    vi.stubEnv("CI", "")
    for (const part of written({ isTTY: true, columns: 30 }))
      expect(part.replace(clear, "").trimEnd().length).toBeLessThan(30)
  })
})
