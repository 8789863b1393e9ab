// A line over whole numbers, with as few marks as say it.
import { scaleLinear } from "d3-scale"
import { curveMonotoneX, curveStepAfter, line } from "d3-shape"
import { useRef } from "preact/hooks"
import { useBox } from "./use-box.ts"

interface Props {
  readonly points: readonly (readonly [number, number])[]
  readonly across: string
  readonly up: string
  readonly title: string
  readonly steps?: boolean
}

const height = 240
const margin = { left: 52, right: 16, top: 14, bottom: 46 }
const say = (number: number) => number.toLocaleString("en-US")

export function Chart({ points, across, up, title, steps = false }: Props) {
  const room = useRef<HTMLDivElement>(null)
  // As wide as there is room, so that letters are as large as elsewhere.
  const width = Math.max(240, useBox(room).width || 720)
  const last = points.at(-1) ?? [0, 0]
  const x = scaleLinear([0, last[0]], [margin.left, width - margin.right])
  const y = scaleLinear(
    [0, Math.max(1, ...points.map(([, value]) => value))],
    [height - margin.bottom, margin.top],
  ).nice()
  const path = line<readonly [number, number]>()
    .x(([at]) => x(at))
    .y(([, value]) => y(value))
    .curve(steps ? curveStepAfter : curveMonotoneX)
  return (
    <div class="chart" ref={room}>
      <svg
        viewBox={`0 0 ${width} ${height}`}
        role="img"
        aria-label={`${title}: ${say(last[1])} ${up} at ${say(last[0])} ${across}`}
      >
        {y.ticks(4).map((tick) => (
          <g key={tick} class="tick">
            <line x1={margin.left} x2={width - margin.right} y1={y(tick)} y2={y(tick)} />
            <text x={margin.left - 8} y={y(tick) + 4} text-anchor="end">
              {say(tick)}
            </text>
          </g>
        ))}
        {x
          .ticks(Math.max(2, Math.floor(width / 110)))
          .filter(Number.isInteger)
          .map((tick) => (
            <text key={tick} class="tick-x" x={x(tick)} y={height - margin.bottom + 18} text-anchor="middle">
              {say(tick)}
            </text>
          ))}
        <text class="axis" x={width - margin.right} y={height - 8} text-anchor="end">
          {across}
        </text>
        <path class="line" d={path([...points]) ?? ""} />
        <circle class="end" cx={x(last[0])} cy={y(last[1])} r={4} />
      </svg>
    </div>
  )
}
