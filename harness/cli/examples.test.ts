// Every command that a page of this repository shows, or a command's own help, is run here, in a folder with the files that it
// speaks of. The table says for which a smaller one stands in, since it would take minutes or names what is a reader's own, and
// which cannot be run here, with the reason.
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest"
import { WebSocket } from "ws"
import { writeReport } from "../report/folder.ts"
import { oneOfEach, resultsOf } from "../report/report-for-tests.ts"
import { parseReporters } from "../report/reporters.ts"
import { helped, root, shown, words } from "./documents-for-tests.ts"
import { main } from "./main.ts"

/** What is run for a line, and how it ends; default: the line itself, and 0. A line that ends by Ctrl-C gets one when it has said
 * what `until` says. */
interface Example {
  readonly line?: string
  readonly exit?: number
  readonly until?: RegExp
  readonly says?: string
}

const one = "--subject reference --scenario turn/text-turn"
const fails = { exit: 1 } as const
const agents = "--subject openai-agents@0.8.0 --scenario turn/text-during-a-reply"
const smaller: Readonly<Record<string, Example>> = {
  run: { line: `run ${one}` },
  "run --scenario 'timeout/*' --strict": {
    line: "run --scenario timeout/late-created-is-not-played --strict --subject reference",
  },
  "run --subject 'openai-agents@0.8.0'": { line: `run ${agents} --seed 1 --all-failures` },
  "run --subject 'openai-agents@0.8.0' --scenario turn/text-during-a-reply --seed 1": {
    line: `run ${agents} --seed 1 --all-failures`,
    says: pageIn("README.md", "✗ turn/text-during-a-reply · openai-agents 0.8.0"),
  },
  "run --subject 'mutant/*'": { line: "run --subject 'mutant/no-guard*' --scenario turn/text-during-a-reply" },
  "run --subject reference --dialect azure": { line: `run ${one} --dialect azure` },
  "run --dialect azure|beta|xai": { line: `run ${one} --dialect azure` },
  "run --adapter ./my-client.adapter.ts": { line: "run --adapter ./my-client.adapter.ts --scenario turn/text-turn" },
  "run --adapter fixtures/adapters/bare-ws.ts": {
    line: "run --adapter fixtures/adapters/bare-ws.ts --scenario error/malformed-* --scenario turn/text-during-a-reply",
    says: "one-active-response",
    exit: 1,
  },
  "run --adapter fixtures/programs/bare_realtime.py": {
    line: "run --adapter fixtures/programs/bare_realtime.py --scenario turn/text-turn",
  },
  "run --watch": { line: `run --watch ${one}`, until: /1 as expected, 0 not/ },
  "run --update-ledger": { line: `run --update-ledger ${one}` },
  "run --shard 1/3 --out shards/1": {
    line: "run --shard 1/3 --out shards/1 --subject reference --scenario turn/text-turn",
  },
  "run --shard 2/3 --out shards/2": {
    line: "run --shard 2/3 --out shards/2 --subject reference --scenario turn/text-turn",
  },
  "run --shard 3/3 --out shards/3": {
    line: "run --shard 3/3 --out shards/3 --subject reference --scenario turn/text-turn",
  },
  "report DIR --reporter …": { line: "report before --reporter junit" },
  "report DIR --history OLDER OLD": { line: "report after --history main before/results.json" },
  "report DIR --fuzz FILE": { line: "report after --fuzz .rtspec/fuzz.json" },
  "diff OLD NEW": { line: "diff before after" },
  "check --fields side=…,event=…": { line: "check --fields side=direction,event=payload plain.ndjson" },
  "check --json *.har | jq '.[].verdict'": { line: "check --json chrome.har" },
  "fuzz --subject reference --for 60s": { line: "fuzz --subject reference --for 60s --cases 4 --seed 7 --jobs 1" },
  "fuzz --subject reference": { line: "fuzz --subject reference --for 60s --cases 4 --seed 7 --jobs 1" },
  "fuzz --subject 'mutant/*' --for 60s": {
    line: "fuzz --subject mutant/no-guard* --for 60s --cases 4 --seed 7 --jobs 1",
  },
  "fuzz --subject openai-agents@0.8.0 --seed 7": {
    line: "fuzz --subject reference --for 60s --cases 4 --seed 7 --jobs 1",
  },
  "explore --subject reference --depth 3": { line: "explore --subject reference --depth 1 --jobs 1" },
  "replay ID": { line: "replay openai-agents-one-active-response-1a2b3c4d", says: "FAILED", ...fails },
  "replay openai-agents-one-active-response-1a2b3c4d": { ...fails },
  "replay repro.json --subject 'openai-agents@*'": {
    line: "replay repro.json --subject openai-agents@0.8.1",
    says: "FIXED",
  },
  "replay LOG": { line: "replay call.ndjson --subject openai-agents@0.20.0" },
  "replay call.ndjson --adapter ./my-client.adapter.ts": { ...fails },
  // Another client than the recorded one says other things, and so the two diverge.
  "replay call.ndjson --mutate 200": { line: "replay call.ndjson --subject reference --mutate 3", ...fails },
  "replay call.ndjson --subject openai-agents@0.20.0 --mutate 200": {
    line: "replay call.ndjson --subject reference --mutate 3",
    says: "3 fault plans from seed 1",
    ...fails,
  },
  "shrink --subject NAME@VERSION --scenario ID --out fixtures/regressions": { line: `shrink ${agents}` },
  "explain ID": { line: "explain no-crash" },
  "complete SHELL": { line: "complete bash", says: "complete -o default -F" },
  serve: { line: "serve --port 0", until: /(\d+) scenarios at ws:\S+/ },
  "record --upstream URL": { line: "record --upstream wss://api.openai.com --out url.ndjson", until: /Recording/ },
  "record --upstream wss://api.openai.com --out call.ndjson": {
    line: "record --upstream wss://api.openai.com --out new.ndjson",
    until: /Recording/,
  },
  "record --upstream wss://api.openai.com --out call.ndjson --port 4000 --client my-client@1.2.3": {
    line: "record --upstream wss://api.openai.com --out named.ndjson --port 0 --client my-client@1.2.3",
    until: /Recording/,
  },
}

/** Page, line, and why it is not run here. */
const elsewhere: readonly (readonly [RegExp, RegExp, string])[] = [
  [
    /own-client\.md$/,
    /^init --yes --tests node$|^run$|^run --scenario 'error|^explain settles/,
    "run from the package by packaging/package.test.ts",
  ],
  [
    /checks\/.*\.md$/,
    /^run --subject 'mutant\//,
    "run by runner/invariant-pages.test.ts, which holds the page to what it prints",
  ],
  [/./, /^subjects install/, "fetches packages from a registry; subjects/*.test.ts install without one"],
  [
    /./,
    /--subject '?(livekit-|NAME)|regressions\/livekit-|^shrink --subject livekit/,
    "needs a client that is installed on demand; .ci/run installs and plays them",
  ],
  [/./, /^run --subject '\*'$/, "is the gate itself: .ci/run"],
  [/README\.md$|--help/, /^init$/, "asks questions"],
]

/** A command's name in a sentence. */
const isName = (line: string, where: string) =>
  /^[a-z]+( install)?$/.test(line) && !smaller[line] && where.endsWith(".md")

interface Told {
  readonly where: string
  readonly line: string
}

const whyNot = ({ where, line }: Told) => elsewhere.find(([page, lines]) => page.test(where) && lines.test(line))?.[2]
const examples = [...shown, ...helped].filter(({ where, line }) => !isName(line, where))
const own = [...new Set(examples.filter((each) => whyNot(each) === undefined).map(({ line }) => line))]

/** The failure page in a block of a page of ours, up to what is done about it. */
function pageIn(page: string, head: string): string {
  const text = readFileSync(join(root, page), "utf8")
  const from = text.indexOf(head)
  return text.slice(from, text.indexOf("  Again:", from))
}

let folder = ""
const before = process.cwd()

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "rtspec-examples-"))
  process.chdir(folder)
  mkdirSync("fixtures")
  for (const name of ["node_modules", "fixtures/adapters", "fixtures/programs", "adapters"])
    symlinkSync(join(root, name), name)
  cpSync(join(root, "fixtures/adapters/bare-ws.ts"), "my-client.adapter.ts")
  cpSync(join(root, "fixtures/wire-logs/turn-text-during-a-reply.openai-agents.ndjson"), "call.ndjson")
  for (const name of ["chrome.har", "plain.ndjson"]) cpSync(join(root, "fixtures/wire-logs/samples", name), name)
  const repro = join(root, "fixtures/regressions/openai-agents-one-active-response-d7ebaece.json")
  cpSync(repro, "repro.json")
  cpSync(repro, ".rtspec/failures/openai-agents-one-active-response-1a2b3c4d/repro.json")
  const judged = oneOfEach.filter(({ asExpected }) => asExpected)
  const pages = { width: 100, titles: new Map() }
  for (const place of ["before", "after", "main", "reports/latest"])
    writeReport(place, { results: resultsOf(judged), judged, pages, reporters: parseReporters("text"), extras: {} })
  cpSync("main/results.json", "last-week.json")
  const fuzz = { cases: 2, ratePerSecond: 1, transitionsOverTime: [], goals: [], buckets: [] }
  writeFileSync(".rtspec/fuzz.json", JSON.stringify(fuzz))
})
afterAll(() => {
  process.chdir(before)
  rmSync(folder, { recursive: true, force: true })
})

/** Runs a line in this process; as soon as it has said what `until` says, `then` is done, and Ctrl-C is pressed. */
async function play(line: string, until?: RegExp, then: (said: string) => Promise<void> = async () => {}) {
  let said = ""
  let waits = until !== undefined
  const hear = (...parts: unknown[]) => {
    said += `${parts.join(" ")}\n`
    if (!waits || !until?.test(said)) return true
    waits = false
    setImmediate(() => void then(said).finally(() => process.emit("SIGINT")))
    return true
  }
  const spies = [
    vi.spyOn(console, "log").mockImplementation(hear),
    vi.spyOn(console, "error").mockImplementation(hear),
    vi.spyOn(process.stdout, "write").mockImplementation(hear),
    vi.spyOn(process.stderr, "write").mockImplementation(hear),
  ]
  try {
    // What other examples read under reports/latest is not theirs to write over, nor is a config theirs to find.
    const apart = line.startsWith("run ") && !line.includes("--out") ? ["--out", "out"] : []
    if (line.startsWith("init ")) process.chdir(mkdtempSync(join(folder, "project-")))
    return { code: await main([...words(line.replace(/ (>>?|\|) .*$/, "")), ...apart]), said }
  } finally {
    process.chdir(folder)
    for (const spy of spies) spy.mockRestore()
  }
}

/** Lines that come to the same are run once. */
const played = new Map<string, ReturnType<typeof play>>()

describe("an example", () => {
  it.each(own)("rtspec %s", async (shownLine) => {
    const { line = shownLine, exit = 0, until, says = "" } = smaller[shownLine] ?? {}
    const result = played.get(line) ?? play(line, until)
    played.set(line, result)
    const { code, said } = await result
    expect(code, `rtspec ${line}\n${said}`).toBe(exit)
    expect(said).toContain(says)
  })

  it("of serve is dialled as its help says", async () => {
    const heard: string[] = []
    const { code } = await play("serve --port 0 --patience 1", /scenarios at ws:/, async (said) => {
      const address = /ws:\/\/([\d.:]+)/.exec(said)?.[1]
      heard.push(await (await fetch(`http://${address}/cases`)).text())
      const socket = new WebSocket(`ws://${address}/run?scenario=turn/text-turn&agent=me`)
      await new Promise<void>((resolve) => socket.once("message", (data) => resolve(void heard.push(String(data)))))
      socket.close()
      await new Promise<void>((resolve) => socket.once("close", () => resolve()))
    })
    expect(heard[0]).toContain("turn/text-turn")
    expect(heard[1]).toContain('"session.created"')
    expect([0, 1]).toContain(code)
  })
})

describe("the table of examples", () => {
  it("speaks of nothing that is not shown", () => {
    const lines = examples.map(({ line }) => line)
    expect(Object.keys(smaller).filter((line) => !lines.includes(line))).toEqual([])
    const idle = elsewhere.filter(
      ([page, line]) => !examples.some((each) => page.test(each.where) && line.test(each.line)),
    )
    expect(idle.map(([, , why]) => why)).toEqual([])
  })

  it("names a gate that plays all clients", () => {
    expect(readFileSync(join(root, ".ci/run"), "utf8")).toContain('rtspec run --subject "*"')
  })

  it("leaves little to others", () => {
    expect(own.length).toBeGreaterThan(60)
  })
})
