// What a reader does to the sequence diagram: goes to an entry, zooms, moves by keys.
import { useEffect, useMemo, useRef, useState } from "preact/hooks"
import type { Trace } from "../../../trace/trace.ts"
import type { ResultRow } from "../../results.ts"
import { layOut, visible } from "../sequence.ts"
import { useBox } from "./use-box.ts"

/** An entry to go to; `times` tells one wish from the next. */
export interface Focus {
  readonly index: number
  readonly times: number
}

/** Heights of a row in pixels. */
const zooms = [2, 4, 8, 14, 20, 28] as const
const ordinary = 4
const heightOf = (zoom: number) => zooms[zoom] ?? 20

export type SequenceState = ReturnType<typeof useSequence>

export function useSequence(trace: Trace, violations: ResultRow["violations"], focus: Focus | undefined) {
  const sequence = useMemo(() => layOut(trace.entries), [trace])
  const [zoom, setZoom] = useState(ordinary)
  const [chosen, choose] = useState(violations[0]?.offence)
  const scroller = useRef<HTMLDivElement>(null)
  const box = useBox(scroller)
  const rowHeight = heightOf(zoom)
  const last = sequence.rows.length - 1

  const goTo = (index: number, how: "centre" | "near") => {
    const at = Math.max(0, Math.min(index, last))
    choose(at)
    if (scroller.current) scrollTo(scroller.current, (sequence.rows[at]?.y ?? 0) * rowHeight, rowHeight, how)
  }
  useEffect(() => {
    const index = focus?.index ?? violations[0]?.offence
    if (index !== undefined) goTo(index, "centre")
    if (focus) scroller.current?.focus()
  }, [focus?.times, trace])
  /** What is in the middle stays there. */
  const zoomBy = (by: number) => {
    const next = Math.max(0, Math.min(zooms.length - 1, zoom + by))
    const element = scroller.current
    const middle = element ? (element.scrollTop + element.clientHeight / 2) / rowHeight : 0
    setZoom(next)
    requestAnimationFrame(() => {
      if (element) element.scrollTop = middle * heightOf(next) - element.clientHeight / 2
    })
  }
  const onKeyDown = (event: KeyboardEvent) => {
    const move = moveOf(event.key, Math.max(1, Math.floor(box.height / rowHeight) - 2))
    if (event.key === "+" || event.key === "=") zoomBy(1)
    else if (event.key === "-") zoomBy(-1)
    else if (move === undefined) return
    else goTo((chosen ?? -1) + move, "near")
    event.preventDefault()
  }
  const bottom = box.top + Math.max(box.height, 400)
  const [from, to] = visible(sequence.rows, box.top / rowHeight - 4, bottom / rowHeight + 4)
  const ends = { isSmallest: zoom === 0, isLargest: zoom === zooms.length - 1 }
  return { sequence, scroller, box, rowHeight, last, chosen, choose, from, to, zoomBy, onKeyDown, ...ends }
}

function scrollTo(box: HTMLElement, y: number, rowHeight: number, how: "centre" | "near") {
  if (how === "centre") box.scrollTop = y - box.clientHeight / 2
  else if (y < box.scrollTop + rowHeight) box.scrollTop = y - rowHeight
  else if (y > box.scrollTop + box.clientHeight - 2 * rowHeight) box.scrollTop = y - box.clientHeight + 2 * rowHeight
}

/** How many entries a key goes on. */
function moveOf(key: string, page: number): number | undefined {
  const moves: Readonly<Record<string, number>> = {
    ArrowDown: 1,
    ArrowUp: -1,
    PageDown: page,
    PageUp: -page,
    Home: Number.NEGATIVE_INFINITY,
    End: Number.POSITIVE_INFINITY,
  }
  return moves[key]
}
