// What the document holds: the results at once, a trace when it is asked for.
import type { Trace } from "../../../trace/trace.ts"
import { type CaseName, caseKey } from "../../case-key.ts"
import type { ResultRow } from "../../results.ts"
import type { PackedTraces, PageData } from "../page-data.ts"
import { hashOf } from "../route.ts"

const textOf = (id: string) => document.getElementById(id)?.textContent ?? "{}"

export const data = JSON.parse(textOf("rtspec-data")) as PageData

let packed: PackedTraces | undefined
const tracesOf = (): PackedTraces => {
  packed ??= JSON.parse(textOf("rtspec-traces")) as PackedTraces
  return packed
}

const rows = new Map(data.results.rows.map((row) => [caseKey(row), row]))

/** An address holds no half of a surrogate pair; where a name has one, what the address makes of it is looked for. */
export function rowOf(name: CaseName): ResultRow | undefined {
  const hash = hashOf({ page: "case", name })
  return rows.get(caseKey(name)) ?? data.results.rows.find((row) => hashOf({ page: "case", name: row }) === hash)
}

const requirements = new Map(data.results.scenarios.map((each) => [each.id, each]))
export const requirementOf = (scenario: string) => requirements.get(scenario)

export const invariants = new Map(data.results.invariants.map((each) => [each.id, each]))

/** Resolves to nothing where the report keeps no trace of the case. */
export async function loadTrace(name: CaseName): Promise<Trace | undefined> {
  const base64 = tracesOf()[caseKey(name)]
  if (base64 === undefined) return undefined
  const bytes = Uint8Array.from(atob(base64), (each) => each.charCodeAt(0))
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"))
  return (await new Response(stream).json()) as Trace
}
