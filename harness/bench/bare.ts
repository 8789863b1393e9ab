// What the WebSocket client costs by itself: the traffic of one case once more, dialled, framed and delivered one frame after the
// other, with nobody who composes, records, understands or judges it.
import { WebSocket } from "ws"
import type { Entry, Trace } from "../trace/trace.ts"
import type { Connection, Listener } from "../transports/endpoint.ts"
import type { Transport } from "../transports/transport.ts"

/** One frame: who sends it, and what. */
interface Frame {
  readonly by: "server" | "client"
  readonly text: string
}

const frameOf = (entry: Entry): Frame[] =>
  entry.lane !== "app" && entry.kind === "event" ? [{ by: entry.lane, text: JSON.stringify(entry.event) }] : []

/** Plays what the wire of `trace` saw, on one connection of `transport`, from the dial to the close. */
export function bareTraffic(trace: Trace, transport: Transport): () => Promise<void> {
  const frames = trace.entries.flatMap(frameOf)
  return async () => {
    let activity = 0
    let line: Connection | undefined
    let next = 0
    const seen = () => {
      activity += 1
    }
    const listener: Listener = {
      connecting: () => ({ as: "accept" }),
      accepted(connection) {
        line = connection
        seen()
      },
      message: seen,
      closed: seen,
    }
    transport.reset(listener)
    const socket = new WebSocket(transport.origin)
    socket.on("open", seen)
    socket.on("message", seen)
    const goOn = () => {
      const frame = frames[next++]
      if (frame?.by === "server") line?.send(frame.text)
      else if (frame) socket.send(frame.text)
      return frame !== undefined
    }
    await transport.settle(() => activity)
    await transport.settle(() => activity, goOn)
    socket.close()
    await transport.settle(() => activity)
    if (activity < frames.length || socket.readyState !== WebSocket.CLOSED)
      throw new Error(`of ${frames.length} frames only ${activity} signs of life came`)
  }
}
