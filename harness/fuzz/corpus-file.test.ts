// A corpus on disk: what is written is read, what cannot be read is set aside and named, another version is refused.
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { afterEach, beforeEach, expect, it } from "vitest"
import { corpusName, readCorpus, writeCorpus } from "./corpus-file.ts"
import { tellByChance } from "./walk.ts"

let folder = ""
let file = ""
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "rtspec-test-"))
  file = join(folder, "corpus", "subject@1.ndjson")
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

const tales = [1, 2, 3].flatMap((seed) =>
  (["realtime", "responses"] as const).map((protocol) =>
    tellByChance(`${seed}`, { protocol, can: ["text-turn", "cancel", "tools"], oracle: "all" }),
  ),
)

it("is read as it was written", () => {
  writeCorpus(file, "subject@1", tales)
  expect(readCorpus(file)).toEqual({ tales })
})

it("is empty where there is none", () => {
  expect(readCorpus(file)).toEqual({ tales: [] })
})

it("is set aside, and named, where a line is not what it should be", () => {
  writeCorpus(file, "subject@1", tales)
  writeFileSync(file, `${readFileSync(file, "utf8")}{"protocol":"realtime","beats":[{}]}\n`)
  expect(readCorpus(file)).toEqual({
    tales: [],
    complaint: `line 8 of ${file} is no tale; it was set aside as ${file}.unreadable.`,
  })
  expect([existsSync(file), existsSync(`${file}.unreadable`)]).toEqual([false, true])
})

it("is refused where it is of another version", () => {
  writeCorpus(file, "subject@1", [])
  writeFileSync(file, '{"format":"rtspec-corpus","version":2}\n')
  expect(() => readCorpus(file)).toThrow(
    `${file} is a corpus of version 2, and this rtspec reads version 1; move it away to begin another.`,
  )
  expect(existsSync(file)).toBe(true)
})

it("has a name that any file system takes", () => {
  expect(corpusName("mutant/no-guard@1")).toBe(join(".rtspec", "corpus", "mutant-no-guard@1.ndjson"))
})
