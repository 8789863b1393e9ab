// Two WebSockets joined: what one side sends the other gets, byte for byte, with pings, close codes and back-pressure. Each frame
// is told before it goes on: whoever has seen its effect finds it written down, however the recording ends.
import type { RawData, WebSocket } from "ws"

export type RelaySide = "client" | "server"

/** What went by, and from which side. */
export type Passed =
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "binary"; readonly bytes: number }
  | { readonly kind: "ping" }
  | { readonly kind: "pong" }
  | { readonly kind: "close"; readonly code: number; readonly reason: string }
  | { readonly kind: "drop" }
  | { readonly kind: "error"; readonly message: string }

export type OnPassed = (side: RelaySide, passed: Passed) => void

/** Where more than this waits for the slower side, the faster one is not read from until most of it has gone. */
const waitingAtMost = 1024 * 1024
const waitingAgain = waitingAtMost / 4

/** Joins two open sockets. Both must have been made without `autoPong`: a ping is answered by who is asked. */
export function relay(client: WebSocket, server: WebSocket, onPassed: OnPassed): void {
  const ending = { begun: false }
  forward("client", client, server, onPassed, ending)
  forward("server", server, client, onPassed, ending)
}

function forward(side: RelaySide, from: WebSocket, to: WebSocket, onPassed: OnPassed, ending: { begun: boolean }) {
  const isUp = () => to.readyState === to.OPEN
  from.on("message", (data: RawData, binary: boolean) => {
    if (!isUp()) return
    const bytes = bytesOf(data)
    onPassed(side, binary ? { kind: "binary", bytes: bytes.length } : { kind: "text", text: bytes.toString("utf8") })
    to.send(bytes, { binary }, () => {
      if (from.isPaused && to.bufferedAmount <= waitingAgain) from.resume()
    })
    if (to.bufferedAmount > waitingAtMost) from.pause()
  })
  for (const kind of ["ping", "pong"] as const)
    from.on(kind, (data) => {
      if (!isUp()) return
      onPassed(side, { kind })
      to[kind](data)
    })
  from.on("error", ({ message }) => onPassed(side, { kind: "error", message }))
  from.on("close", (code, reason) => {
    if (ending.begun) return
    ending.begun = true
    onPassed(side, code === 1006 ? { kind: "drop" } : { kind: "close", code, reason: String(reason) })
    if (to.isPaused) to.resume()
    end(to, code, reason)
  })
}

/** Ends a socket as its other side was ended: 1005 is a close frame without a code, 1006 none at all. */
function end(socket: WebSocket, code: number, reason: Buffer) {
  if (code === 1006) socket.terminate()
  else if (code === 1005) socket.close()
  else socket.close(code, reason)
}

/** Frames come as one Buffer under ws's default binaryType; the other shapes are for completeness of the type. */
function bytesOf(data: RawData): Buffer {
  if (Array.isArray(data)) return Buffer.concat(data)
  return data instanceof ArrayBuffer ? Buffer.from(data) : data
}
