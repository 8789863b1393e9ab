// The whole trace at a glance beside the diagram: a tick an entry, in its lane; what is on the screen is framed. A click or
// a drag goes there.
import { useEffect, useRef } from "preact/hooks"
import type { ResultRow } from "../../results.ts"
import type { Sequence } from "../sequence.ts"

interface Props {
  readonly sequence: Sequence
  readonly violations: ResultRow["violations"]
  /** In rows. */
  readonly top: number
  readonly shown: number
  readonly onGo: (y: number) => void
}

const width = 44
const columnOf = { server: 2, client: 16, app: 30 } as const

export function Overview({ sequence, violations, top, shown, onGo }: Props) {
  const canvas = useRef<HTMLCanvasElement>(null)
  const box = useRef<HTMLDivElement>(null)
  useEffect(() => {
    const draw = () => paint(canvas.current, sequence, violations)
    draw()
    const scheme = matchMedia("(prefers-color-scheme: dark)")
    scheme.addEventListener("change", draw)
    const theme = new MutationObserver(draw)
    theme.observe(document.documentElement, { attributes: true, attributeFilter: ["data-theme"] })
    return () => {
      scheme.removeEventListener("change", draw)
      theme.disconnect()
    }
  }, [sequence, violations])
  const go = (event: PointerEvent) => {
    const frame = box.current?.getBoundingClientRect()
    if (frame) onGo(((event.clientY - frame.top) / frame.height) * sequence.height)
  }
  const percent = (rows: number) => `${Math.min(100, (rows / sequence.height) * 100)}%`
  return (
    <div
      class="overview"
      ref={box}
      aria-hidden="true"
      onPointerDown={(event) => {
        event.currentTarget.setPointerCapture(event.pointerId)
        go(event)
      }}
      onPointerMove={(event) => event.buttons > 0 && go(event)}
    >
      <canvas ref={canvas} />
      <div class="frame" style={{ top: percent(top), height: percent(shown) }} />
    </div>
  )
}

function paint(canvas: HTMLCanvasElement | null, { rows, height }: Sequence, violations: ResultRow["violations"]) {
  const pen = canvas?.getContext("2d")
  if (!canvas || !pen) return
  const tall = canvas.clientHeight || 400
  const scale = devicePixelRatio || 1
  canvas.width = width * scale
  canvas.height = tall * scale
  pen.scale(scale, scale)
  const color = (name: string) => {
    canvas.style.color = `var(${name})`
    return getComputedStyle(canvas).color
  }
  const tick = { plain: color("--tick"), error: color("--tick-error"), fault: color("--tick-fault") }
  for (const row of rows) {
    const y = (row.y / height) * tall
    pen.fillStyle = row.fault ? tick.fault : row.tone === "error" || row.tone === "crash" ? tick.error : tick.plain
    pen.fillRect(columnOf[row.from], y, 12, Math.max(1, tall / height - 0.5))
  }
  for (const { cause, offence } of violations)
    for (const [index, name] of [
      [cause, "--tick-cause"],
      [offence, "--tick-offence"],
    ] as const) {
      pen.fillStyle = color(name)
      pen.fillRect(0, ((rows[Math.min(index, rows.length - 1)]?.y ?? 0) / height) * tall - 1, width, 3)
    }
}
