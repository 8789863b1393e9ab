// Puts the shards of one run together, as if it had been one; says so where they are not the shards of one run.
import { UsageFault } from "../runner/faults.ts"
import { caseKey } from "./case-key.ts"
import type { ReportOnDisk } from "./read-results.ts"
import type { ResultsFile } from "./results.ts"
import { totalsOf } from "./totals.ts"

/** Throws UsageFault for a shard that is missing, repeated, or of another run. */
export function mergeShards(reports: readonly ReportOnDisk[]): ResultsFile {
  const [first, ...others] = reports
  if (!first) throw new UsageFault("there is no report to put together; name their folders.")
  if (others.length === 0 && !first.results.run.shard) return first.results
  const ordered = inOrder(reports)
  for (const other of ordered) demandSameRun(first, other)
  const files = ordered.map(({ results }) => results)
  const rows = inRunOrder(files)
  const stories = new Map(files.flatMap((file) => file.scenarios).map((each) => [each.id, each]))
  const { shard, ...run } = first.results.run
  if (shard && rows.length !== shard.casesInAll)
    throw new UsageFault(
      `the shards hold ${rows.length} cases, the run has ${shard.casesInAll}: they are of different runs; play them again.`,
    )
  return {
    ...first.results,
    run,
    totals: totalsOf(rows),
    transitions: mergeTransitions(files),
    goals: mergeGoals(files),
    scenarios: [...new Set(rows.map(({ scenario }) => scenario))].flatMap((id) => stories.get(id) ?? []),
    rows,
  }
}

function inOrder(reports: readonly ReportOnDisk[]): ReportOnDisk[] {
  const of = reports[0]?.results.run.shard?.of ?? 0
  const byIndex = new Map<number, ReportOnDisk>()
  for (const report of reports) {
    const { shard } = report.results.run
    if (!shard) throw new UsageFault(`${report.file} is no shard but a whole run; name it alone, or shards alone.`)
    if (shard.of !== of)
      throw new UsageFault(
        `${report.file} is shard ${shard.index}/${shard.of}, others are of ${of}; name those of one run.`,
      )
    const same = byIndex.get(shard.index)
    if (same)
      throw new UsageFault(`${report.file} and ${same.file} are both shard ${shard.index}/${of}; name each shard once.`)
    byIndex.set(shard.index, report)
  }
  const indices = Array.from({ length: of }, (_, at) => at + 1)
  const missing = indices.filter((index) => !byIndex.has(index))
  if (missing.length > 0)
    throw new UsageFault(
      `${missing.length === 1 ? "shard" : "shards"} ${missing.map((index) => `${index}/${of}`).join(", ")} missing; name the folders of all ${of}.`,
    )
  return indices.flatMap((index) => byIndex.get(index) ?? [])
}

/** Node may differ between machines; what the cases were may not. */
function demandSameRun(one: ReportOnDisk, other: ReportOnDisk) {
  const members = ["rtspec", "seed", "transport", "dialect", "inventory", "strict", "full"] as const
  for (const member of members) {
    const [mine, theirs] = [one.results.run[member], other.results.run[member]]
    if (mine !== theirs)
      throw new UsageFault(
        `${one.file} and ${other.file} are not of one run: ${member} is ${mine} in the one and ${theirs} in the other.`,
      )
  }
}

/** Rows of all shards in the order that the whole run would have had. */
function inRunOrder(files: readonly ResultsFile[]): ResultsFile["rows"] {
  const placed = files.flatMap(({ rows, run }) =>
    rows.map((row, at) => ({ row, position: run.shard?.positions[at] ?? 0 })),
  )
  const seen = new Set<string>()
  for (const { row } of placed) {
    if (seen.has(caseKey(row)))
      throw new UsageFault(`the case ${caseKey(row)} is in two shards: they are of different runs.`)
    seen.add(caseKey(row))
  }
  return placed.sort((one, other) => one.position - other.position).map(({ row }) => row)
}

function mergeTransitions(files: readonly ResultsFile[]): ResultsFile["transitions"] {
  const reached = new Set(files.flatMap(({ transitions }) => transitions.reached))
  const unreached = new Map(files.flatMap(({ transitions }) => transitions.unreached).map((each) => [each.id, each]))
  return {
    reached: [...reached].sort(),
    unreached: [...unreached.values()]
      .filter(({ id }) => !reached.has(id))
      .sort((one, other) => (one.id < other.id ? -1 : 1)),
  }
}

function mergeGoals(files: readonly ResultsFile[]): ResultsFile["goals"] {
  const reached = new Set(files.flatMap(({ goals }) => goals.reached))
  const unreached = new Set(files.flatMap(({ goals }) => goals.unreached))
  return { reached: [...reached].sort(), unreached: [...unreached].filter((id) => !reached.has(id)).sort() }
}
