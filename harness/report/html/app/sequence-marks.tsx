// One entry of the sequence diagram as an arrow with its words, and the futures as bars beside the app's lifeline.
import type { Sequence, SequenceRow, Span } from "../sequence.ts"
import { futureWidth, type Places } from "./lanes.tsx"

/** Rows lower than this many pixels have no words. */
export const legible = 12
/** Of the small monospaced letters. */
const letterWidth = 6.7

const fitted = (text: string, room: number) => {
  const letters = Math.max(4, Math.floor(room / letterWidth))
  return text.length <= letters ? text : `${text.slice(0, letters - 1)}…`
}

interface RowProps {
  readonly row: SequenceRow
  readonly previousAt: number | undefined
  readonly places: Places
  readonly rowHeight: number
  readonly isChosen: boolean
  readonly isCause: boolean
  readonly isOffence: boolean
  readonly count: number
  readonly onChoose: () => void
}

export function RowMark(props: RowProps) {
  const { row, previousAt, places, rowHeight, isChosen, isCause, isOffence, count, onChoose } = props
  const y = row.y * rowHeight
  const isLegible = rowHeight >= legible
  const role = isOffence ? "offence" : isCause ? "cause" : ""
  const said = [
    `${row.at} ms`,
    row.from === row.to ? row.from : `${row.from} to ${row.to}`,
    row.text,
    row.fault ? `fault ${row.fault}` : "",
    role,
  ]
  return (
    <g
      id={`entry-${row.index}`}
      class={`row ${row.tone} ${role} ${isChosen ? "chosen" : ""} ${row.fault ? "fault" : ""}`}
      role="option"
      aria-selected={isChosen}
      aria-label={said.filter(Boolean).join(", ")}
      aria-posinset={row.index + 1}
      aria-setsize={count}
      onClick={onChoose}
    >
      <rect class="band" x={0} y={y - rowHeight / 2} width={places.width} height={rowHeight} />
      {isLegible && row.at !== previousAt && (
        <text class="time" x={places.gutter - 6} y={y + 4} text-anchor="end">
          {places.isNarrow ? row.at : row.at.toLocaleString("en-US")}
        </text>
      )}
      {isLegible && row.gapMs >= 100 && <Gap row={row} rowHeight={rowHeight} places={places} />}
      {isLegible && role !== "" && (
        <text class="role" x={places.isNarrow ? 3 : 6} y={y + 4}>
          {isOffence ? "✗" : "→"}
        </text>
      )}
      {row.tone === "phase" ? (
        <PhaseLine row={row} y={y} places={places} isLegible={isLegible} />
      ) : (
        <Arrow row={row} y={y} places={places} isLegible={isLegible} />
      )}
    </g>
  )
}

/** Time in which nothing happened, folded. */
function Gap({ row, rowHeight, places }: { row: SequenceRow; rowHeight: number; places: Places }) {
  const y = row.y * rowHeight - rowHeight / 2 - Math.min(2, Math.log10(row.gapMs) / 2) * rowHeight * 0.5
  return (
    <g class="gap">
      <line x1={places.gutter + 8} x2={places.width} y1={y} y2={y} />
      <text x={places.gutter - 6} y={y + 4} text-anchor="end">
        +{places.isNarrow ? row.gapMs : row.gapMs.toLocaleString("en-US")}
      </text>
    </g>
  )
}

function PhaseLine({ row, y, places, isLegible }: { row: SequenceRow; y: number; places: Places; isLegible: boolean }) {
  return (
    <>
      <line class="phase-line" x1={places.gutter + 8} x2={places.width} y1={y} y2={y} />
      {isLegible && (
        <text class="phase-name" x={(places.server + places.client) / 2} y={y + 4} text-anchor="middle">
          {row.text.replace(/— ?/g, "").trim()}
        </text>
      )}
    </>
  )
}

/** Where an arrow's words stand. Where there is little room they cross the lifeline between: those at the app end there. */
function wordsIn({ isNarrow, server, app }: Places, left: number, right: number) {
  if (!isNarrow) return { x: left + 11, room: right - left - 22, anchor: "start" } as const
  const room = app - server - 14
  return right === app
    ? ({ x: app - 7, room, anchor: "end" } as const)
    : ({ x: left + 7, room, anchor: "start" } as const)
}

function Arrow({ row, y, places, isLegible }: { row: SequenceRow; y: number; places: Places; isLegible: boolean }) {
  const x1 = places[row.from]
  const x2 = places[row.to]
  const words = wordsIn(places, Math.min(x1, x2), Math.max(x1, x2))
  if (x1 === x2)
    return (
      <>
        <circle cx={x1} cy={y} r={isLegible ? 4.5 : 2} />
        {isLegible && (
          <text class="words" x={x1 + 10} y={y + 4}>
            {fitted(row.text, places.width - x1 - (places.isNarrow ? 14 : 60))}
          </text>
        )}
      </>
    )
  const way = x2 > x1 ? 1 : -1
  const under = isLegible ? y + 6 : y
  return (
    <>
      <line x1={x1} x2={x2 - way * 2} y1={under} y2={under} />
      {isLegible && (
        <path
          class="head"
          d={`M${x2 - way * 7} ${under - 3.5} L${x2 - way} ${under} L${x2 - way * 7} ${under + 3.5} Z`}
        />
      )}
      {isLegible && (
        <text class="words" x={words.x} y={y + 1} text-anchor={words.anchor}>
          {fitted(row.text, words.room)}
        </text>
      )}
    </>
  )
}

interface SpanProps {
  readonly sequence: Sequence
  readonly places: Places
  readonly rowHeight: number
  readonly from: number
  readonly to: number
}

/** Bars from where a future was opened to where it settled; one that never did runs to the end, open and dashed. */
export function Spans({ sequence, places, rowHeight, from, to }: SpanProps) {
  const shown = sequence.spans.filter(
    (span) => span.from < to && (span.to ?? Number.POSITIVE_INFINITY) >= from && span.column < places.columns,
  )
  const yOf = (at: number | undefined) => (at === undefined ? sequence.height : (sequence.rows[at]?.y ?? 0)) * rowHeight
  return (
    <g class="spans">
      {shown.map((span) => (
        <Bar
          key={span.id}
          span={span}
          x={places.futures + span.column * futureWidth}
          top={yOf(span.from)}
          bottom={yOf(span.to)}
        />
      ))}
    </g>
  )
}

const glyphs = { resolved: "●", rejected: "✗", never: "?" } as const
const words = { resolved: "resolved", rejected: "rejected", never: "never settled" } as const

function Bar({ span, x, top, bottom }: { span: Span; x: number; top: number; bottom: number }) {
  return (
    <g class={`span ${span.as}`}>
      <title>{`${span.name}: ${words[span.as]}`}</title>
      <rect x={x} y={top} width={7} height={Math.max(3, bottom - top)} rx={3} />
      {span.as !== "never" && bottom - top > 6 && (
        <text x={x + 3.5} y={bottom + 10} text-anchor="middle">
          {glyphs[span.as]}
        </text>
      )}
    </g>
  )
}
