// An in-memory stream that passes for the client's end of a TCP or TLS connection.
import { Duplex } from "node:stream"

/** The other end. It hears of each thing in turn, never from within the client's own call. */
export interface ServerEnd {
  heard(chunk: Buffer): void
  /** The client sends nothing more, or is gone. */
  ended(): void
}

/** When what the client did reaches the server. */
type Soon = (arrive: () => void) => void

/** The members of net.Socket and tls.TLSSocket that WebSocket clients and node:http touch. */
export class MemorySocket extends Duplex {
  readonly remoteAddress = "127.0.0.1"
  readonly remotePort = 443
  connecting = true
  server: ServerEnd | undefined
  private hasEnded = false
  private readonly soon: Soon

  constructor(soon: Soon) {
    // As net.Socket has it: the WebSocket of Node 22 and later waits for its own end to be closed.
    super({ allowHalfOpen: false })
    this.soon = soon
  }

  override _read() {}

  override _write(chunk: Buffer, _encoding: BufferEncoding, done: (error?: Error | null) => void) {
    this.soon(() => this.server?.heard(chunk))
    done()
  }

  /** Corked writes leave as one chunk, as one TCP segment would. */
  override _writev(parts: { chunk: Buffer; encoding: BufferEncoding }[], done: (error?: Error | null) => void) {
    this._write(Buffer.concat(parts.map((part) => part.chunk)), "utf8", done)
  }

  override _final(done: (error?: Error | null) => void) {
    this.leave()
    done()
  }

  override _destroy(error: Error | null, done: (error?: Error | null) => void) {
    this.leave()
    done(error)
  }

  private leave() {
    this.soon(() => this.server?.ended())
  }

  /** A second end() does nothing; node would make an error each time, and ws ends its sockets twice. */
  override end(chunk?: unknown, encoding?: unknown, done?: unknown): this {
    return this.writableEnded ? this : Reflect.apply(super.end, this, [chunk, encoding, done])
  }

  /** What the server sent has arrived; null: it sends nothing more. On the next tick, so that what the client throws is
   * the client's, as it would be out of a socket. */
  arrive(chunk: Buffer | null) {
    process.nextTick(() => {
      if (this.destroyed || this.hasEnded) return
      this.hasEnded = chunk === null
      this.push(chunk)
    })
  }

  /** The server, or the network, has reset the connection. */
  reset() {
    this.server = undefined
    this.destroy(Object.assign(new Error("read ECONNRESET"), { code: "ECONNRESET", errno: -104, syscall: "read" }))
  }

  resetAndDestroy() {
    return this.destroy()
  }
  setNoDelay() {
    return this
  }
  setKeepAlive() {
    return this
  }
  setTimeout() {
    return this
  }
  ref() {
    return this
  }
  unref() {
    return this
  }
}

/** The client's end as tls.connect would give it. */
class MemoryTlsSocket extends MemorySocket {
  readonly encrypted = true
  readonly authorized = true
  readonly alpnProtocol = false
  getSession() {
    return undefined
  }
}

/** Not yet announced: it emits `connect` (and `secureConnect`) on the next tick. When what the client does arrives is for
 * `soon` to say. */
export function memorySocket(secure: boolean, soon: Soon): MemorySocket {
  const client = secure ? new MemoryTlsSocket(soon) : new MemorySocket(soon)
  process.nextTick(() => {
    client.connecting = false
    if (client.destroyed) return
    client.emit("connect")
    if (secure) client.emit("secureConnect")
    client.emit("ready")
  })
  return client
}
