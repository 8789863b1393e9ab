// Several files that take their places together. There is no moving of several at once, so what is to be done is written down
// first, whole: whoever is killed half-way leaves a note by which the next to come finishes it.
import { existsSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs"
import { basename, join } from "node:path"
import { z } from "zod"

const noteName = ".moves.json"

const note = z.strictObject({
  /** Drafts and the names that they are to have. */
  moves: z.array(z.tuple([z.string(), z.string()])),
  /** Files that the new ones do without. */
  gone: z.array(z.string()),
})

/** Names within `folder`. The drafts are written already. */
export function moveTogether(folder: string, work: z.infer<typeof note>): void {
  const draft = join(folder, `${noteName}.${process.pid}.draft`)
  writeFileSync(draft, JSON.stringify(work))
  renameSync(draft, join(folder, noteName))
  finishMoves(folder)
}

/** Does what a note says that is not done yet. */
export function finishMoves(folder: string): void {
  const file = join(folder, noteName)
  if (!existsSync(file)) return
  const { data } = note.safeParse(readNote(file))
  const within = (name: string) => join(folder, basename(name))
  for (const [draft, name] of data?.moves ?? []) if (existsSync(within(draft))) renameSync(within(draft), within(name))
  for (const name of data?.gone ?? []) rmSync(within(name), { force: true })
  rmSync(file)
}

/** Undefined for what is no note of ours. */
function readNote(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, "utf8"))
  } catch {
    return undefined
  }
}
