// Kept failures: whole folders, and what cannot be read is set aside and named.
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { afterEach, beforeEach, describe, expect, it } from "vitest"
import { user } from "../script/index.ts"
import { parseRepro, type Repro } from "../script/repro.ts"
import { keepFailure, keepFlaky, keptFailures } from "./keep.ts"
import { tellTale } from "./tale.ts"

const tale = { protocol: "realtime", output: "audio", begins: "connected", tools: [], server: {}, faults: [] } as const
const repro: Repro = {
  format: "rtspec-repro",
  version: 1,
  id: "s-no-crash-00000000",
  invariant: "no-crash",
  subject: "s",
  subjectVersion: "1",
  seed: "fuzz",
  foundBy: { seed: "1", case: 1 },
  scenario: tellTale({ ...tale, beats: [{ step: user.says("a"), lets: 0 }] }, "fuzz/s-no-crash-00000000"),
}
let folder = ""
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "rtspec-"))
})
afterEach(() => rmSync(folder, { recursive: true }))

describe("a kept failure", () => {
  it("is a folder with the repro, the trace and the page", () => {
    const kept = keepFailure({ repro, trace: "{}\n", page: "✗ it\n" }, folder)
    expect(readdirSync(kept).sort()).toEqual(["failure.txt", "repro.json", "trace.ndjson"])
    expect(parseRepro(readFileSync(join(kept, "repro.json"), "utf8"))).toEqual({ repro })
    expect(keptFailures(folder)).toEqual({ ids: new Set([repro.id]), complaints: [] })
  })

  it("takes the place of the one before, and leaves no draft", () => {
    keepFailure({ repro, trace: "one\n", page: "" }, folder)
    keepFailure({ repro, trace: "two\n", page: "" }, folder)
    expect(readdirSync(folder)).toEqual([repro.id])
    expect(readFileSync(join(folder, repro.id, "trace.ndjson"), "utf8")).toBe("two\n")
  })

  it("that cannot be read is set aside and named", () => {
    mkdirSync(join(folder, "old"))
    writeFileSync(join(folder, "old", "repro.json"), JSON.stringify({ format: "rtspec-repro", version: 0 }))
    const { ids, complaints } = keptFailures(folder)
    expect([...ids]).toEqual([])
    expect(complaints).toEqual([
      expect.stringMatching(/old\/repro\.json is a repro of version 0, .* it was set aside as .*old\.unreadable\.$/),
    ])
    expect(existsSync(join(folder, "old.unreadable", "repro.json"))).toBe(true)
    expect(keptFailures(folder).complaints).toEqual([])
  })

  it("may not be there at all", () => {
    expect(keptFailures(join(folder, "nowhere"))).toEqual({ ids: new Set(), complaints: [] })
  })
})

it("what failed only once is a folder with both traces", () => {
  const kept = keepFlaky(repro, ["one\n", "two\n"], folder)
  expect(kept).toBe(join(folder, repro.id))
  expect(readdirSync(folder)).toEqual([repro.id])
  expect(readdirSync(kept).sort()).toEqual(["repro.json", "trace-again.ndjson", "trace-first.ndjson"])
  expect(parseRepro(readFileSync(join(kept, "repro.json"), "utf8"))).toEqual({ repro })
  expect(readFileSync(join(kept, "trace-first.ndjson"), "utf8")).toBe("one\n")
  expect(readFileSync(join(kept, "trace-again.ndjson"), "utf8")).toBe("two\n")
})
