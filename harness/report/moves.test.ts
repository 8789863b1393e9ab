import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { afterEach, beforeEach, describe, expect, it } from "vitest"
import { finishMoves, moveTogether } from "./moves.ts"

let folder = ""
const put = (name: string, text: string) => writeFileSync(join(folder, name), text)
const read = (name: string) => readFileSync(join(folder, name), "utf8")
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "rtspec-test-"))
  for (const name of ["a", "b", "c"]) put(name, "old")
  for (const name of ["a", "b"]) put(`${name}.draft`, "new")
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))
const work = { moves: [["a.draft", "a"] as [string, string], ["b.draft", "b"] as [string, string]], gone: ["c"] }

describe("files that take their places together", () => {
  it("are all there, and no note is", () => {
    moveTogether(folder, work)
    expect(readdirSync(folder).sort()).toEqual(["a", "b"])
    expect([read("a"), read("b")]).toEqual(["new", "new"])
  })

  it("are moved by the next to come, where the first was stopped half-way", () => {
    // A folder that is not empty cannot be replaced by a file: there the first one stops.
    rmSync(join(folder, "b"))
    mkdirSync(join(folder, "b", "x"), { recursive: true })
    expect(() => moveTogether(folder, work)).toThrow()
    expect([read("a"), existsSync(join(folder, "c"))]).toEqual(["new", true])
    rmSync(join(folder, "b"), { recursive: true })
    finishMoves(folder)
    expect(readdirSync(folder).sort()).toEqual(["a", "b"])
    expect(read("b")).toBe("new")
  })

  it("stay in the folder, whatever a note says, and a note that is none goes", () => {
    put(".moves.json", JSON.stringify({ moves: [["a.draft", "../elsewhere"]], gone: [] }))
    finishMoves(folder)
    expect(read("elsewhere")).toBe("new")
    put(".moves.json", "{")
    finishMoves(folder)
    expect(existsSync(join(folder, ".moves.json"))).toBe(false)
  })
})
