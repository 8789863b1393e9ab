// The address as state: what a reader filters or opens is in it, and the browser's own back and forward work.
import { useEffect, useState } from "preact/hooks"
import { hashOf, parseRoute, type Route } from "../route.ts"

export function useRoute(): [Route, (next: Route, how?: "replace") => void] {
  const [hash, setHash] = useState(location.hash)
  useEffect(() => {
    const read = () => setHash(location.hash)
    addEventListener("hashchange", read)
    return () => removeEventListener("hashchange", read)
  }, [])
  const go = (next: Route, how?: "replace") => {
    const to = hashOf(next)
    if (how === "replace") history.replaceState(null, "", to)
    else location.hash = to
    setHash(to)
  }
  return [parseRoute(hash), go]
}
