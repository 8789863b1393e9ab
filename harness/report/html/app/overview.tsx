// What a reader wants first: how it went, and what is news.
import { type Filter, hashOf, noFilter } from "../route.ts"
import { data } from "./data.ts"
import { isVerdict, ledgerWords, Mark, verdictWords } from "./verdict.tsx"

const { results } = data
const news = results.rows.filter(({ expected }) => !expected)
const count = (verdict: string) => results.rows.filter((row) => row.verdict === verdict).length

export function Tiles({ filter, onFilter }: { filter: Filter; onFilter: (next: Filter) => void }) {
  const { passed, failed, cases } = results.totals
  const kinds = Object.keys(verdictWords)
    .filter(isVerdict)
    .filter((verdict) => count(verdict) > 0)
  return (
    <div class="tiles">
      <p class={failed > 0 ? "headline bad" : "headline good"}>
        <strong>{failed > 0 ? failed : passed}</strong>
        <span>{failed > 0 ? `of ${cases} cases not as expected` : `of ${cases} cases as expected`}</span>
      </p>
      <ul aria-label="Cases by verdict">
        {kinds.map((verdict) => (
          <li key={verdict}>
            <button
              type="button"
              aria-pressed={filter.verdicts.includes(verdict) && filter.verdicts.length === 1}
              onClick={() => onFilter({ ...noFilter, verdicts: [verdict] })}
            >
              <span class="number">{count(verdict)}</span>
              <span>
                <Mark verdict={verdict} /> {verdictWords[verdict]}
              </span>
            </button>
          </li>
        ))}
        <Reached name="transitions" {...results.transitions} />
        <Reached name="goals" {...results.goals} />
      </ul>
    </div>
  )
}

function Reached({
  name,
  reached,
  unreached,
}: {
  name: string
  reached: readonly unknown[]
  unreached: readonly unknown[]
}) {
  const all = reached.length + unreached.length
  if (all === 0) return null
  return (
    <li>
      <a href={hashOf({ page: "coverage" })}>
        <span class="number">
          {reached.length}
          <small> / {all}</small>
        </span>
        <span>{name} reached</span>
      </a>
    </li>
  )
}

const shownNews = 20

export function News() {
  if (news.length === 0) return null
  return (
    <section aria-labelledby="news-title" class="news-list">
      <h2 id="news-title">News</h2>
      <ol>
        {news.slice(0, shownNews).map((row) => (
          <li key={`${row.subject} ${row.version} ${row.scenario}`}>
            <a href={hashOf({ page: "case", name: row })}>
              <Mark verdict={row.verdict} />
              <span class="name">{row.scenario}</span>
              <span class="quiet">
                {row.subject} {row.version}
              </span>
              <span class="said">{row.staleLine ? ledgerWords(row) : (row.violations[0]?.message ?? row.because)}</span>
            </a>
          </li>
        ))}
      </ol>
      {news.length > shownNews && (
        <p>
          <a href={hashOf({ page: "matrix", filter: { ...noFilter, ledger: "news" } })}>
            All {news.length} in the matrix
          </a>
        </p>
      )}
    </section>
  )
}
