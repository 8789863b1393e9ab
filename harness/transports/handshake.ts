// The opening of a WebSocket connection (RFC 6455, section 4) as the server's end in memory reads and answers it.
import { createHash } from "node:crypto"
import type { IncomingHttpHeaders } from "node:http"

export interface UpgradeRequest {
  readonly url: string
  readonly headers: IncomingHttpHeaders
  readonly key: string
}

const endOfHead = "\r\n\r\n"

/** Takes what comes over the wire until the head of the request is whole. `rest` is what came behind it. */
export function createHeadReader(): (chunk: Buffer) => { readonly head: string; readonly rest: Buffer } | undefined {
  let bytes: Buffer = Buffer.alloc(0)
  return (chunk) => {
    bytes = bytes.length === 0 ? chunk : Buffer.concat([bytes, chunk])
    const end = bytes.indexOf(endOfHead)
    if (end < 0) return undefined
    return { head: bytes.toString("latin1", 0, end), rest: bytes.subarray(end + endOfHead.length) }
  }
}

/** Undefined: it asks for something else than a WebSocket. */
export function readUpgrade(head: string): UpgradeRequest | undefined {
  const [first = "", ...lines] = head.split("\r\n")
  const [method, url = "/"] = first.split(" ")
  const headers: Record<string, string> = {}
  for (const line of lines) {
    const colon = line.indexOf(":")
    const name = line.slice(0, colon).toLowerCase()
    const value = line.slice(colon + 1).trim()
    headers[name] = headers[name] === undefined ? value : `${headers[name]}, ${value}`
  }
  const key = headers["sec-websocket-key"] ?? ""
  const asks = headers.upgrade?.toLowerCase() === "websocket" && headers["sec-websocket-version"] === "13"
  return method === "GET" && asks && /^[+/0-9A-Za-z]{22}==$/.test(key) ? { url, headers, key } : undefined
}

const guid = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11"

/** Of the subprotocols that the client offers, the first is taken. */
export function acceptance({ key, headers }: UpgradeRequest): string {
  const accept = createHash("sha1")
    .update(key + guid)
    .digest("base64")
  const subprotocol = headers["sec-websocket-protocol"]?.split(",")[0]?.trim()
  return [
    "HTTP/1.1 101 Switching Protocols",
    "Upgrade: websocket",
    "Connection: Upgrade",
    `Sec-WebSocket-Accept: ${accept}`,
    ...(subprotocol ? [`Sec-WebSocket-Protocol: ${subprotocol}`] : []),
    "\r\n",
  ].join("\r\n")
}

export function refusal(status: number, body: string): string {
  const length = Buffer.byteLength(body)
  return `HTTP/1.1 ${status} Refused\r\nConnection: close\r\nContent-Type: application/json\r\nContent-Length: ${length}${endOfHead}${body}`
}
