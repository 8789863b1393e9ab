// A process that is killed while it writes a report, before and within each thing that it does to the disk: whoever looks
// then finds all of the old report or all of the new one, and the next report clears away what was left.
import * as real from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest"
import { traceOf } from "../checks/trace-for-tests.ts"
import type { Judged } from "../runner/ledger.ts"
import { failureBy, resultWith } from "../runner/result-for-tests.ts"
import { writeReport } from "./folder.ts"
import { readReport } from "./read-results.ts"
import { resultsOf } from "./report-for-tests.ts"
import { parseReporters } from "./reporters.ts"

/** What the process may still do to the disk before it dies. The last thing is done by half where that can be. */
const life = vi.hoisted(() => ({ left: Number.POSITIVE_INFINITY, done: 0, links: true }))

vi.mock("node:fs", async (importOriginal) => {
  const fs = await importOriginal<typeof import("node:fs")>()
  const halves: Partial<Record<string, (...args: never[]) => void>> = {
    writeFileSync: (file: string, text: string) => fs.writeFileSync(file, text.slice(0, text.length / 2)),
    copyFileSync: (from: string, to: string) => fs.writeFileSync(to, fs.readFileSync(from, "utf8").slice(0, 10)),
    rmSync(path: string) {
      if (fs.statSync(path, { throwIfNoEntry: false })?.isDirectory())
        fs.rmSync(join(path, fs.readdirSync(path)[0] ?? ""), { recursive: true })
    },
  }
  const mortal = (name: string, act: (...args: never[]) => unknown) =>
    ((...args: never[]) => {
      life.left -= 1
      if (life.left === 0) halves[name]?.(...args)
      if (life.left <= 0) throw new Error("killed")
      life.done += 1
      if (name === "symlinkSync" && !life.links) throw new Error("EPERM: operation not permitted, symlink")
      return act(...args)
    }) as never
  const names = [
    "writeFileSync",
    "renameSync",
    "mkdirSync",
    "mkdtempSync",
    "copyFileSync",
    "symlinkSync",
    "rmSync",
  ] as const
  return { ...fs, ...Object.fromEntries(names.map((name) => [name, mortal(name, fs[name] as never)])) }
})

let folder = ""
beforeEach(() => {
  folder = real.mkdtempSync(join(tmpdir(), "rtspec-test-"))
})
afterEach(() => {
  life.left = Number.POSITIVE_INFINITY
  life.links = true
  real.rmSync(folder, { recursive: true, force: true })
})

const failing = (at: number): Judged => {
  const trace = traceOf([at, { lane: "app", kind: "state", state: "connected" }])
  return { result: failureBy(["x"], { scenario: "turn/two", trace }), asExpected: true }
}
const passing: Judged = { result: resultWith(), asExpected: true }

interface Told {
  readonly judged: readonly Judged[]
  readonly reporters: string
}
/** One has forms that the other has not, both ways. */
const old: Told = { judged: [failing(5)], reporters: "junit,markdown" }
const next: Told = { judged: [failing(6), passing], reporters: "junit,sarif" }

const write = (place: string, { judged, reporters }: Told) =>
  writeReport(place, {
    ...{ results: resultsOf(judged), judged, pages: { width: 100, titles: new Map() } },
    ...{ reporters: parseReporters(reporters), extras: {} },
  })

/** As anybody reads it who knows nothing of us: each file that is there, and each trace that the results name. */
function look(place: string): ReadonlyMap<string, string> {
  const names = real.readdirSync(place).filter((name) => !name.startsWith(".") && name !== "traces")
  const files = names.filter((name) => real.existsSync(join(place, name)))
  const traces = readReport(place).results.rows.flatMap(({ trace }) => trace ?? [])
  return new Map([...files, ...traces].sort().map((name) => [name, real.readFileSync(join(place, name), "utf8")]))
}

/** What reports look like that nobody has killed. The old one's folder stays, to begin from. */
function unharmed(): Reports {
  const places = { before: join(folder, "old"), after: join(folder, "new") }
  write(places.before, old)
  write(places.after, next)
  return { before: look(places.before), after: look(places.after) }
}

interface Reports {
  readonly before: ReadonlyMap<string, string>
  readonly after: ReadonlyMap<string, string>
}

/** Begins from the old report, and dies when it has done `count` things. */
function writeAndDie(count: number): string {
  const place = join(folder, `killed-${count}`)
  real.cpSync(join(folder, "old"), place, { recursive: true })
  life.left = count + 1
  expect(() => write(place, next)).toThrow("killed")
  life.left = Number.POSITIVE_INFINITY
  return place
}

/** How many things the new report does to the disk upon the old one. */
function stepsOfAll(): number {
  const place = join(folder, "counted")
  real.cpSync(join(folder, "old"), place, { recursive: true })
  life.done = 0
  write(place, next)
  return life.done
}

/** Whether the new report was there when the process died. */
function isNewAfter(count: number, { before, after }: Reports): boolean {
  const place = writeAndDie(count)
  const seen = look(place)
  const isNew = seen.get("results.json") === after.get("results.json")
  expect(seen, `after ${count} steps`).toEqual(isNew ? after : before)
  write(place, next)
  expect(look(place), `written again after ${count} steps`).toEqual(after)
  const left = real.readdirSync(place, { recursive: true, withFileTypes: true })
  expect(left.filter((entry) => entry.isSymbolicLink() || /^\.|draft$/.test(entry.name))).toEqual([])
  expect(real.readdirSync(join(place, "traces"))).toHaveLength(1)
  return isNew
}

describe("a process that is killed while it writes a report", () => {
  it("leaves the old one or the new one, whenever that is", () => {
    const reports = unharmed()
    expect([...reports.before.keys()]).not.toEqual([...reports.after.keys()])
    const news = Array.from({ length: stepsOfAll() }, (_, count) => isNewAfter(count, reports))
    // At one moment, and then for good; and there is something to do on both sides of it.
    expect(news).toEqual([...news].sort())
    expect(news.filter((isNew) => !isNew).length).toBeGreaterThan(20)
    expect(news.filter((isNew) => isNew).length).toBeGreaterThan(5)
  })

  it("leaves no file by half where there can be no links", () => {
    life.links = false
    const { before, after } = unharmed()
    const steps = stepsOfAll()
    expect(look(join(folder, "counted"))).toEqual(after)
    for (let count = 0; count < steps; count += 1)
      for (const [name, text] of look(writeAndDie(count)))
        expect([before.get(name), after.get(name)], name).toContain(text)
  })
})
