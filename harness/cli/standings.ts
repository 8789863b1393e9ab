// `npm run matrix [-- DIR] [--check]`: writes how today's clients fare from the results of a run (default: reports/latest)
// into reports/clients.json, clients.md, siblings.md and the README; with --check only says whether they are up to date.
import { existsSync, readFileSync } from "node:fs"
import { join, relative } from "node:path"
import { fileURLToPath } from "node:url"
import { type SubjectEntry, subjects } from "../../adapters/index.ts"
import { scenarios } from "../../scenarios/index.ts"
import { invariants } from "../checks/all.ts"
import { writeWhole } from "../report/folder.ts"
import { type ResultRow, resultsFile } from "../report/results.ts"
import { siblingsPage } from "../report/siblings.ts"
import { type Standing, standingOf } from "../report/standings.ts"
import { longStandings, shortStandings, withSection } from "../report/standings-page.ts"
import { UsageFault } from "../runner/faults.ts"
import { readLedger } from "../runner/ledger.ts"
import { isRegression } from "../runner/regression-id.ts"

const root = fileURLToPath(new URL("../..", import.meta.url))
const inRoot = (path: string) => join(root, path)

/** Clients that rtspec did not make, each at its newest version. */
export function newestClients(): SubjectEntry[] {
  const real = subjects.filter(({ name }) => !/^(reference|mutant)\b/.test(name))
  const names = [...new Set(real.map(({ name }) => name))]
  return names.flatMap((client) => {
    const releases = real.filter(({ name }) => name === client)
    return releases.toSorted((one, other) => compareVersions(one.version, other.version)).slice(-1)
  })
}

/** Number by number: 1.10.0 is newer than 1.9.0. */
const compareVersions = (one: string, other: string) => one.localeCompare(other, "en", { numeric: true })

/** The pages by their path from the root. Throws UsageFault where the results are not of all clients. */
export function standingsFiles(rows: readonly ResultRow[], readme: string): Map<string, string> {
  const standings = newestClients().map((entry) => standing(entry, rows))
  return new Map([
    ["reports/clients.json", `${JSON.stringify(standings, null, 1)}\n`],
    ["reports/clients.md", longStandings(standings)],
    ["reports/siblings.md", siblingsPage(standings)],
    ["README.md", withSection(readme, shortStandings(standings))],
  ])
}

function standing({ name, version, protocol, ledger }: SubjectEntry, rows: readonly ResultRow[]): Standing {
  const ids = scenarios.filter((each) => (each.protocol ?? "realtime") === protocol).map(({ id }) => id)
  const file = ledger && fileURLToPath(ledger)
  const lines = file ? readLedger(file, new Set(ids), new Set(invariants.map(({ id }) => id))).lines : []
  const where = file ? { ledger: relative(root, file) } : {}
  const found = standingOf({ client: name, version, ...where, lines }, rows)
  const gap = ids.find(
    (id) => found.cases[id] === undefined || found.cases[id] === "not-installed" || found.cases[id] === "broken",
  )
  if (gap === undefined) return found
  throw new UsageFault(
    `${name}@${version} has no verdict of ${gap} in these results; rtspec subjects install, and run it with all scenarios.`,
  )
}

/** Kept repros are of one client each, and no part of what all are asked. */
function readRows(folder: string): ResultRow[] {
  const file = join(folder, "results.json")
  if (!existsSync(file))
    throw new UsageFault(`there is no ${file}; run rtspec run --subject '*' --out ${folder} first.`)
  const parsed = resultsFile.safeParse(JSON.parse(readFileSync(file, "utf8")))
  if (!parsed.success)
    throw new UsageFault(`${file} is of another rtspec; run rtspec run --subject '*' --out ${folder} again.`)
  return parsed.data.rows.filter(({ scenario }) => !isRegression(scenario))
}

/** The exit code: 1 when, checked, the pages are not what the results say. */
export function writeStandings(args: readonly string[]): number {
  const folder = args.find((each) => !each.startsWith("-")) ?? inRoot("reports/latest")
  const files = standingsFiles(readRows(folder), readFileSync(inRoot("README.md"), "utf8"))
  const stale = [...files].filter(
    ([path, text]) => !existsSync(inRoot(path)) || readFileSync(inRoot(path), "utf8") !== text,
  )
  for (const [path, text] of args.includes("--check") ? [] : stale) writeWhole(inRoot(path), text)
  const names = stale.map(([path]) => path).join(", ")
  if (args.includes("--check") && names !== "")
    console.error(`not what the results say: ${names}; run npm run matrix and commit them.`)
  else console.log(names === "" ? "the matrix is up to date" : `written: ${names}`)
  return args.includes("--check") && names !== "" ? 1 : 0
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  try {
    process.exitCode = writeStandings(process.argv.slice(2))
  } catch (error) {
    if (!(error instanceof UsageFault)) throw error
    console.error(`rtspec: ${error.message}`)
    process.exitCode = 2
  }
}
