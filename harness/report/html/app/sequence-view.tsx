// The sequence diagram: lifelines, arrows, futures and marks; what is not on the screen is not drawn. The entry that is
// chosen is shown as data beside it.
import type { Trace } from "../../../trace/trace.ts"
import type { ResultRow } from "../../results.ts"
import { Inspector } from "./inspector.tsx"
import { LaneHeads, placesIn } from "./lanes.tsx"
import { legible, RowMark, Spans } from "./sequence-marks.tsx"
import { Overview } from "./sequence-overview.tsx"
import { type Focus, type SequenceState, useSequence } from "./use-sequence.ts"

interface Props {
  readonly trace: Trace
  readonly violations: ResultRow["violations"]
  readonly focus: Focus | undefined
  readonly file: string | undefined
}

/** Narrower than this the diagram scrolls sideways. */
const narrowest = 300
/** Of the lifelines' names, with the border. */
const headHeight = 36

export function SequenceView({ trace, violations, focus, file }: Props) {
  const state = useSequence(trace, violations, focus)
  const { sequence, scroller, box, rowHeight, last, chosen } = state
  const total = sequence.height * rowHeight + 12
  return (
    <div class="sequence">
      <Tools state={state} />
      <div class="split">
        <div class="diagram">
          <Diagram state={state} violations={violations} name={trace.header.scenario} total={total} />
          {box.height > 0 && total > box.height * 1.3 && (
            <Overview
              sequence={sequence}
              violations={violations}
              top={box.top / rowHeight}
              shown={box.height / rowHeight}
              onGo={(y) => {
                if (scroller.current) scroller.current.scrollTop = y * rowHeight - box.height / 2
              }}
            />
          )}
        </div>
        <Inspector entry={chosen === undefined ? undefined : trace.entries[Math.min(chosen, last)]} file={file} />
      </div>
    </div>
  )
}

function Tools({ state: { sequence, zoomBy, isSmallest, isLargest } }: { state: SequenceState }) {
  return (
    <div class="tools">
      <p class="quiet">
        {sequence.rows.length.toLocaleString("en-US")} entries · arrows and keys move, click shows the event
      </p>
      <fieldset aria-label="Zoom">
        <button type="button" onClick={() => zoomBy(-1)} disabled={isSmallest} aria-label="Smaller">
          −
        </button>
        <button type="button" onClick={() => zoomBy(1)} disabled={isLargest} aria-label="Larger">
          +
        </button>
      </fieldset>
    </div>
  )
}

interface DiagramProps {
  readonly state: SequenceState
  readonly violations: ResultRow["violations"]
  readonly name: string
  /** Height in pixels. */
  readonly total: number
}

function Diagram({ state, violations, name, total }: DiagramProps) {
  const { sequence, scroller, box, rowHeight, last, chosen, from, to } = state
  const places = placesIn(Math.max(box.width, narrowest), sequence.columns)
  const choose = (index: number) => {
    state.choose(index)
    scroller.current?.focus({ preventScroll: true })
  }
  return (
    <div
      class="scroller"
      style={{ height: `min(72vh, 760px, ${total + headHeight}px)` }}
      ref={scroller}
      tabIndex={0}
      role="listbox"
      aria-label={`Trace of ${name}, ${sequence.rows.length} entries`}
      aria-activedescendant={chosen === undefined ? undefined : `entry-${chosen}`}
      onKeyDown={state.onKeyDown}
      onWheel={(event) => {
        if (!event.ctrlKey) return
        event.preventDefault()
        state.zoomBy(event.deltaY < 0 ? 1 : -1)
      }}
    >
      <LaneHeads places={places} />
      <svg width={places.width} height={total} role="presentation" class={rowHeight < legible ? "small" : ""}>
        {(["server", "client", "app"] as const).map((lane) => (
          <line key={lane} class="lifeline" x1={places[lane]} x2={places[lane]} y1={0} y2={total} />
        ))}
        {sequence.rows.slice(from, to).map((row) => (
          <RowMark
            key={row.index}
            row={row}
            previousAt={sequence.rows[row.index - 1]?.at}
            places={places}
            rowHeight={rowHeight}
            isChosen={row.index === chosen}
            isCause={violations.some(({ cause }) => cause === row.index)}
            isOffence={violations.some(({ offence }) => Math.min(offence, last) === row.index)}
            count={sequence.rows.length}
            onChoose={() => choose(row.index)}
          />
        ))}
        <Spans sequence={sequence} places={places} rowHeight={rowHeight} from={from} to={to} />
      </svg>
    </div>
  )
}
