// Frames on the wire before their turn. What the server has composed it says whatever comes of it: so it may lie with the
// program, which lets its client have one frame after the other and tells each time that it has gone quiet. As soon as the
// client does anything but listen, the rest waits until the server would have said it.
import type { Duplex } from "node:stream"
import type { Connection } from "../endpoint.ts"

/** Up to the first of `ends` (bytes of the connection) the client may read now, up to each other when it has gone quiet. */
export interface Steps {
  /** The client's own, of the connection. */
  readonly port: number
  readonly ends: readonly number[]
  /** What lies behind the last of them is to be kept from the client. */
  readonly more?: true
}

export interface Ahead {
  /** The connection as the server is to have it. */
  of(connection: Connection, stream: Duplex): Connection
  /** Runs what makes the server say something; what is known to follow on it goes out with it. */
  together<T>(say: () => T): T
  /** What the client may read of the connection on which something was said last, where it may not read it all. */
  steps(): Steps | undefined
  /** While the program is asked, what it tells to have let its client read has reached it, even if the client has left since:
   * that it has may come first. */
  whileAsked<T>(ask: () => Promise<T>): Promise<T>
  /** Frames whose turn has not come. */
  frames(): number
  /** Bytes of these. */
  bytes(): number
  reset(): void
}

interface Frame {
  readonly text: string
  readonly bytes: number
  readonly end: number
}

interface Line {
  /** As the endpoint has it. */
  readonly connection: Connection
  readonly port: number
  readonly stream: Duplex
  waiting: Frame[]
  /** Where the last frame ends whose turn has come. */
  end: number
  /** The program keeps something of it from its client. */
  isKept: boolean
}

/** A stream that counts what is written to it: a socket. */
const writtenTo = (stream: Duplex) =>
  "bytesWritten" in stream && typeof stream.bytesWritten === "number" ? stream.bytesWritten : 0
const portOf = (stream: Duplex) =>
  "remotePort" in stream && typeof stream.remotePort === "number" ? stream.remotePort : 0

export function createAhead(): Ahead {
  let lines: Line[] = []
  let last: Line | undefined
  let isTogether = false
  let isAsked = false

  const send = (connection: Connection, line: Line, text: string, splitAt?: number) => {
    last = line
    const next = line.waiting[0]
    if (!next) {
      connection.send(text, splitAt)
      line.end = writtenTo(line.stream)
      return
    }
    if (next.text !== text) throw new Error(`the server said something else than it had announced: ${text}`)
    line.waiting.shift()
    line.end = next.end
  }
  const sendBinary = (connection: Connection, line: Line, bytes: Uint8Array) => {
    last = line
    connection.sendBinary(bytes)
    line.end = writtenTo(line.stream)
  }
  /** Of what is on the wire to a client that has left, nothing will be said any more. It reads it like anything that had been
   * sent before its close came: what answers the close lies behind it. */
  const letGo = (line: Line) => {
    line.end = line.waiting.at(-1)?.end ?? line.end
    line.waiting = []
  }
  const foresee = (connection: Connection, line: Line, texts: readonly string[]) => {
    if (!isTogether || line.port === 0 || line.waiting.length > 0 || !connection.reaches) return false
    let from = writtenTo(line.stream)
    for (const text of texts) {
      connection.send(text)
      const end = writtenTo(line.stream)
      line.waiting.push({ text, end, bytes: end - from })
      from = end
    }
    line.isKept = true
    return true
  }
  return {
    of(connection, stream) {
      const line: Line = { connection, port: portOf(stream), stream, waiting: [], end: 0, isKept: false }
      lines.push(line)
      stream.once("close", () => {
        if (!isAsked) line.waiting = []
      })
      // All else is the connection's own.
      const own = Object.create(connection, {
        reaches: { get: () => (isAsked && line.waiting.length > 0) || connection.reaches },
      })
      return Object.assign(own, {
        send: (text: string, splitAt?: number) => send(connection, line, text, splitAt),
        sendBinary: (bytes: Uint8Array) => sendBinary(connection, line, bytes),
        foresee: (texts: readonly string[]) => foresee(connection, line, texts),
      })
    },
    together(say) {
      isTogether = true
      for (const { stream } of lines) stream.cork()
      try {
        return say()
      } finally {
        isTogether = false
        for (const { stream } of lines) stream.uncork()
      }
    },
    steps() {
      if (!last?.isKept) return undefined
      if (!last.connection.reaches) letGo(last)
      const { port, end, waiting } = last
      last.isKept = waiting.length > 0
      return { port, ends: [end, ...waiting.map((frame) => frame.end)] }
    },
    async whileAsked(ask) {
      isAsked = true
      try {
        return await ask()
      } finally {
        isAsked = false
        for (const line of lines) if (!line.connection.reaches) letGo(line)
        lines = lines.filter(({ stream }) => !stream.destroyed)
      }
    },
    frames: () => lines.reduce((sum, { waiting }) => sum + waiting.length, 0),
    bytes: () => lines.reduce((sum, { waiting }) => waiting.reduce((all, { bytes }) => all + bytes, sum), 0),
    reset() {
      lines = []
      last = undefined
      isAsked = false
    },
  }
}
