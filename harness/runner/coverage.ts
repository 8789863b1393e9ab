// Which code of the subject has run: a second thing for a fuzzer to steer by, beside what the traces show (checks/novelty.ts).
import { Session } from "node:inspector"
import { hash } from "../checks/novelty.ts"

export interface Coverage {
  /** The blocks of code that have run since this was last asked, as numbers; equal in any process. */
  taken(): readonly number[]
}

interface Taken {
  readonly result: readonly {
    readonly url: string
    readonly functions: readonly { readonly ranges: readonly Range[] }[]
  }[]
}

interface Range {
  readonly startOffset: number
  readonly endOffset: number
  readonly count: number
}

const ours = new URL("../", import.meta.url).href

/** Call before the subject is imported: V8 counts blocks in what is compiled from here on. Costs several
 * times what a case does. */
export function openCoverage(): Coverage {
  const session = new Session()
  session.connect()
  session.post("Profiler.enable")
  // Without counts it would be cheaper, but each block told once: what shrinking has run would not be told of the next case.
  session.post("Profiler.startPreciseCoverage", { callCount: true, detailed: true })
  return {
    taken() {
      const blocks: number[] = []
      session.post("Profiler.takePreciseCoverage", (error: Error | null, taken: Taken) => {
        if (error) throw error
        for (const { url, functions } of taken.result)
          if (isOfSubject(url)) blocks.push(...functions.flatMap(({ ranges }) => ranges.filter(ran).map(numberIn(url))))
      })
      return blocks
    },
  }
}

/** Not Node's own, and not rtspec's but for its adapters. */
const isOfSubject = (url: string) => url.startsWith("file:") && !url.startsWith(ours)

const ran = ({ count }: Range) => count > 0

const numberIn =
  (url: string) =>
  ({ startOffset, endOffset }: Range) =>
    hash(`${url.slice(url.lastIndexOf("/node_modules/") + 1)}:${startOffset}-${endOffset}`)
