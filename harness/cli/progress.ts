// How far a run is: one line that is rewritten on a terminal, one plain line a subject elsewhere.
import type { CaseResult } from "../runner/result.ts"

export interface Progress {
  tell(result: CaseResult): void
  end(): void
}

interface Out {
  readonly isTTY?: boolean
  readonly columns?: number
  write(text: string): unknown
}

export function createProgress(total: number, out: Out): Progress {
  let done = 0
  let failed = 0
  const perSubject = new Map<string, number>()
  const live = out.isTTY === true && !process.env.CI
  return {
    tell({ subject, version, scenario, verdict }) {
      done += 1
      if (verdict === "fail" || verdict === "broken") failed += 1
      const name = `${subject} ${version}`
      perSubject.set(name, (perSubject.get(name) ?? 0) + 1)
      if (!live) return
      const line = `${done}/${total}  ${failed} failing  ${name}  ${scenario}`
      out.write(`\r\u001b[2K${line.slice(0, Math.max(20, (out.columns ?? 80) - 1))}`)
    },
    end() {
      if (live) out.write("\r\u001b[2K")
      else for (const [name, count] of perSubject) out.write(`${name}: ${count} cases played\n`)
    },
  }
}
