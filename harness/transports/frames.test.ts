import { describe, expect, it } from "vitest"
import { closeFrame, createFrameReader, type FromClient, frameOf, opcodes } from "./frames.ts"

/** A client's frame as any client would make it: masked. */
function masked(opcode: number, payload: string | Buffer, first = 0x80): Buffer {
  const frame = frameOf(opcode, payload)
  const length = Buffer.byteLength(payload)
  const head = frame.subarray(0, frame.length - length)
  head[0] = first | opcode
  head[1] = 0x80 | (head[1] ?? 0)
  const mask = Buffer.from([1, 2, 3, 4])
  const body = Buffer.from(payload).map((byte, at) => byte ^ (mask[at % 4] ?? 0))
  return Buffer.concat([head, mask, body])
}
const text = (data: string): FromClient => ({ is: "message", data: Buffer.from(data), isBinary: false })
const more = 0

describe("a frame", () => {
  it.each([
    [0, [0x81, 0]],
    [125, [0x81, 125]],
    [126, [0x81, 126, 0, 126]],
    [65_535, [0x81, 126, 255, 255]],
    [65_536, [0x81, 127, 0, 0, 0, 0, 0, 1, 0, 0]],
  ])("of %d bytes says so in as few bytes as may be", (length, head) => {
    const payload = "a".repeat(length)
    const frame = frameOf(opcodes.text, payload)
    expect([...frame.subarray(0, head.length)]).toEqual(head)
    expect(String(frame.subarray(head.length))).toBe(payload)
  })

  it("of a text counts bytes and not characters", () => {
    expect([...frameOf(opcodes.text, "·")]).toEqual([0x81, 2, 0xc2, 0xb7])
  })

  it("of a close carries its code, or nothing where there was none", () => {
    expect([...closeFrame(1000, "no")]).toEqual([0x88, 4, 3, 232, 110, 111])
    expect([...closeFrame(1005, "")]).toEqual([0x88, 0])
  })
})

describe("the reader", () => {
  it("gives whole messages, in whatever pieces they come", () => {
    const bytes = Buffer.concat(["one", "x".repeat(300), "x".repeat(70_000)].map((each) => masked(opcodes.text, each)))
    const read = createFrameReader()
    const found = [
      ...[...bytes.subarray(0, 330)].flatMap((byte) => read(Buffer.from([byte]))),
      ...read(bytes.subarray(330)),
    ]
    const said = (all: FromClient[]) => all.map((each) => (each.is === "message" ? String(each.data) : each.is))
    expect(said(found)).toEqual(["one", "x".repeat(300), "x".repeat(70_000)])
    expect(said(createFrameReader()(bytes))).toEqual(said(found))
  })

  it("puts fragments together, with a ping between them", () => {
    const read = createFrameReader()
    expect(read(masked(opcodes.text, "a", more))).toEqual([])
    expect(read(masked(opcodes.ping, "?"))).toEqual([{ is: "ping", data: Buffer.from("?") }])
    expect(read(masked(opcodes.continuation, "b"))).toEqual([text("ab")])
  })

  it("tells binary from text, and how it was closed", () => {
    const read = createFrameReader()
    expect(read(masked(opcodes.binary, Buffer.from([255])))).toMatchObject([{ is: "message", isBinary: true }])
    expect(read(masked(opcodes.close, Buffer.from([3, 233, 120])))).toEqual([{ is: "close", code: 1001, reason: "x" }])
    expect(read(masked(opcodes.text, "after the close"))).toEqual([])
    expect(createFrameReader()(masked(opcodes.close, ""))).toEqual([{ is: "close", code: 1005, reason: "" }])
  })

  it.each([
    ["an unmasked frame", frameOf(opcodes.text, "a"), 1002],
    ["a reserved bit", masked(opcodes.text, "a", 0xc0), 1002],
    ["an opcode that does not exist", masked(3, "a"), 1002],
    ["a fragmented ping", masked(opcodes.ping, "a", more), 1002],
    ["a ping that is too long", masked(opcodes.ping, "a".repeat(126)), 1002],
    ["a continuation of nothing", masked(opcodes.continuation, "a"), 1002],
    ["half a close code", masked(opcodes.close, "a"), 1002],
    ["a close code that nobody may send", masked(opcodes.close, Buffer.from([3, 238])), 1002],
    ["text that is not UTF-8", masked(opcodes.text, Buffer.from([0xff])), 1007],
  ])("takes no more after %s", (_, bytes, code) => {
    const read = createFrameReader()
    expect(read(bytes)).toEqual([{ is: "broken", code }])
    expect(read(masked(opcodes.text, "a"))).toEqual([])
  })
})
