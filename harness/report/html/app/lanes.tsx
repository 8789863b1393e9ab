// Where the lifelines stand, and their names on top.

export interface Places {
  readonly width: number
  readonly server: number
  readonly client: number
  readonly app: number
  /** Where the first future is drawn. */
  readonly futures: number
  /** How many stand beside each other at most. */
  readonly columns: number
  /** Room for times, on the left. */
  readonly gutter: number
  /** As on a telephone: words may cross the lifelines. */
  readonly isNarrow: boolean
}

export const futureWidth = 14
const narrowBelow = 470

/** Most of the room goes to what is said between server and client. */
export function placesIn(width: number, columns: number): Places {
  const isNarrow = width < narrowBelow
  const shown = Math.min(columns, isNarrow ? 4 : 12)
  const [gutter, beforeServer, afterApp] = isNarrow ? [58, 10, 12] : [76, 30, 26]
  const futures = width - shown * futureWidth - (isNarrow ? 6 : 12)
  const server = gutter + beforeServer
  const app = futures - afterApp
  const client = Math.round(server + (app - server) * 0.54)
  return { width, server, client, app, futures, columns: shown, gutter, isNarrow }
}

export function LaneHeads({ places }: { places: Places }) {
  return (
    <div class="lanes" style={{ width: `${places.width}px` }} aria-hidden="true">
      <span class="ms" style={{ left: "8px" }}>
        {places.isNarrow ? "ms" : "virtual ms"}
      </span>
      {(["server", "client", "app"] as const).map((lane) => (
        <span key={lane} class="lane" style={{ left: `${places[lane]}px` }}>
          {lane}
        </span>
      ))}
    </div>
  )
}
