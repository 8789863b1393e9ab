// A state machine, drawn.
import { Graph as Layout, layout } from "@dagrejs/dagre"
import { useMemo } from "preact/hooks"
import { type Edge, isReached, isWhole, type MachineGraph } from "../machines.ts"

interface Point {
  readonly x: number
  readonly y: number
}
interface Drawn {
  readonly width: number
  readonly height: number
  readonly states: readonly (Point & { readonly name: string; readonly width: number })[]
  readonly edges: readonly { readonly edge: Edge; readonly path: string; readonly label: Point }[]
}

const letterWidth = 7.3
const stateHeight = 34
const loopHeight = 40

/** A long edge's events are counted; the table names them. */
const labelOf = ({ steps }: Edge) =>
  steps.length === 1 ? (steps[0]?.on ?? "") : `${steps.filter(({ reached }) => reached).length} of ${steps.length}`
const labelWidth = (edge: Edge) => short(labelOf(edge)).length * 6.7 + 10
const short = (text: string) => (text.length > 38 ? `${text.slice(0, 37)}…` : text)

function arrange(machine: MachineGraph): Drawn {
  const graph = new Layout({ multigraph: true })
  graph.setGraph({ rankdir: "LR", nodesep: 26, ranksep: 46, edgesep: 16, marginx: 12, marginy: 12 })
  graph.setDefaultEdgeLabel(() => ({}))
  const loops = new Map(machine.edges.filter(({ from, to }) => from === to).map((edge) => [edge.from, edge]))
  const widthOf = (name: string) => name.length * letterWidth + 28
  for (const name of machine.states) {
    const loop = loops.get(name)
    const width = Math.max(widthOf(name), loop ? labelWidth(loop) : 0)
    graph.setNode(name, { width, height: stateHeight + (loop ? 2 * loopHeight : 0) })
  }
  for (const edge of machine.edges.filter(({ from, to }) => from !== to))
    graph.setEdge(edge.from, edge.to, { width: labelWidth(edge), height: 16, labelpos: "c" }, `${edge.from} ${edge.to}`)
  layout(graph)
  const { width = 0, height = 0 } = graph.graph() as { width?: number; height?: number }
  return {
    width,
    height,
    states: machine.states.map((name) => ({ ...(graph.node(name) as Point), name, width: widthOf(name) })),
    edges: machine.edges.map((edge) => {
      if (edge.from === edge.to) return loopAt(edge, graph.node(edge.from) as Point)
      const { points, x, y } = graph.edge(edge.from, edge.to, `${edge.from} ${edge.to}`) as Point & { points: Point[] }
      const [from, to] = [graph.node(edge.from) as Point, graph.node(edge.to) as Point]
      const inner = points.slice(1, -1)
      const start = onBorder(from, widthOf(edge.from), inner[0] ?? to)
      const end = onBorder(to, widthOf(edge.to), inner.at(-1) ?? from)
      return { edge, path: pathOf([start, ...inner, end]), label: { x, y } }
    }),
  }
}

/** Where a line to `towards` leaves a state: at its side, or, where that lies above or below, there. The layout keeps more
 * room around a state than the state takes, for its loop. */
function onBorder({ x, y }: Point, width: number, towards: Point): Point {
  const across = towards.x - x
  if (Math.abs(across) > width / 2) return { x: x + Math.sign(across) * (width / 2), y }
  return { x: x + across / 2, y: y + Math.sign(towards.y - y) * (stateHeight / 2) }
}

/** Back to where it came from, above the state: the layout's own loops are hard to read. */
function loopAt(edge: Edge, { x, y }: Point): Drawn["edges"][number] {
  const top = y - stateHeight / 2
  const path = `M${x - 13} ${top} C${x - 22} ${top - 24} ${x + 22} ${top - 24} ${x + 13} ${top - 1}`
  return { edge, path, label: { x, y: top - 29 } }
}

/** A smooth line through the points. */
function pathOf(points: readonly Point[]): string {
  const [first, ...rest] = points
  if (!first) return ""
  let path = `M${first.x} ${first.y}`
  for (const [at, point] of rest.entries()) {
    const next = rest[at + 1]
    if (!next) path += ` L${point.x} ${point.y}`
    else path += ` Q${point.x} ${point.y} ${(point.x + next.x) / 2} ${(point.y + next.y) / 2}`
  }
  return path
}

export function Graph({ machine }: { machine: MachineGraph }) {
  const drawn = useMemo(() => arrange(machine), [machine])
  const id = machine.name.replace(/\W+/g, "-")
  const unreached = machine.edges.filter((edge) => !isReached(edge)).length
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keys
    <section class="graph" tabIndex={0} aria-label={`Graph of ${machine.name}`}>
      <svg
        width={drawn.width}
        height={drawn.height}
        viewBox={`0 0 ${drawn.width} ${drawn.height}`}
        role="img"
        aria-label={`${machine.states.length} states, ${machine.edges.length} arrows, ${unreached} of them never taken; the table below lists them`}
      >
        <defs>
          {["reached", "part", "none"].map((kind) => (
            <marker
              key={kind}
              id={`${id}-${kind}`}
              class={`tip ${kind}`}
              viewBox="0 0 8 8"
              refX="7"
              refY="4"
              markerWidth="7"
              markerHeight="7"
              orient="auto"
            >
              <path d="M0 0.5 L8 4 L0 7.5 Z" />
            </marker>
          ))}
        </defs>
        {drawn.edges.map(({ edge, path, label }) => {
          const kind = isWhole(edge) ? "reached" : isReached(edge) ? "part" : "none"
          return (
            <g key={`${edge.from} ${edge.to}`} class={`edge ${kind}`}>
              <title>
                {edge.steps
                  .map(({ on, reached, because }) => `${reached ? "●" : "○"} ${on}${because ? `: ${because}` : ""}`)
                  .join("\n")}
              </title>
              <path d={path} marker-end={`url(#${id}-${kind})`} />
              <rect x={label.x - labelWidth(edge) / 2 + 3} y={label.y - 8} width={labelWidth(edge) - 6} height={16} />
              <text x={label.x} y={label.y + 4} text-anchor="middle">
                {short(labelOf(edge))}
              </text>
            </g>
          )
        })}
        {drawn.states.map(({ name, x, y, width }) => (
          <g key={name} class="state">
            <rect x={x - width / 2} y={y - stateHeight / 2} width={width} height={stateHeight} rx={stateHeight / 2} />
            <text x={x} y={y + 4.5} text-anchor="middle">
              {name}
            </text>
          </g>
        ))}
      </svg>
    </section>
  )
}
