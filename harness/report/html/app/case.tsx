// One case: what was demanded, what came of it, how it went, and how to play it again.
import { useEffect, useState } from "preact/hooks"
import type { Trace } from "../../../trace/trace.ts"
import { type CaseName, roomOf } from "../../case-key.ts"
import { failurePage } from "../../failure.ts"
import type { ResultRow } from "../../results.ts"
import { resultOfRow } from "../../row-result.ts"
import { notCome } from "../../stale.ts"
import { subjectName } from "../grid.ts"
import { hashOf, noFilter } from "../route.ts"
import { Command, CopyButton } from "./copy.tsx"
import { data, invariants, loadTrace, requirementOf, rowOf } from "./data.ts"
import { SequenceView } from "./sequence-view.tsx"
import { Mark, VerdictBadge, verdictWords } from "./verdict.tsx"

export function CaseView({ name }: { name: CaseName }) {
  const row = rowOf(name)
  if (!row)
    return (
      <>
        <h1>No such case</h1>
        <p class="empty">
          This report has no case {name.scenario} of {name.subject} {name.version}. <a href="#/">All results</a>
        </p>
      </>
    )
  return <Case row={row} />
}

/** undefined: not yet known. */
function useTrace(row: ResultRow): { trace: Trace | undefined; state: "loading" | "there" | "none" | "unreadable" } {
  const [trace, setTrace] = useState<Trace>()
  const [state, setState] = useState<"loading" | "there" | "none" | "unreadable">(row.trace ? "loading" : "none")
  useEffect(() => {
    if (!row.trace) return
    loadTrace(row).then(
      (found) => {
        setTrace(found)
        setState(found ? "there" : "none")
      },
      () => setState("unreadable"),
    )
  }, [row])
  return { trace, state }
}

function Case({ row }: { row: ResultRow }) {
  const requirement = requirementOf(row.scenario)
  const { trace, state } = useTrace(row)
  const [focus, setFocus] = useState<{ readonly index: number; readonly times: number }>()
  const show = (index: number) => setFocus((before) => ({ index, times: (before?.times ?? 0) + 1 }))
  return (
    <article class="case">
      <p class="crumbs">
        <a href="#/">Results</a> /{" "}
        <a href={hashOf({ page: "matrix", filter: { ...noFilter, room: roomOf(row.scenario) } })}>
          {roomOf(row.scenario)}
        </a>
      </p>
      <h1>{row.scenario}</h1>
      <p class="of">
        <VerdictBadge row={row} /> <span class="subject">{subjectName(row)}</span>
        <span class="quiet">
          {row.virtualMs.toLocaleString("en-US")} virtual ms in {row.durationMs.toLocaleString("en-US")} ms · seed{" "}
          {row.seed}
        </span>
      </p>
      <div class="two">
        <Findings row={row} onShow={trace ? show : undefined} />
        {requirement && <Requirement requirement={requirement} />}
      </div>
      <section aria-labelledby="again">
        <h2 id="again">Play it again</h2>
        <Command text={row.repro} />
      </section>
      <section aria-labelledby="sequence" class="happened">
        <h2 id="sequence">What happened</h2>
        {trace && (
          <SequenceView
            trace={trace}
            violations={row.violations.length > 0 ? row.violations : row.warnings}
            focus={focus}
            file={row.trace}
          />
        )}
        {trace && row.violations.length > 0 && <AsText row={row} trace={trace} />}
        {state === "loading" && <p class="empty">Reading the trace …</p>}
        {state === "unreadable" && <p class="empty">The trace could not be unpacked here; it lies in {row.trace}.</p>}
        {state === "none" && <NoTrace row={row} />}
      </section>
      <Others row={row} />
    </article>
  )
}

/** As the terminal has it, to be put into an issue. */
function AsText({ row, trace }: { row: ResultRow; trace: Trace }) {
  const titles = new Map([...invariants].map(([id, { title }]) => [id, title]))
  const text = failurePage(resultOfRow(row, data.results, trace), { width: 100, titles }).join("\n")
  return (
    <details class="as-text">
      <summary>As text</summary>
      <CopyButton text={text} what="text" />
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keys */}
      <pre tabIndex={0}>{text}</pre>
    </details>
  )
}

function NoTrace({ row }: { row: ResultRow }) {
  const why =
    row.verdict === "unsupported" || row.verdict === "not-installed"
      ? `It was not played: ${row.because}.`
      : "The report keeps the traces of failures alone; run with --traces all to keep every one."
  return <p class="empty">{why}</p>
}

function Findings({ row, onShow }: { row: ResultRow; onShow: ((index: number) => void) | undefined }) {
  const { violations, warnings, because, reason, staleLine, place } = row
  return (
    <section aria-labelledby="found" class="found">
      <h2 id="found">{violations.length > 0 ? "What was broken" : "What came of it"}</h2>
      {violations.map((violation, at) => (
        <Finding key={at} finding={violation} onShow={onShow} />
      ))}
      {because !== "" && (
        <p>
          {verdictWords[row.verdict]}: {because}
        </p>
      )}
      {row.verdict === "pass" && violations.length === 0 && (
        <p>Everything that was owed was done{warnings.length > 0 ? ", but for what only --strict asks" : ""}.</p>
      )}
      {warnings.length > 0 && <h3>Under --strict</h3>}
      {warnings.map((warning, at) => (
        <Finding key={at} finding={warning} onShow={onShow} />
      ))}
      {reason !== undefined && (
        <p class="ledger">
          <strong>Ledger:</strong> {reason}
        </p>
      )}
      {staleLine && (
        <p class="ledger">
          <strong>{notCome(row)}</strong>
          {place && ` (${place.file}:${place.line})`}: {staleLine.reason}
        </p>
      )}
      {!staleLine && place && (
        <p class="quiet">
          {place.file}:{place.line}
        </p>
      )}
    </section>
  )
}

function Finding({
  finding,
  onShow,
}: {
  finding: ResultRow["violations"][number]
  onShow: ((index: number) => void) | undefined
}) {
  const { invariant, message, cause, offence } = finding
  const about = invariants.get(invariant)
  return (
    <div class="finding">
      <h3>
        <code>{invariant}</code> {invariant === "story" ? "What this story asks for" : about?.title}
      </h3>
      <p>
        <strong>But:</strong> {message}
      </p>
      {about && (
        <details>
          <summary>Why it matters</summary>
          <p>{about.why}</p>
        </details>
      )}
      {onShow && (
        <p class="jumps">
          <button type="button" onClick={() => onShow(cause)}>
            → Cause
          </button>
          <button type="button" onClick={() => onShow(offence)}>
            ✗ Offence
          </button>
        </p>
      )}
    </div>
  )
}

function Requirement({ requirement }: { requirement: (typeof data.results.scenarios)[number] }) {
  const { title, grade, source, cites, situations, needs, judgedBy } = requirement
  return (
    <section aria-labelledby="demand" class="requirement">
      <h2 id="demand">What is owed</h2>
      <p class="title">{title}.</p>
      <dl>
        <dt>Grade</dt>
        <dd>
          <span class={`grade-word ${grade}`}>{grade}</span>: {source}
        </dd>
        <dt>Cites</dt>
        <dd>
          {cites.map((cite) => (
            <code key={cite}>{cite}</code>
          ))}
        </dd>
        {situations.map(({ id, sequence }) => [<dt key={`${id} name`}>{id}</dt>, <dd key={id}>{sequence}</dd>])}
        <dt>Judged by</dt>
        <dd>
          {judgedBy.map((id) => (
            <code key={id} title={invariants.get(id)?.title}>
              {id}
            </code>
          ))}
        </dd>
        {needs.length > 0 && [<dt key="needs">Needs</dt>, <dd key="list">{needs.join(", ")}</dd>]}
      </dl>
    </section>
  )
}

function Others({ row }: { row: ResultRow }) {
  const others = data.results.rows.filter(({ scenario }) => scenario === row.scenario)
  if (others.length < 2) return null
  return (
    <section aria-labelledby="others">
      <h2 id="others">The same scenario</h2>
      <ul class="others">
        {others.map((other) => (
          <li key={subjectName(other)}>
            <a href={hashOf({ page: "case", name: other })} aria-current={other === row ? "page" : undefined}>
              <Mark verdict={other.verdict} /> {subjectName(other)}{" "}
              <span class="unseen">{verdictWords[other.verdict]}</span>
            </a>
          </li>
        ))}
      </ul>
    </section>
  )
}
