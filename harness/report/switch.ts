// Several files that change at one moment. No file system replaces several files at once, but it replaces one link at once: each
// file first gives its place to a link that leads, through one link that all share, to what it held; the shared one is turned to
// the new files, which is the moment; then each new file takes the place of its link. Whoever reads, at any time and after any
// kill, finds all of the old or all of the new. Links that a kill has left are replaced by the next to come.
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs"
import { basename, join } from "node:path"

export interface Change {
  /** Names within the folder, and their new texts. */
  readonly files: ReadonlyMap<string, string>
  /** Names that the new ones do without. */
  readonly gone: readonly string[]
}

/** Where links cannot be made, as on Windows, the files are moved one after another in their order. Throws, before anything has
 * changed, where the new files cannot be written. */
export function switchTogether(folder: string, { files, gone }: Change): void {
  const work = mkdtempSync(join(folder, `.switch.${process.pid}.`))
  for (const side of ["old", "new"]) mkdirSync(join(work, side))
  for (const [name, text] of files) writeFileSync(join(work, "new", name), text)
  const before = [...files.keys(), ...gone].filter((name) => existsSync(join(folder, name)))
  for (const name of before) copyFileSync(join(folder, name), join(work, "old", name))
  if (canLink(work)) {
    const now = join(basename(work), "now")
    for (const name of new Set([...before, ...files.keys()])) putLink(work, join(now, name), join(folder, name))
    putLink(work, "new", join(work, "now"))
  }
  for (const name of files.keys()) renameSync(join(work, "new", name), join(folder, name))
  for (const name of gone) rmSync(join(folder, name), { force: true })
  removeWork(folder)
}

/** Makes the link `now` to the old files. On Windows a link to a folder cannot be replaced in one step. */
function canLink(work: string): boolean {
  if (process.platform === "win32") return false
  try {
    symlinkSync("old", join(work, "now"))
    return true
  } catch {
    return false
  }
}

/** Puts a link into a place in one step, whatever file is there. `to` is told from that place. */
function putLink(work: string, to: string, place: string) {
  const draft = join(work, "link")
  symlinkSync(to, draft)
  renameSync(draft, place)
}

/** What this process needs no more, and what others have left that are no more. */
function removeWork(folder: string) {
  const isOver = (pid: number) => pid === process.pid || !isAlive(pid)
  for (const name of readdirSync(folder)) {
    const [, pid] = /^\.switch\.(\d+)\.\w+$/.exec(name) ?? []
    if (pid !== undefined && isOver(Number(pid))) rmSync(join(folder, name), { recursive: true, force: true })
  }
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch (error) {
    return error instanceof Error && "code" in error && error.code === "EPERM"
  }
}
