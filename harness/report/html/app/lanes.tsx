// Where the lifelines stand, and their names on top.

export interface Places {
  readonly width: number
  readonly server: number
  readonly client: number
  readonly app: number
  /** Where the first future is drawn. */
  readonly futures: number
}

export const gutter = 76
export const futureWidth = 14

/** Most of the room goes to what is said between server and client. */
export function placesIn(width: number, columns: number): Places {
  const shown = Math.min(columns, 12)
  const futures = width - shown * futureWidth - 12
  const server = gutter + 30
  const app = futures - 26
  const client = Math.round(server + (app - server) * 0.54)
  return { width, server, client, app, futures }
}

export function LaneHeads({ places }: { places: Places }) {
  return (
    <div class="lanes" style={{ width: `${places.width}px` }} aria-hidden="true">
      <span class="ms" style={{ left: "8px" }}>
        virtual ms
      </span>
      {(["server", "client", "app"] as const).map((lane) => (
        <span key={lane} class="lane" style={{ left: `${places[lane]}px` }}>
          {lane}
        </span>
      ))}
    </div>
  )
}
