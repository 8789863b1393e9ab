// `rtspec run --watch`: plays again whenever a file of the project changes, until interrupted.
import { watch } from "node:fs/promises"
import { relative, resolve, sep } from "node:path"

/** Paths that changed, from the folder. Ends when the signal is aborted. */
export async function* changesIn(folder: string, signal: AbortSignal): AsyncGenerator<string> {
  try {
    for await (const { filename } of watch(folder, { recursive: true, signal })) if (filename !== null) yield filename
  } catch (error) {
    if (!signal.aborted) throw error
  }
}

const never = ["node_modules", ".git", ".rtspec", "coverage"]

/** Whether a change of this path asks for another run: what a run itself writes does not. */
export function asksForARun(path: string, out: string, folder = process.cwd()): boolean {
  const written = relative(folder, resolve(folder, out))
  const isUnder = (top: string) => path === top || path.startsWith(`${top}${sep}`)
  return ![...never, written].some(isUnder) && /\.([cm]?[jt]sx?|json)$/.test(path)
}

/** Plays once, then once more after each change; changes that come while it plays are one. Gives the last run's code. */
export async function playOnEveryChange(changes: AsyncIterable<string>, play: () => Promise<number>): Promise<number> {
  let code = await play()
  let playing: Promise<void> | undefined
  let isStale = false
  const again = async () => {
    while (isStale) {
      isStale = false
      code = await play()
    }
    playing = undefined
  }
  for await (const _ of changes) {
    isStale = true
    playing ??= again()
  }
  await playing
  return code
}
