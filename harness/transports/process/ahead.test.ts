// What goes on the wire before its turn, and what the program is told to let its client have of it.
import { PassThrough } from "node:stream"
import { describe, expect, it } from "vitest"
import type { Connection } from "../endpoint.ts"
import { createAhead } from "./ahead.ts"

/** A connection over a stream that counts, and frames that are as long as their text. */
function open(ahead: ReturnType<typeof createAhead>, port: number) {
  const written: string[] = []
  const stream = Object.assign(new PassThrough(), { bytesWritten: 0, remotePort: port })
  const raw: Connection & { reaches: boolean } = {
    number: 1,
    url: "/",
    reaches: true,
    send(text) {
      written.push(text)
      stream.bytesWritten += text.length
    },
    sendBinary(bytes) {
      stream.bytesWritten += bytes.length
    },
    together: (sends) => sends(),
    close() {},
    drop() {},
    silence() {},
    ping: async () => {},
  }
  return { line: ahead.of(raw, stream), written, stream, raw }
}

const say = (ahead: ReturnType<typeof createAhead>, line: Connection, text: string, ...following: string[]) =>
  ahead.together(() => {
    line.send(text)
    return following.length > 0 && line.foresee?.(following)
  })

describe("frames ahead of their turn", () => {
  it("are on the wire at once, and told of by where each ends", () => {
    const ahead = createAhead()
    const { line, written } = open(ahead, 7)
    expect(say(ahead, line, "one", "three", "five!")).toBe(true)
    expect(written).toEqual(["one", "three", "five!"])
    expect(ahead.steps()).toEqual({ port: 7, ends: [3, 8, 13] })
    expect([ahead.frames(), ahead.bytes()]).toEqual([2, 10])
  })

  it("are not sent again when their turn comes", () => {
    const ahead = createAhead()
    const { line, written } = open(ahead, 7)
    say(ahead, line, "one", "three", "five!")
    line.send("three")
    expect(written).toHaveLength(3)
    expect([ahead.frames(), ahead.bytes()]).toEqual([1, 5])
    expect(ahead.steps()).toEqual({ port: 7, ends: [8, 13] })
    line.send("five!")
    expect(ahead.steps()).toEqual({ port: 7, ends: [13] })
  })

  it("are not told of where nothing is kept from the client", () => {
    const ahead = createAhead()
    const { line } = open(ahead, 7)
    say(ahead, line, "one")
    expect(ahead.steps()).toBeUndefined()
  })

  it("must be what the server then says", () => {
    const ahead = createAhead()
    const { line } = open(ahead, 7)
    say(ahead, line, "one", "three")
    expect(() => line.send("four")).toThrow("the server said something else than it had announced: four")
  })

  it("wait where the server says one thing at a time", () => {
    const ahead = createAhead()
    const { line, written } = open(ahead, 7)
    line.send("one")
    expect(line.foresee?.(["three"])).toBe(false)
    expect(written).toEqual(["one"])
  })

  it("are kept apart by connection, and told of where something was said last", () => {
    const ahead = createAhead()
    const [first, second] = [open(ahead, 7), open(ahead, 8)]
    say(ahead, first.line, "one", "three")
    say(ahead, second.line, "four", "five!")
    expect(ahead.steps()).toEqual({ port: 8, ends: [4, 9] })
    first.line.send("three")
    expect(ahead.steps()).toEqual({ port: 7, ends: [8] })
  })

  it("lie behind a binary frame that is said before them, which has a turn of its own", () => {
    const ahead = createAhead()
    const { line } = open(ahead, 7)
    ahead.together(() => {
      line.sendBinary(new Uint8Array(10))
      return line.foresee?.(["three"])
    })
    expect(ahead.steps()).toEqual({ port: 7, ends: [10, 15] })
  })

  it("are let go of when the client has left: nothing is to be said, and all may be read", () => {
    const ahead = createAhead()
    const { line, raw } = open(ahead, 7)
    say(ahead, line, "one", "three", "five!")
    expect(ahead.steps()?.ends).toEqual([3, 8, 13])
    raw.reaches = false
    expect(ahead.steps()).toEqual({ port: 7, ends: [13] })
    expect([ahead.frames(), ahead.bytes()]).toEqual([0, 0])
    expect(ahead.steps()).toBeUndefined()
  })

  it("have reached a client that tells so, and has left meanwhile", async () => {
    const ahead = createAhead()
    const { line, raw, stream } = open(ahead, 7)
    say(ahead, line, "one", "three", "five!")
    const left: number[] = []
    await ahead.whileAsked(async () => {
      raw.reaches = false
      stream.emit("close")
      expect(line.reaches).toBe(true)
      line.send("three")
      left.push(ahead.frames())
    })
    expect(left).toEqual([1])
    expect(line.reaches).toBe(false)
    expect(ahead.frames()).toBe(0)
  })

  it("are gone with their connection", () => {
    const ahead = createAhead()
    const { line, stream } = open(ahead, 7)
    say(ahead, line, "one", "three")
    stream.emit("close")
    expect([ahead.frames(), ahead.bytes()]).toEqual([0, 0])
  })
})
