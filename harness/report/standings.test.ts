// How clients fare: the data, both pages as literal text, and that the committed pages are those of the committed data.
import { readFileSync } from "node:fs"
import { describe, expect, it } from "vitest"
import type { ResultRow } from "./results.ts"
import { type Standing, standingOf, standings } from "./standings.ts"
import { longStandings, shortStandings, withSection } from "./standings-page.ts"

const row = (scenario: string, verdict: ResultRow["verdict"], invariants: string[] = []) =>
  ({
    ...{ scenario, subject: "agents", version: "1.10.0", verdict, grade: "observed", expected: true, invariants },
    ...{ violations: [], warnings: [], because: "", seed: "1", repro: "", durationMs: 1, virtualMs: 1 },
  }) satisfies ResultRow

const rows: ResultRow[] = [
  row("turn/one", "pass"),
  row("turn/two", "fail", ["close-is-clean"]),
  row("turn/three", "fail", ["close-is-clean", "story"]),
  row("tools/one", "unsupported"),
  row("tools/two", "inconclusive"),
  row("tools/three", "fail", ["no-crash"]),
  { ...row("turn/one", "fail", ["no-crash"]), version: "1.9.0" },
]
const lines = [
  { scenario: "*", invariant: "close-is-clean", reason: "It leaves its socket." },
  { scenario: "turn/three", invariant: "story", reason: "It answers twice." },
  { scenario: "tools/three", reason: "It never heard of tools." },
  { scenario: "turn/one", version: "1.9.0", invariant: "no-crash", reason: "It used to crash." },
]
const agents = standingOf({ client: "agents", version: "1.10.0", ledger: "adapters/agents/ledger.json", lines }, rows)
const other: Standing = { ...agents, client: "other", version: "2", everywhere: [], reasons: [] }
const websocket: Standing = { ...other, client: "ws", cases: { "responses-ws/one": "pass" } }

describe("a standing", () => {
  it("is of one release: its verdicts, and each reason of the ledger that holds there", () => {
    expect(agents).toEqual({
      client: "agents",
      version: "1.10.0",
      ledger: "adapters/agents/ledger.json",
      cases: {
        "turn/one": "pass",
        "turn/two": ["close-is-clean"],
        "turn/three": ["close-is-clean", "story"],
        "tools/one": "unsupported",
        "tools/two": "inconclusive",
        "tools/three": ["no-crash"],
      },
      everywhere: ["close-is-clean"],
      reasons: [
        { reason: "It leaves its socket.", invariants: ["close-is-clean"], scenarios: ["turn/two", "turn/three"] },
        { reason: "It answers twice.", invariants: ["story"], scenarios: ["turn/three"] },
        { reason: "It never heard of tools.", invariants: ["no-crash"], scenarios: ["tools/three"] },
      ],
    })
  })
})

describe("the pages", () => {
  it("have a table for each protocol, and count apart what fails everywhere", () => {
    expect(shortStandings([agents, websocket, other])).toBe(
      [
        "| passed / failed / not judged | turn | tools | all |",
        "| --- | --- | --- | --- |",
        "| agents 1.10.0 | 1 / 2 / 0 | 0 / 1 / 2 | **1 / 3 / 2** |",
        "| ↳ but for `close-is-clean` | 2 / 1 / 0 | 0 / 1 / 2 | **2 / 2 / 2** |",
        "| other 2 | 1 / 2 / 0 | 0 / 1 / 2 | **1 / 3 / 2** |",
        "",
        "| passed / failed / not judged | responses-ws |",
        "| --- | --- |",
        "| ws 2 | **1 / 0 / 0** |",
      ].join("\n"),
    )
  })

  it("link each scenario, and each failure to its reasons", () => {
    const page = longStandings([agents, other])
    expect(page).toContain("| [turn/two](../scenarios/turn/two.ts) | ◌ | [✗](#other-2) |")
    expect(page).toContain("| [turn/three](../scenarios/turn/three.ts) | [✗](#agents-1100) | [✗](#other-2) |")
    expect(page).toContain("| [tools/two](../scenarios/tools/two.ts) | ? | ? |")
    expect(page).toContain(
      [
        "## agents 1.10.0",
        "",
        "passed / failed / not judged: 1 / 3 / 2. [Ledger](../adapters/agents/ledger.json), [notes](../adapters/agents/notes.md).",
        "",
        "- It leaves its socket. — `close-is-clean` in `turn/two`, `turn/three`",
        "- It answers twice. — `story` in `turn/three`",
      ].join("\n"),
    )
  })

  it("replace what stands between the marks, and only that", () => {
    const readme = "a\n<!-- matrix:begin -->\nold\n<!-- matrix:end -->\nb\n"
    expect(withSection(readme, "new")).toBe("a\n<!-- matrix:begin -->\n\nnew\n\n<!-- matrix:end -->\nb\n")
    expect(() => withSection("a", "new")).toThrow("README.md has no <!-- matrix:begin -->")
  })
})

describe("what is committed", () => {
  const read = (path: string) => readFileSync(new URL(`../../${path}`, import.meta.url), "utf8")
  const committed = standings.parse(JSON.parse(read("reports/clients.json")))

  it("README.md and reports/clients.md are made of reports/clients.json: npm run matrix", () => {
    expect(withSection(read("README.md"), shortStandings(committed))).toBe(read("README.md"))
    expect(longStandings(committed)).toBe(read("reports/clients.md"))
  })
})
