// What of the matrix is shown. Everything chosen here stands in the address.
import { roomOf } from "../../case-key.ts"
import { subjectName } from "../grid.ts"
import { type Filter, noFilter } from "../route.ts"
import { data } from "./data.ts"
import { isVerdict, Mark, verdictWords } from "./verdict.tsx"

const rows = data.results.rows
const subjects = [...new Set(rows.map(subjectName))]
const rooms = [...new Set(rows.map(({ scenario }) => roomOf(scenario)))]
const present = new Set(rows.map(({ verdict }) => verdict))
const verdicts = Object.keys(verdictWords)
  .filter(isVerdict)
  .filter((each) => present.has(each))

interface Props {
  readonly filter: Filter
  readonly onFilter: (next: Filter) => void
  readonly shown: number
}

export function Filters({ filter, onFilter, shown }: Props) {
  const toggle = (verdict: string) => {
    const on = filter.verdicts.includes(verdict)
    onFilter({
      ...filter,
      verdicts: on ? filter.verdicts.filter((each) => each !== verdict) : [...filter.verdicts, verdict],
    })
  }
  const isFiltered = shown < rows.length || filter.verdicts.length > 0
  return (
    <search class="filters">
      <label class="find">
        <span class="unseen">Search in scenarios, subjects and invariants</span>
        <input
          type="search"
          placeholder="Scenario, invariant, situation"
          value={filter.text}
          onInput={(event) => onFilter({ ...filter, text: event.currentTarget.value })}
        />
      </label>
      <Select
        name="Subject"
        all="All subjects"
        options={subjects}
        value={filter.subject}
        onPick={(subject) => onFilter({ ...filter, subject })}
      />
      <Select
        name="Room"
        all="All rooms"
        options={rooms}
        value={filter.room}
        onPick={(room) => onFilter({ ...filter, room })}
      />
      <label>
        <span class="unseen">Ledger</span>
        <select
          value={filter.ledger}
          onChange={({ currentTarget: { value } }) =>
            onFilter({ ...filter, ledger: value === "news" || value === "known" ? value : "" })
          }
        >
          <option value="">Expected or not</option>
          <option value="news">Not as the ledger says</option>
          <option value="known">Known failures</option>
        </select>
      </label>
      <fieldset class="verdicts">
        <legend class="unseen">Verdicts</legend>
        {verdicts.map((verdict) => (
          <button
            key={verdict}
            type="button"
            aria-pressed={filter.verdicts.includes(verdict)}
            onClick={() => toggle(verdict)}
          >
            <Mark verdict={verdict} /> {verdictWords[verdict]}
          </button>
        ))}
      </fieldset>
      <p class="shown" aria-live="polite">
        {isFiltered ? (
          <>
            {shown} of {rows.length} cases{" "}
            <button type="button" class="plain" onClick={() => onFilter(noFilter)}>
              Clear
            </button>
          </>
        ) : (
          `${rows.length} cases`
        )}
      </p>
    </search>
  )
}

interface SelectProps {
  readonly name: string
  readonly all: string
  readonly options: readonly string[]
  readonly value: string
  readonly onPick: (value: string) => void
}

function Select({ name, all, options, value, onPick }: SelectProps) {
  return (
    <label>
      <span class="unseen">{name}</span>
      <select value={value} onChange={(event) => onPick(event.currentTarget.value)}>
        <option value="">{all}</option>
        {options.map((option) => (
          <option key={option} value={option}>
            {option}
          </option>
        ))}
      </select>
    </label>
  )
}
