// The house's own rules, held by a test: which room may import which, and where time and chance may come from.
import { readdirSync, readFileSync, statSync } from "node:fs"
import { dirname, join, relative, resolve } from "node:path"
import { describe, expect, it } from "vitest"

const root = resolve(import.meta.dirname, "..")

function filesUnder(folder: string): string[] {
  return readdirSync(join(root, folder)).flatMap((name) => {
    const path = join(folder, name)
    if (name === "node_modules") return []
    return statSync(join(root, path)).isDirectory() ? filesUnder(path) : /\.tsx?$/.test(path) ? [path] : []
  })
}

const isTest = (path: string) => /\.test\.ts$|test-support\.ts$|-for-tests\.ts$/.test(path)
const sources = ["harness", "adapters", "scenarios"].flatMap(filesUnder).filter((path) => !isTest(path))
const read = (path: string) => readFileSync(join(root, path), "utf8")

/** Paths, from the root, of our own files that a file imports. */
function importsOf(path: string): string[] {
  const found = read(path).matchAll(/(?:from|import)\s*\(?\s*"(\.[^"]+)"/g)
  return [...found].map(([, target]) => relative(root, resolve(root, dirname(path), target ?? "")))
}

/** `harness/checks/x.ts` is of the room `checks`; `harness/adapter.ts` of `adapter`. */
const roomOf = (path: string) => {
  const [top, second] = path.split("/")
  return top === "harness" ? (second ?? "").replace(/\.ts$/, "") : (top ?? "")
}

/** DESIGN: protocol and sim import nothing of ours; then each room may import those listed. */
const arrows: Readonly<Record<string, readonly string[]>> = {
  protocol: [],
  sim: [],
  subjects: [],
  adapter: [],
  trace: ["protocol", "adapter"],
  checks: ["protocol", "trace"],
  faults: ["protocol", "sim"],
  script: ["protocol", "checks", "faults", "adapter"],
  // The process transport speaks of operations and sightings.
  transports: ["sim", "adapter"],
  server: ["protocol", "sim", "trace", "faults", "script", "transports"],
  runner: [
    "protocol",
    "sim",
    "adapter",
    "trace",
    "checks",
    "faults",
    "script",
    "server",
    "transports",
    "adapters",
    "scenarios",
  ],
  fuzz: ["protocol", "sim", "adapter", "trace", "checks", "faults", "script", "runner"],
  index: ["adapter", "script", "config"],
  config: ["protocol", "runner"],
  integrations: ["checks", "script", "runner", "fuzz", "report", "scenarios"],
  packaging: ["report"],
  init: [],
  replay: ["protocol", "sim", "adapter", "trace", "wirelog", "faults", "script", "runner", "fuzz", "report"],
  serve: ["adapter", "checks", "script", "trace", "server", "transports", "wirelog", "runner"],
  wirelog: ["protocol", "adapter", "trace", "checks", "faults", "script"],
  report: ["protocol", "wirelog", "trace", "checks", "script", "runner", "fuzz"],
  cli: [
    "protocol",
    "wirelog",
    "replay",
    "fuzz",
    "subjects",
    "config",
    "init",
    "checks",
    "faults",
    "script",
    "runner",
    "report",
    "adapters",
    "scenarios",
    "transports",
    "serve",
  ],
  bench: [
    "protocol",
    "sim",
    "adapter",
    "trace",
    "checks",
    "script",
    "wirelog",
    "transports",
    "runner",
    "fuzz",
    "adapters",
    "scenarios",
  ],
  // An adapter sees the seam alone; the list of subjects also asks where an installed package lies.
  adapters: ["adapter", "subjects"],
  scenarios: ["script"],
}

describe("rooms", () => {
  it.each(sources)("%s imports only what its room may", (path) => {
    const room = roomOf(path)
    const allowed = arrows[room]
    expect(allowed, `the room ${room} is not in the table of arrows`).toBeDefined()
    const strays = importsOf(path).filter((target) => roomOf(target) !== room && !allowed?.includes(roomOf(target)))
    expect(strays).toEqual([])
  })
})

describe("time and chance", () => {
  const banned =
    /\b(Date\.now|Math\.random|performance\.now|process\.hrtime|randomUUID|setTimeout|setInterval|setImmediate)\b/
  /** Subjects' own code may use timers: the harness virtualises them. The others say what wall-clock time they need. */
  const exempt =
    /^harness\/(sim|transports|bench|cli|report)\/|^adapters\/(reference|reference-responses|mutants)\/|^harness\/runner\/(watchdog|host)\.ts$/

  it.each(sources.filter((path) => !exempt.test(path)))("%s takes neither from anywhere but sim/", (path) => {
    const code = read(path)
      .split("\n")
      .filter((line) => !/^\s*(\/\/|\*|\/\*)/.test(line))
    expect(code.filter((line) => banned.test(line))).toEqual([])
  })
})

describe("files", () => {
  const tables = /^harness\/protocol\/.*(events|objects)\.ts$|^scenarios\/index\.ts$/

  it.each(sources)("%s says first what it is for, and is no longer than 300 lines", (path) => {
    const text = read(path)
    expect(text.startsWith("//")).toBe(true)
    if (!tables.test(path)) expect(text.split("\n").length).toBeLessThanOrEqual(301)
  })

  it("knows the rule can fail", () => {
    expect(roomOf("harness/checks/no-crash.ts")).toBe("checks")
    expect(importsOf("harness/runner/stage.ts").map(roomOf)).toContain("server")
    expect(arrows.protocol).not.toContain("runner")
  })
})
