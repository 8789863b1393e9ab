// How far a fuzzing run is: one line that is rewritten on a terminal, a plain line now and then elsewhere.
import type { Progress } from "../fuzz/campaign.ts"

interface Out {
  readonly isTTY?: boolean
  readonly columns?: number
  write(text: string): unknown
}

export interface FuzzProgress {
  /** `failures`: distinct ones so far. */
  tell(subject: string, progress: Progress, failures: number): void
  /** Takes the line away, before something else is printed. */
  clear(): void
  end(): void
}

/** `1 failure`, `2 failures`. */
export const counted = (count: number, what: string) => `${count} ${what}${count === 1 ? "" : "s"}`

/** Where no terminal rewrites the line, one comes this often. */
const plainEveryMs = 10_000

export function createFuzzProgress(out: Out, now: () => number = Date.now): FuzzProgress {
  const isLive = out.isTTY === true && !process.env.CI
  const began = now()
  const counts = new Map<string, Progress>()
  let lastPlain = began
  let lastNew = began
  let failuresBefore = 0
  const clear = () => {
    if (isLive) out.write("\r\u001b[2K")
  }
  const lineOf = (subject: string, failures: number) => {
    const all = [...counts.values()]
    const cases = all.reduce((sum, each) => sum + each.cases, 0)
    const seconds = Math.max(1, now() - began) / 1000
    const transitions = new Set(all.flatMap((each) => [...each.transitions])).size
    const goals = new Set(all.flatMap((each) => [...each.goals])).size
    const quiet = Math.round((now() - lastNew) / 1000)
    const found = failures === 0 ? "no failure" : `${counted(failures, "distinct failure")}, the last ${quiet} s ago`
    return `${cases} cases  ${(cases / seconds).toFixed(0)}/s  ${transitions} transitions  ${goals} goals  ${found}  ${subject}`
  }
  return {
    tell(subject, progress, failures) {
      counts.set(subject, progress)
      if (failures > failuresBefore) lastNew = now()
      failuresBefore = failures
      const line = lineOf(subject, failures)
      if (isLive) out.write(`\r\u001b[2K${line.slice(0, Math.max(20, (out.columns ?? 80) - 1))}`)
      else if (now() - lastPlain >= plainEveryMs) {
        lastPlain = now()
        out.write(`${line}\n`)
      }
    },
    clear,
    end: clear,
  }
}
