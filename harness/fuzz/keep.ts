// Keeping failures: each in a folder of its own under .rtspec/failures, written at once and whole. What failed once, and not when
// it was played again, lies under .rtspec/flaky.
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs"
import { dirname, join } from "node:path"
import { parseRepro, type Repro, reproText } from "../script/repro.ts"

export const failuresFolder = join(".rtspec", "failures")
const flakyFolder = join(".rtspec", "flaky")

/** The files of a kept failure. */
export const reproName = "repro.json"
const traceName = "trace.ndjson"
const pageName = "failure.txt"

export interface Kept {
  readonly repro: Repro
  readonly trace: string
  /** The page, and on it the command that plays it again. */
  readonly page: string
}

/** One that was there is replaced. Gives the path of the folder. */
export const keepFailure = ({ repro, trace, page }: Kept, into = failuresFolder): string =>
  writeFolder(join(into, repro.id), { [reproName]: reproText(repro), [traceName]: trace, [pageName]: page })

/** The whole tale, and what came of it the first and the second time. Gives the path of the folder. */
export function keepFlaky(repro: Repro, [first, again]: readonly [string, string], into = flakyFolder): string {
  return writeFolder(join(into, repro.id), {
    [reproName]: reproText(repro),
    "trace-first.ndjson": first,
    "trace-again.ndjson": again,
  })
}

/** Writes it beside its place and moves it there. */
function writeFolder(folder: string, files: Readonly<Record<string, string>>): string {
  const draft = `${folder}.${process.pid}.draft`
  mkdirSync(dirname(draft), { recursive: true })
  rmSync(draft, { recursive: true, force: true })
  mkdirSync(draft)
  for (const [name, text] of Object.entries(files)) writeFileSync(join(draft, name), text)
  rmSync(folder, { recursive: true, force: true })
  renameSync(draft, folder)
  return folder
}

export interface KeptFailures {
  readonly ids: ReadonlySet<string>
  /** What was set aside, and why: one sentence each. */
  readonly complaints: readonly string[]
}

/** The failures that are kept. One that can not be read is renamed, so that it is in nobody's way, and named. */
export function keptFailures(from = failuresFolder): KeptFailures {
  if (!existsSync(from)) return { ids: new Set(), complaints: [] }
  const ids = new Set<string>()
  const complaints: string[] = []
  for (const name of readdirSync(from).sort()) {
    const file = join(from, name, reproName)
    if (name.endsWith(".draft") || name.endsWith(".unreadable") || !existsSync(file)) continue
    const parsed = parseRepro(readFileSync(file, "utf8"))
    if ("repro" in parsed) {
      ids.add(name)
      continue
    }
    const aside = join(from, `${name}.unreadable`)
    rmSync(aside, { recursive: true, force: true })
    renameSync(join(from, name), aside)
    complaints.push(`${file} ${parsed.wrong}; it was set aside as ${aside}.`)
  }
  return { ids, complaints }
}
