// WebSocket frames (RFC 6455) as the server's end in memory writes and reads them. Strict: a client that frames wrongly is
// told so by the close code that it would get from any server.
import { isUtf8 } from "node:buffer"

export const opcodes = { continuation: 0, text: 1, binary: 2, close: 8, ping: 9, pong: 10 } as const

/** What a client has sent. `broken`: its framing is wrong, and nothing more is read; `code` is what to close with. */
export type FromClient =
  | { readonly is: "message"; readonly data: Buffer; readonly isBinary: boolean }
  | { readonly is: "close"; readonly code: number; readonly reason: string }
  | { readonly is: "ping" | "pong"; readonly data: Buffer }
  | { readonly is: "broken"; readonly code: 1002 | 1007 }

const wrong = (code: 1002 | 1007): FromClient => ({ is: "broken", code })

/** A whole, unmasked frame. */
export function frameOf(opcode: number, payload: string | Uint8Array): Buffer {
  const length = typeof payload === "string" ? Buffer.byteLength(payload) : payload.length
  const from = length < 126 ? 2 : length < 0x1_0000 ? 4 : 10
  const frame = Buffer.allocUnsafe(from + length)
  frame[0] = 0x80 | opcode
  frame[1] = from === 2 ? length : from === 4 ? 126 : 127
  if (from === 4) frame.writeUInt16BE(length, 2)
  if (from === 10) frame.writeBigUInt64BE(BigInt(length), 2)
  if (typeof payload === "string") frame.write(payload, from)
  else frame.set(payload, from)
  return frame
}

/** No code means none: 1005 is never sent. */
export function closeFrame(code: number, reason: string): Buffer {
  if (code === 1005) return frameOf(opcodes.close, "")
  const payload = Buffer.from(`  ${reason}`)
  payload.writeUInt16BE(code)
  return frameOf(opcodes.close, payload)
}

interface Frame {
  readonly isFinal: boolean
  readonly opcode: number
  readonly data: Buffer
  readonly bytes: number
}

/** Takes what comes over the wire, in whatever pieces, and gives what is whole. */
export function createFrameReader(): (chunk: Buffer) => FromClient[] {
  const messages = createMessages()
  let rest: Buffer = Buffer.alloc(0)
  let isBroken = false
  return (chunk) => {
    rest = rest.length === 0 ? chunk : Buffer.concat([rest, chunk])
    const found: FromClient[] = []
    while (!isBroken) {
      const frame = firstFrame(rest)
      if (frame === undefined) break
      const told = frame === "broken" ? wrong(1002) : messages(frame)
      if (told) found.push(told)
      isBroken = told?.is === "broken" || told?.is === "close"
      if (frame !== "broken") rest = rest.subarray(frame.bytes)
    }
    return found
  }
}

/** The frame at the beginning; undefined while it is not whole. A client's frames are masked, and no extension was agreed. */
function firstFrame(bytes: Buffer): Frame | "broken" | undefined {
  const [first, second] = bytes
  if (first === undefined || second === undefined) return undefined
  const opcode = first & 0x0f
  const isFinal = first >= 0x80
  const short = second & 0x7f
  const isControl = opcode >= 8
  if ((first & 0x70) !== 0 || second < 0x80 || (isControl && (!isFinal || short > 125))) return "broken"
  const at = short < 126 ? 2 : short === 126 ? 4 : 10
  if (bytes.length < at + 4) return undefined
  const length = short < 126 ? short : short === 126 ? bytes.readUInt16BE(2) : Number(bytes.readBigUInt64BE(2))
  const end = at + 4 + length
  if (bytes.length < end) return undefined
  return { isFinal, opcode, data: unmasked(bytes, at, end), bytes: end }
}

function unmasked(bytes: Buffer, maskAt: number, end: number): Buffer {
  const from = maskAt + 4
  const data = Buffer.allocUnsafe(end - from)
  for (let at = 0; at < data.length; at++) data[at] = (bytes[from + at] ?? 0) ^ (bytes[maskAt + (at & 3)] ?? 0)
  return data
}

/** Puts fragments together; control frames may come between them. */
function createMessages(): (frame: Frame) => FromClient | undefined {
  let parts: Buffer[] = []
  let kind: number | undefined
  return ({ opcode, isFinal, data }) => {
    if (opcode === opcodes.close) return closing(data)
    if (opcode === opcodes.ping || opcode === opcodes.pong)
      return { is: opcode === opcodes.ping ? "ping" : "pong", data }
    if (opcode > opcodes.binary || (opcode === opcodes.continuation) === (kind === undefined)) return wrong(1002)
    kind ??= opcode
    parts.push(data)
    if (!isFinal) return undefined
    const [only = data] = parts
    const whole = parts.length === 1 ? only : Buffer.concat(parts)
    const isBinary = kind === opcodes.binary
    parts = []
    kind = undefined
    return isBinary || isUtf8(whole) ? { is: "message", data: whole, isBinary } : wrong(1007)
  }
}

function closing(data: Buffer): FromClient {
  if (data.length === 0) return { is: "close", code: 1005, reason: "" }
  if (data.length === 1) return wrong(1002)
  const code = data.readUInt16BE()
  const reason = data.subarray(2)
  if (!isCloseCode(code)) return wrong(1002)
  return isUtf8(reason) ? { is: "close", code, reason: String(reason) } : wrong(1007)
}

/** RFC 6455, 7.4, and the codes registered since. */
const isCloseCode = (code: number) =>
  (code >= 1000 && code <= 1014 && ![1004, 1005, 1006].includes(code)) || (code >= 3000 && code <= 4999)
