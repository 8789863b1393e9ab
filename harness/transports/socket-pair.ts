// Two joined in-memory streams that pass for the two ends of a TCP or TLS connection.
import { Duplex } from "node:stream"

/** When what one end wrote reaches the other. */
type Soon = (arrive: () => void) => void

/** The members of net.Socket and tls.TLSSocket that WebSocket clients and node:http touch. */
export class MemorySocket extends Duplex {
  peer: MemorySocket | undefined
  readonly remoteAddress = "127.0.0.1"
  readonly remotePort = 443
  connecting = false
  /** The next chunk written arrives in two pieces, the first of this many bytes. */
  splitNext = 0
  private ended = false
  private readonly soon: Soon

  constructor(soon: Soon) {
    super()
    this.soon = soon
  }

  override _read() {}

  override _write(chunk: Buffer, _encoding: BufferEncoding, done: (error?: Error | null) => void) {
    const at = Math.min(this.splitNext, chunk.length - 1)
    this.splitNext = 0
    if (at > 0) this.deliver(chunk.subarray(0, at))
    this.deliver(at > 0 ? chunk.subarray(at) : chunk)
    done()
  }

  /** Never from within the writer's own call. `null` ends the peer's reading. */
  private deliver(chunk: Buffer | null) {
    const peer = this.peer
    this.soon(() => {
      if (peer && !peer.destroyed && !peer.ended) peer.push(chunk)
      if (peer && chunk === null) peer.ended = true
    })
  }

  /** A second end() does nothing; node would make an error each time, and ws ends its sockets twice. */
  override end(chunk?: unknown, encoding?: unknown, done?: unknown): this {
    return this.writableEnded ? this : Reflect.apply(super.end, this, [chunk, encoding, done])
  }

  /** Corked writes leave as one chunk, as one TCP segment would. */
  override _writev(parts: { chunk: Buffer; encoding: BufferEncoding }[], done: (error?: Error | null) => void) {
    this._write(Buffer.concat(parts.map((part) => part.chunk)), "utf8", done)
  }

  override _final(done: (error?: Error | null) => void) {
    this.deliver(null)
    done()
  }

  override _destroy(error: Error | null, done: (error?: Error | null) => void) {
    this.deliver(null)
    done(error)
  }

  /** As net.Socket: the peer sees ECONNRESET. */
  resetAndDestroy() {
    const peer = this.peer
    this.peer = undefined
    this.destroy()
    peer?.destroy(Object.assign(new Error("read ECONNRESET"), { code: "ECONNRESET", errno: -104, syscall: "read" }))
    return this
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

export interface SocketPair {
  readonly client: MemorySocket
  readonly server: MemorySocket
}

/** Joined and not yet announced: the client's end emits `connect` (and `secureConnect`) on the next tick. What the server
 * writes arrives on the next tick; when the client's writes arrive is for `toServer` to say. */
export function socketPair(secure: boolean, toServer: Soon): SocketPair {
  const client = secure ? new MemoryTlsSocket(toServer) : new MemorySocket(toServer)
  const server = new MemorySocket(process.nextTick)
  client.peer = server
  server.peer = client
  client.connecting = true
  process.nextTick(() => {
    client.connecting = false
    if (client.destroyed) return
    client.emit("connect")
    if (secure) client.emit("secureConnect")
    client.emit("ready")
  })
  return { client, server }
}
