import { expect, it } from "vitest"
import { acceptance, createHeadReader, readUpgrade, refusal } from "./handshake.ts"

// The example of RFC 6455, 1.3.
const asked = [
  "GET /chat?x=1 HTTP/1.1",
  "Host: server.example.com",
  "Upgrade: websocket",
  "Connection: Upgrade",
  "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
  "Sec-WebSocket-Protocol: chat, superchat",
  "Sec-WebSocket-Version: 13",
]
const without = (name: string) => asked.filter((line) => !line.startsWith(name)).join("\r\n")
const request = (head = asked.join("\r\n")) => {
  const read = readUpgrade(head)
  if (!read) throw new Error("it is no upgrade")
  return read
}

it("reads where and how a client dials, in whatever pieces the request comes", () => {
  const read = createHeadReader()
  const bytes = Buffer.from(`${asked.join("\r\n")}\r\n\r\nrest`)
  expect(read(bytes.subarray(0, 40))).toBeUndefined()
  const whole = read(bytes.subarray(40))
  expect(String(whole?.rest)).toBe("rest")
  expect(request(whole?.head)).toMatchObject({ url: "/chat?x=1", headers: { host: "server.example.com" } })
})

it("joins a header that is given twice", () => {
  const { headers } = request([...asked, "OpenAI-Beta: one", "openai-beta: two"].join("\r\n"))
  expect(headers["openai-beta"]).toBe("one, two")
})

it.each(["Upgrade", "Sec-WebSocket-Key", "Sec-WebSocket-Version"])("without %s it is no upgrade", (name) => {
  expect(readUpgrade(without(name))).toBeUndefined()
})

it("accepts with the key's answer and the first subprotocol", () => {
  const answer = acceptance(request())
  expect(answer).toMatch(/^HTTP\/1\.1 101 Switching Protocols\r\n/)
  expect(answer).toContain("\r\nSec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n")
  expect(answer).toContain("\r\nSec-WebSocket-Protocol: chat\r\n")
  expect(answer.endsWith("\r\n\r\n")).toBe(true)
  expect(acceptance(request(without("Sec-WebSocket-Protocol")))).not.toContain("Protocol: ")
})

it("refuses with a body of its length in bytes", () => {
  expect(refusal(401, "·")).toMatch(/^HTTP\/1\.1 401 Refused\r\n.*\r\nContent-Length: 2\r\n\r\n·$/s)
})
