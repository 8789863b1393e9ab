// A trace on disk: NDJSON, the header first, then an entry a line. Its name ends in a digest of what is in it, so that a new
// report never changes a file that an old one speaks of.
import { createHash } from "node:crypto"
import { readFileSync } from "node:fs"
import type { Trace } from "../trace/trace.ts"
import type { CaseName } from "./case-key.ts"

export const traceFolder = "traces"

export const traceText = ({ header, entries }: Trace): string =>
  `${[header, ...entries].map((line) => JSON.stringify(line)).join("\n")}\n`

/** The file of a case's trace, from the folder of the report. */
export function traceName({ subject, version, scenario }: CaseName, text: string): string {
  const name = `${subject}@${version} ${scenario}`.replace(/[^\w.@-]+/g, "_")
  return `${traceFolder}/${name}.${createHash("sha256").update(text).digest("hex").slice(0, 8)}.ndjson`
}

/** Whether a file under traces/ is one of ours: what else a user keeps there is not ours to remove. */
export const isTraceName = (name: string): boolean => /^[\w.-]+@[\w.@-]+\.ndjson$/.test(name)

/** Reads a trace; of a file that ends in half a line, what is whole. Undefined where there is no such file. */
export function readTrace(file: string): Trace | undefined {
  let text: string
  try {
    text = readFileSync(file, "utf8")
  } catch {
    return undefined
  }
  const lines = text.slice(0, text.lastIndexOf("\n") + 1).split("\n")
  const [header, ...entries] = lines.filter(Boolean).map((line) => JSON.parse(line))
  return header === undefined ? undefined : { header, entries }
}
