// A connection of either client, as an app waits for it: there is no promise, but the socket's `open`, and the end of it all.
import type { Report } from "../../harness/adapter.ts"
import type { Emitter, Lifecycle } from "./shapes.ts"

interface Connection {
  /** The future's name. */
  readonly id: string
  readonly client: Emitter & { readonly socket: Lifecycle }
  /** A client that dials again by itself tells its own end; of another, the socket's end is the end. */
  readonly isRecovered: boolean
  onOpen?(): void
  onReconnected?(): void
}

/** Follows the connection as a future and as states, and reports every error that the client emits. */
export function followConnection(connection: Connection, report: Report): void {
  const { id, client, isRecovered, onOpen, onReconnected } = connection
  let isSettled = false
  let failure: unknown
  const settle = (isOpen: boolean) => {
    if (!isSettled) report.settled(id, isOpen ? { as: "resolved" } : { as: "rejected", error: failure })
    isSettled = true
  }
  let isUp = false
  const tell = (state: "connected" | "reconnected" | "disconnected") => {
    isUp = state !== "disconnected"
    report.state(state)
  }
  report.opened({ id, kind: "connect" })
  client.socket.on("open", () => {
    settle(true)
    tell("connected")
    onOpen?.()
  })
  client.on("reconnected", () => {
    settle(true)
    tell("reconnected")
    onReconnected?.()
  })
  // Of every attempt: the first says that the connection was lost.
  client.on("reconnecting", () => isUp && tell("disconnected"))
  const end: Lifecycle = isRecovered ? client : client.socket
  end.on("close", () => {
    settle(false)
    tell("disconnected")
  })
  client.on("error", (error) => {
    failure = error
    report.error(error)
  })
}
