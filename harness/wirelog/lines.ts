// Chunks of bytes to lines of text, as they come: a log may be larger than memory.

export interface Line {
  readonly number: number
  readonly text: string
  /** The log ends in the middle of it, or it is longer than any line of a log: the rest is left out. */
  readonly isCut: boolean
}

/** Lines longer than this are no log's. */
const longestInBytes = 64 * 1024 * 1024

const newline = 0x0a

/** Lines come as many at a time as a chunk brings: one by one they would cost more than reading them. */
export async function* linesOf(chunks: AsyncIterable<Uint8Array | string>): AsyncGenerator<readonly Line[]> {
  const rest = createRest()
  let number = 0
  for await (const chunk of chunks) {
    const bytes =
      typeof chunk === "string" ? Buffer.from(chunk) : Buffer.from(chunk.buffer, chunk.byteOffset, chunk.length)
    const lines: Line[] = []
    let from = 0
    for (let end = bytes.indexOf(newline); end >= 0; end = bytes.indexOf(newline, from)) {
      number += 1
      // Each is decoded by itself: one foreign character would make every other text of its chunk twice as wide.
      if (!rest.isEmpty()) {
        rest.add(bytes.subarray(from, end))
        lines.push({ number, ...rest.take() })
      } else lines.push({ number, text: bytes.toString("utf8", from, end), isCut: false })
      from = end + 1
    }
    if (from < bytes.length) rest.add(Buffer.from(bytes.subarray(from)))
    if (lines.length > 0) yield lines
  }
  const { text } = rest.take()
  if (text.trim() !== "") yield [{ number: number + 1, text, isCut: true }]
}

/** The beginning of a line whose end is not there yet. */
function createRest() {
  let parts: Buffer[] = []
  let length = 0
  let isCut = false
  return {
    isEmpty: () => parts.length === 0,
    add(part: Buffer) {
      const fits = part.subarray(0, longestInBytes - length)
      isCut ||= fits.length < part.length
      if (fits.length > 0) parts.push(fits)
      length += fits.length
    },
    take() {
      const bytes = parts.length === 1 && parts[0] ? parts[0] : Buffer.concat(parts)
      const line = { text: bytes.toString("utf8"), isCut }
      parts = []
      length = 0
      isCut = false
      return line
    },
  }
}
