// The size of a scrolling element and how far it is scrolled, as state.
import type { RefObject } from "preact"
import { useEffect, useState } from "preact/hooks"

export function useBox(ref: RefObject<HTMLElement | null>): { width: number; height: number; top: number } {
  const [box, setBox] = useState({ width: 0, height: 0, top: 0 })
  useEffect(() => {
    const element = ref.current
    if (!element) return
    let frame = 0
    const measure = () => {
      frame = 0
      const { clientWidth: width, clientHeight: height, scrollTop: top } = element
      setBox((before) =>
        before.width === width && before.height === height && before.top === top ? before : { width, height, top },
      )
    }
    const later = () => {
      frame ||= requestAnimationFrame(measure)
    }
    const sizes = new ResizeObserver(later)
    sizes.observe(element)
    element.addEventListener("scroll", later, { passive: true })
    measure()
    return () => {
      cancelAnimationFrame(frame)
      sizes.disconnect()
      element.removeEventListener("scroll", later)
    }
  }, [ref])
  return box
}
