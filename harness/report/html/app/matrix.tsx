// The results: what came of the run, what is news in it, and the matrix of subjects × scenarios.
import { useMemo } from "preact/hooks"
import { filterRows, type Line, makeGrid, type Room } from "../grid.ts"
import { type Filter, hashOf, noFilter } from "../route.ts"
import { data, requirementOf } from "./data.ts"
import { Filters } from "./filters.tsx"
import { News, Tiles } from "./overview.tsx"
import { ledgerWords, Mark, verdictWords } from "./verdict.tsx"

export function MatrixView({ filter, onFilter }: { filter: Filter; onFilter: (next: Filter) => void }) {
  const rows = useMemo(() => filterRows(data.results, filter), [filter])
  const grid = useMemo(() => makeGrid(rows), [rows])
  const longest = Math.max(...grid.subjects.map((subject) => subject.length))
  return (
    <>
      <h1>Results</h1>
      <Tiles filter={filter} onFilter={onFilter} />
      <News />
      <section aria-labelledby="matrix-title">
        <h2 id="matrix-title">Subjects × scenarios</h2>
        <Filters filter={filter} onFilter={onFilter} shown={grid.shown} />
        {grid.shown === 0 ? (
          <p class="empty">
            No case is like that.{" "}
            <button type="button" onClick={() => onFilter(noFilter)}>
              Show all {data.results.rows.length}
            </button>
          </p>
        ) : (
          <div class="matrix" style={{ "--subjects": grid.subjects.length, "--letters": longest }}>
            <div class="columns" aria-hidden="true">
              {grid.subjects.map((subject) => (
                <span key={subject}>
                  <span>{subject}</span>
                </span>
              ))}
            </div>
            {grid.rooms.map((room) => (
              <RoomTable key={room.name} room={room} subjects={grid.subjects} />
            ))}
          </div>
        )}
        <Legend />
      </section>
    </>
  )
}

const gradeMarks = { documented: "D", observed: "O", plausible: "P" } as const

function RoomTable({ room, subjects }: { room: Room; subjects: readonly string[] }) {
  // What is not on the screen is not laid out; how tall it will be is known.
  const height = `auto ${room.lines.length * 29 + 40}px`
  return (
    <div class="room" style={{ "--height": height }}>
      <table>
        <caption>
          {room.name}
          <span class="quiet"> {room.lines.length}</span>
        </caption>
        <thead>
          <tr>
            <th scope="col" class="what">
              <span class="unseen">Scenario</span>
            </th>
            <th scope="col" class="grade">
              <span class="unseen">Grade</span>
            </th>
            {subjects.map((subject) => (
              <th scope="col" key={subject} class="subject">
                <span class="unseen">{subject}</span>
              </th>
            ))}
            <th scope="col" class="rest">
              <span class="unseen">What is owed</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {room.lines.map((line) => (
            <ScenarioLine key={line.scenario} line={line} />
          ))}
        </tbody>
      </table>
    </div>
  )
}

function ScenarioLine({ line }: { line: Line }) {
  const requirement = requirementOf(line.scenario)
  const name = line.scenario.slice(line.scenario.indexOf("/") + 1)
  const grade = requirement?.grade ?? "plausible"
  return (
    <tr>
      <th scope="row" class="what" title={`${line.scenario}: ${requirement?.title ?? ""}`}>
        {name}
      </th>
      <td class="grade">
        <abbr title={grade}>{gradeMarks[grade]}</abbr>
      </td>
      {line.cells.map((row, at) => {
        if (!row) return <td key={at} class="none" />
        const said = [verdictWords[row.verdict], ledgerWords(row), row.invariants.join(", ") || row.because]
        const words = `${row.scenario}, ${row.subject} ${row.version}: ${said.filter(Boolean).join("; ")}`
        return (
          <td key={at} class={row.expected ? "cell" : "cell news"}>
            <a href={hashOf({ page: "case", name: row })} aria-label={words} title={words}>
              <Mark verdict={row.verdict} />
            </a>
          </td>
        )
      })}
      <td class="rest">{requirement?.title}</td>
    </tr>
  )
}

function Legend() {
  const kinds = Object.entries(verdictWords) as [keyof typeof verdictWords, string][]
  return (
    <dl class="legend" aria-label="Legend">
      {kinds.map(([verdict, word]) => (
        <div key={verdict}>
          <dt>
            <Mark verdict={verdict} />
          </dt>
          <dd>{word}</dd>
        </div>
      ))}
      <div>
        <dt>
          <span class="swatch news" aria-hidden="true" />
        </dt>
        <dd>not as the ledger says</dd>
      </div>
      <div>
        <dt>D O P</dt>
        <dd>grade: documented, observed, plausible</dd>
      </div>
    </dl>
  )
}
