// HAR 1.2 as Chrome saves it: each entry that was a WebSocket has its messages in `_webSocketMessages` (Chrome's own
// extension: type "send" or "receive", time in seconds, opcode, data; binary data in base64).
import { LogFault, type LogItem } from "./log.ts"
import { isMembers, messageOf } from "./shape.ts"

/** Throws LogFault for JSON that is no HAR, or that has no WebSocket in it. */
export function* readHar(text: string): Generator<LogItem> {
  const sockets = socketsIn(text)
  const began = Math.min(...sockets.flatMap(({ messages }) => messages.map(({ time }) => time)))
  yield { kind: "header", header: { end: "client", ...(sockets[0] ? { endpoint: sockets[0].url } : {}) } }
  let line = 0
  for (const [at, { url, status, messages }] of sockets.entries()) {
    const connection = at + 1
    yield { kind: "entry", entry: { line: ++line, connection, side: "client", kind: "handshake", url } }
    yield { kind: "entry", entry: { line: ++line, connection, side: "server", kind: "handshake", status } }
    for (const { type, time, opcode, data } of messages) {
      const side = type === "send" ? "client" : "server"
      const wire =
        opcode === 1 ? messageOf(data) : ({ kind: "binary", bytes: Buffer.byteLength(data, "base64") } as const)
      if (typeof wire === "string") yield { kind: "problem", line: ++line, message: wire }
      else yield { kind: "entry", entry: { line: ++line, connection, side, atMs: (time - began) * 1000, ...wire } }
    }
  }
}

interface Message {
  readonly type: string
  readonly time: number
  readonly opcode: number
  readonly data: string
}

function socketsIn(text: string): { url: string; status: number; messages: Message[] }[] {
  const parsed = parse(text)
  const log = isMembers(parsed) && isMembers(parsed.log) ? parsed.log : undefined
  if (!log || !Array.isArray(log.entries))
    throw new LogFault("it is JSON but no HAR: a HAR 1.2 has log.entries. Save it from Chrome's network panel again.")
  const sockets = log.entries.flatMap((entry: unknown) => {
    if (!isMembers(entry) || !Array.isArray(entry._webSocketMessages)) return []
    const request = isMembers(entry.request) ? entry.request : {}
    const response = isMembers(entry.response) ? entry.response : {}
    return {
      url: typeof request.url === "string" ? request.url : "",
      status: typeof response.status === "number" ? response.status : 101,
      messages: entry._webSocketMessages.filter(isMessage),
    }
  })
  if (sockets.length === 0)
    throw new LogFault(
      "this HAR holds no WebSocket messages: they are in _webSocketMessages, which Chrome saves and other browsers do not.",
    )
  return sockets
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    // The engine's own words may quote what stands there.
    throw new LogFault("it begins as a HAR and is not whole JSON: save it from Chrome's network panel again.")
  }
}

const isMessage = (message: unknown): message is Message =>
  isMembers(message) &&
  typeof message.type === "string" &&
  typeof message.time === "number" &&
  typeof message.opcode === "number" &&
  typeof message.data === "string"
