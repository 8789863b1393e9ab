// The tales that showed something new, on disk, for the next run to begin with: a line that says what the file is, then a tale
// on each.
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs"
import { dirname, join } from "node:path"
import { UsageFault } from "../runner/faults.ts"
import { parseRepro, reproVersion } from "../script/repro.ts"
import { type Tale, tellTale } from "./tale.ts"

const format = "rtspec-corpus"
/** Raised whenever an older rtspec could not play the tales of a newer one. */
const corpusVersion = 1

/** Of a subject, as name@version. */
export const corpusName = (subject: string): string =>
  join(".rtspec", "corpus", `${subject.replace(/[^\w.@-]+/g, "-")}.ndjson`)

export interface ReadCorpus {
  readonly tales: readonly Tale[]
  /** What was set aside, and why. */
  readonly complaint?: string
}

/** A corpus that is not there is empty; a corrupt one is renamed, so that it is in nobody's way, and named. Throws UsageFault
 * for one of another version: what is in it is worth keeping. */
export function readCorpus(file: string): ReadCorpus {
  if (!existsSync(file)) return { tales: [] }
  const [head = "", ...lines] = readFileSync(file, "utf8").split("\n").filter(Boolean)
  const wrong = (line: number, why: string): ReadCorpus => {
    renameSync(file, `${file}.unreadable`)
    return { tales: [], complaint: `line ${line} of ${file} ${why}; it was set aside as ${file}.unreadable.` }
  }
  const about = parsed(head)
  if (about?.format !== format) return wrong(1, "does not say that it is a corpus")
  if (about.version !== corpusVersion)
    throw new UsageFault(
      `${file} is a corpus of version ${JSON.stringify(about.version)}, and this rtspec reads version ${corpusVersion}; move it away to begin another.`,
    )
  const tales: Tale[] = []
  for (const [at, line] of lines.entries()) {
    const tale = parsed(line)
    const why = tale === undefined ? "is not JSON" : whyNot(tale)
    if (why !== undefined) return wrong(at + 2, why)
    tales.push(tale as unknown as Tale)
  }
  return { tales }
}

/** Whole or not at all. */
export function writeCorpus(file: string, subject: string, tales: readonly Tale[]): void {
  mkdirSync(dirname(file), { recursive: true })
  const lines = [{ format, version: corpusVersion, subject }, ...tales].map((each) => JSON.stringify(each))
  const draft = `${file}.${process.pid}.draft`
  writeFileSync(draft, `${lines.join("\n")}\n`)
  renameSync(draft, file)
}

function parsed(line: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const data: unknown = JSON.parse(line)
    return typeof data === "object" && data !== null ? (data as Record<string, unknown>) : undefined
  } catch {
    return undefined
  }
}

/** A tale can be played where a repro that tells it can. */
function whyNot(tale: Readonly<Record<string, unknown>>): string | undefined {
  if (!Array.isArray(tale.beats) || !Array.isArray(tale.faults) || !Array.isArray(tale.tools)) return "is no tale"
  if (!tale.beats.every((beat) => typeof beat?.step === "object" && beat.step !== null)) return "is no tale"
  const scenario = tellTale(tale as unknown as Tale, "fuzz/corpus")
  const repro = { format: "rtspec-repro", version: reproVersion, id: "corpus", invariant: "none", subject: "none" }
  const origin = { subjectVersion: "1", seed: "fuzz", foundBy: { seed: "corpus", case: 1 } }
  const read = parseRepro(JSON.stringify({ ...repro, ...origin, scenario }))
  return "wrong" in read ? read.wrong : undefined
}
