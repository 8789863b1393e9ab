// A row of results.json as the result that it was made of; what only the run knew stays empty. The page uses it, too.
import type { CaseResult } from "../runner/result.ts"
import type { Trace } from "../trace/trace.ts"
import type { ResultRow, ResultsFile } from "./results.ts"

export function resultOfRow(
  row: ResultRow,
  { run, scenarios }: Pick<ResultsFile, "run" | "scenarios">,
  trace: Trace | undefined,
): CaseResult {
  const { dialect = run.dialect, transport = transportOf(run) } = row
  return {
    ...{
      scenario: row.scenario,
      title: scenarios.find(({ id }) => id === row.scenario)?.title ?? "",
      grade: row.grade,
    },
    ...{ subject: row.subject, version: row.version, seed: row.seed, verdict: row.verdict, because: row.because },
    transport,
    ...{ violations: row.violations, warnings: row.warnings, triggered: {}, transitions: [], goals: [] },
    ...{ virtualMs: row.virtualMs, durationMs: row.durationMs },
    ...(row.adapterFile === undefined ? {} : { adapterFile: row.adapterFile }),
    ...(dialect === "openai" ? {} : { dialect }),
    ...(trace === undefined ? {} : { trace }),
  }
}

const transportOf = ({ transport }: ResultsFile["run"]) => (transport === "loopback" ? transport : "memory")
