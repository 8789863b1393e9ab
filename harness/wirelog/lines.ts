// Chunks of bytes to lines of text, as they come: a log may be larger than memory.

export interface Line {
  readonly number: number
  readonly text: string
  /** The log ends in the middle of it. */
  readonly isCut: boolean
}

/** Lines longer than this are no log's: they are given in part, and cut. */
const longest = 64 * 1024 * 1024

/** Lines come as many at a time as a chunk brings: one by one they would cost more than reading them. */
export async function* linesOf(chunks: AsyncIterable<Uint8Array | string>): AsyncGenerator<readonly Line[]> {
  const decoder = new TextDecoder()
  let number = 0
  let rest = ""
  for await (const chunk of chunks) {
    const text = rest + (typeof chunk === "string" ? chunk : decoder.decode(chunk, { stream: true }))
    const lines: Line[] = []
    let from = 0
    for (let end = text.indexOf("\n"); end >= 0; end = text.indexOf("\n", from)) {
      lines.push({ number: ++number, text: text.slice(from, end), isCut: false })
      from = end + 1
    }
    rest = text.slice(from)
    if (rest.length > longest) {
      lines.push({ number: ++number, text: rest, isCut: true })
      rest = ""
    }
    if (lines.length > 0) yield lines
  }
  rest += decoder.decode()
  if (rest.trim() !== "") yield [{ number: ++number, text: rest, isCut: true }]
}
