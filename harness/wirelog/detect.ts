// A HAR is one JSON document, not lines: it is told by its beginning, and read whole.
import type { Line } from "./lines.ts"
import { LogFault } from "./log.ts"

/** Chrome's HARs of long sessions are some tens of megabytes. */
const largest = 512 * 1024 * 1024

export const har = {
  beginsWith: (text: string): boolean => /^\s*\{\s*("log"\s*:|$)/.test(text),

  async whole(first: readonly Line[], rest: AsyncIterable<readonly Line[]>): Promise<string> {
    const parts = first.map(({ text }) => text)
    let length = 0
    for await (const lines of rest)
      for (const { text } of lines) {
        length += text.length
        if (length > largest) throw new LogFault("it is a HAR of more than 512 MB, which is read whole; cut it.")
        parts.push(text)
      }
    return parts.join("\n")
  },
}
