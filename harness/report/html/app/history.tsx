// This run beside earlier ones: totals, and the cases that did not always come out the same.
import { useMemo } from "preact/hooks"
import { caseKey } from "../../case-key.ts"
import { hashOf } from "../route.ts"
import { data, rowOf } from "./data.ts"
import { isVerdict, Mark, verdictWords } from "./verdict.tsx"

const runs = [...data.history, { ...data.results, label: "this run" }]
const count = (rows: readonly { readonly verdict: string }[], verdict: string) =>
  rows.filter((row) => row.verdict === verdict).length

/** Cases whose verdict was not the same in all runs that had them. */
function changes() {
  const seen = new Map<string, (string | undefined)[]>()
  const names = new Map<string, { scenario: string; subject: string; version: string }>()
  for (const [at, { rows }] of runs.entries())
    for (const row of rows) {
      const key = caseKey(row)
      const verdicts = seen.get(key) ?? runs.map(() => undefined)
      verdicts[at] = row.verdict
      seen.set(key, verdicts)
      names.set(key, row)
    }
  return [...seen].flatMap(([key, verdicts]) => {
    const name = names.get(key)
    return new Set(verdicts).size > 1 && name ? [{ name, verdicts }] : []
  })
}

export function HistoryView() {
  const changed = useMemo(changes, [])
  if (data.history.length === 0)
    return (
      <>
        <h1>History</h1>
        <div class="empty">
          <p>This report knows of no earlier run.</p>
          <p>
            Give some: <code>rtspec report DIR --history OLDER OLD</code>
          </p>
        </div>
      </>
    )
  return (
    <>
      <h1>History</h1>
      <p class="lead">
        {runs.length} runs, the oldest first. {changed.length} {changed.length === 1 ? "case has" : "cases have"} not
        always come out the same.
      </p>
      <div class="wide">
        <table class="plain">
          <thead>
            <tr>
              <th scope="col">Run</th>
              <th scope="col">rtspec</th>
              <th scope="col">Cases</th>
              <th scope="col">As expected</th>
              <th scope="col">Not</th>
              <th scope="col">Verdicts</th>
            </tr>
          </thead>
          <tbody>
            {runs.map((run, at) => (
              <tr key={at}>
                <th scope="row">{run.label}</th>
                <td>{run.run.rtspec}</td>
                <td class="count">{run.totals.cases}</td>
                <td class="count">{run.totals.passed}</td>
                <td class="count">{run.totals.failed}</td>
                <td>
                  <Bars rows={run.rows} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <h2>Changed</h2>
      {changed.length === 0 ? (
        <p class="empty">Every case came out as it always did.</p>
      ) : (
        <div class="wide">
          <table class="plain">
            <thead>
              <tr>
                <th scope="col">Case</th>
                {runs.map((run, at) => (
                  <th scope="col" key={at}>
                    {run.label}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {changed.map(({ name, verdicts }) => (
                <tr key={caseKey(name)}>
                  <th scope="row">
                    {rowOf(name) ? <a href={hashOf({ page: "case", name })}>{name.scenario}</a> : name.scenario}{" "}
                    <span class="quiet">
                      {name.subject} {name.version}
                    </span>
                  </th>
                  {verdicts.map((verdict, at) => (
                    <td key={at}>
                      {verdict === undefined ? (
                        <span class="quiet">–</span>
                      ) : isVerdict(verdict) ? (
                        <>
                          <Mark verdict={verdict} /> {verdictWords[verdict]}
                        </>
                      ) : (
                        verdict
                      )}
                    </td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </>
  )
}

function Bars({ rows }: { rows: readonly { readonly verdict: string }[] }) {
  const kinds = Object.keys(verdictWords).filter((verdict) => count(rows, verdict) > 0)
  const words = kinds.map((verdict) => `${count(rows, verdict)} ${verdict}`).join(", ")
  return (
    <span class="bars" role="img" aria-label={words} title={words}>
      {kinds.map((verdict) => (
        <span key={verdict} class={verdict} style={{ flexGrow: count(rows, verdict) }} />
      ))}
    </span>
  )
}
