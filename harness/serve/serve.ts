// The scripted server for any client in any language: it dials /run?scenario=ID&agent=NAME and drives itself, as /cases says;
// /report has what came of it.
import type { CaseResult } from "../runner/result.ts"
import { nearest } from "../runner/select.ts"
import type { Scenario } from "../script/scenario.ts"
import { openFrontDoor, type Page } from "../transports/front-door.ts"
import { dutiesOf } from "./duties.ts"
import { type Game, openGame, type Patience, usualPatience } from "./game.ts"

export interface ServeOptions {
  readonly scenarios: readonly Scenario[]
  readonly host: string
  readonly port: number
  readonly patience?: Patience
  /** Told of each case that is over. */
  readonly onResult?: (result: CaseResult) => void
}

export interface Serving {
  /** Such as `127.0.0.1:4000`. */
  readonly address: string
  results(): readonly CaseResult[]
  close(): void
}

/** Rejects where the port cannot be had. */
export async function serve({
  scenarios,
  host,
  port,
  patience = usualPatience,
  onResult,
}: ServeOptions): Promise<Serving> {
  const games = new Map<string, Game>()
  /** By agent and scenario: the last one counts. */
  const results = new Map<string, CaseResult>()
  let address = ""

  const gameAt = (url: string): Game | undefined => {
    const { agent, scenario } = asked(url, scenarios)
    if (!scenario) return undefined
    const name = `${agent} ${scenario.id}`
    const known = games.get(name)
    if (known) return known
    const game = openGame(scenario, agent, patience)
    games.set(name, game)
    void game.over.then((result) => {
      games.delete(name)
      results.set(name, result)
      onResult?.(result)
    })
    return game
  }
  const door = await openFrontDoor({
    host,
    port,
    page: (url) => pageAt(url, { address, scenarios, results: [...results.values()] }),
    endpoint: (url) => gameAt(url)?.endpoint,
  })
  address = `${host.includes(":") ? `[${host}]` : host}:${door.port}`
  return { address, results: () => [...results.values()], close: door.close }
}

const pathOf = (url: string) => new URL(url, "ws://here")

/** Clients append what they like to a URL, and to its path. */
function asked(url: string, scenarios: readonly Scenario[]) {
  const { pathname, searchParams } = pathOf(url)
  if (!/^\/run(\/|$)/.test(pathname)) return { agent: "", scenario: undefined }
  const id = searchParams.get("scenario")
  return { agent: searchParams.get("agent") ?? "unnamed", scenario: scenarios.find((each) => each.id === id) }
}

interface Known {
  readonly address: string
  readonly scenarios: readonly Scenario[]
  readonly results: readonly CaseResult[]
}

function pageAt(url: string, known: Known): Page {
  const { pathname, searchParams } = pathOf(url)
  if (pathname === "/") return { status: 200, type: "text/plain", body: welcome(known.address) }
  if (pathname === "/cases") return json(known.scenarios.map((scenario) => caseOf(scenario, known.address)))
  if (pathname === "/report") return json(reportOf(known.results, searchParams.get("agent")))
  if (/^\/run(\/|$)/.test(pathname))
    return { status: 426, type: "text/plain", body: runHelp(searchParams.get("scenario"), known) }
  return { status: 404, type: "text/plain", body: `There is no ${pathname}; there are /cases, /run and /report.\n` }
}

const json = (value: unknown): Page => ({
  status: 200,
  type: "application/json",
  body: `${JSON.stringify(value, null, 2)}\n`,
})

const welcome = (address: string) => `rtspec serve: scenarios for a client that drives itself.

1. GET http://${address}/cases                          what there is, and what the client has to do in each
2. dial ws://${address}/run?scenario=ID&agent=NAME       one connection, or more where the story drops it
3. GET http://${address}/report?agent=NAME              verdicts, judged on what the wire shows
`

function runHelp(id: string | null, { scenarios, address }: Known): string {
  if (id === null) return `Dial ws://${address}/run?scenario=ID&agent=NAME as a WebSocket; /cases has the ids.\n`
  if (scenarios.some((each) => each.id === id)) return "This is for WebSockets: dial it.\n"
  const near = nearest(
    id,
    scenarios.map((each) => each.id),
  )
  return `There is no scenario "${id}"; the nearest are ${near.join(", ")}.\n`
}

function caseOf({ id, title, grade, protocol = "realtime", needs, story }: Scenario, address: string) {
  const url = `ws://${address}/run?scenario=${encodeURIComponent(id)}&agent=NAME`
  return { id, title, grade, protocol, needs, clientHasTo: ["connect", ...dutiesOf(story, protocol)], url }
}

function reportOf(results: readonly CaseResult[], agent: string | null) {
  const own = results.filter(({ subject }) => agent === null || subject === agent)
  const count = (verdict: CaseResult["verdict"]) => own.filter((each) => each.verdict === verdict).length
  return {
    totals: { cases: own.length, pass: count("pass"), fail: count("fail"), inconclusive: count("inconclusive") },
    judgedOn: "the wire alone",
    cases: own.map(({ scenario, subject, verdict, because, violations }) => ({
      scenario,
      agent: subject,
      verdict,
      because,
      violations: violations.map(({ invariant, message }) => ({ invariant, message })),
    })),
  }
}
