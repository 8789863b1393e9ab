// How far a run is. On a terminal: a line that is rewritten, and above it what stays, a line for each subject that is done and
// for each failure that is news. Elsewhere: a plain line a subject.
import type { CaseResult, Verdict } from "../runner/result.ts"

export interface Progress {
  tell(result: CaseResult): void
  end(): void
}

interface Out {
  readonly isTTY?: boolean
  readonly columns?: number
  write(text: string): unknown
}

export interface ProgressOptions {
  /** Cases of each subject, by name and version. */
  readonly cases: ReadonlyMap<string, number>
  /** Whether no ledger expects this failure. */
  isNews(result: CaseResult): boolean
  /** Milliseconds. */
  now?(): number
}

export const subjectKey = ({ subject, version }: Pick<CaseResult, "subject" | "version">) => `${subject} ${version}`

const barLength = 20
const clear = "\r\u001b[2K"

export function createProgress({ cases, isNews, now = Date.now }: ProgressOptions, out: Out): Progress {
  const isLive = out.isTTY === true && !process.env.CI
  const total = [...cases.values()].reduce((sum, each) => sum + each, 0)
  const verdicts = new Map<string, Verdict[]>()
  const began = now()
  let done = 0
  let news = 0
  const cut = (line: string) => line.slice(0, Math.max(20, (out.columns ?? 80) - 1))
  const stay = (line: string) => out.write(`${clear}${cut(line)}\n`)
  const showBar = (name: string, scenario: string) => {
    const filled = Math.round((done / Math.max(1, total)) * barLength)
    const bar = `${"━".repeat(filled)}${"─".repeat(barLength - filled)}`
    const rate = Math.round(done / (Math.max(1, now() - began) / 1000))
    out.write(`${clear}${cut(`${bar} ${done}/${total}  ${rate}/s  ${news} unexpected  ${name}  ${scenario}`)}`)
  }
  const conclude = (name: string, own: readonly Verdict[]) => {
    if (isLive) stay(`  ${name}  ${inWords(own)}`)
    else out.write(`${name}: ${own.length} cases played\n`)
  }
  if (isLive) out.write(`${clear}${cut(`${"─".repeat(barLength)} 0/${total}  starting`)}`)
  return {
    tell(result) {
      const name = subjectKey(result)
      const own = verdicts.get(name) ?? []
      own.push(result.verdict)
      verdicts.set(name, own)
      done += 1
      if (isFailure(result.verdict) && isNews(result)) {
        news += 1
        if (isLive) stay(`✗ ${result.scenario} · ${name} · ${result.violations[0]?.invariant ?? result.because}`)
      }
      if (own.length === cases.get(name)) conclude(name, own)
      if (isLive) showBar(name, result.scenario)
    },
    end() {
      if (isLive) out.write(clear)
      else for (const [name, own] of verdicts) if (own.length !== cases.get(name)) conclude(name, own)
    },
  }
}

const isFailure = (verdict: Verdict) => verdict === "fail" || verdict === "broken"

/** `12 pass, 1 fail`: each verdict that there is. */
function inWords(own: readonly Verdict[]): string {
  const counts = new Map<Verdict, number>()
  for (const verdict of own) counts.set(verdict, (counts.get(verdict) ?? 0) + 1)
  const order: readonly Verdict[] = ["pass", "fail", "broken", "inconclusive", "unsupported", "not-installed"]
  return order.flatMap((verdict) => (counts.has(verdict) ? [`${counts.get(verdict)} ${verdict}`] : [])).join(", ")
}
