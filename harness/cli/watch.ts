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

const sources = /\.([cm]?[jt]sx?|json|py|rb|go|rs|java|kt|cs|php|swift|ex|exs|c|cc|cpp|h)$/

/** Whether a change of this path asks for another run: what a run itself writes does not. */
export function asksForARun(path: string, out: string, folder = process.cwd()): boolean {
  const written = relative(folder, resolve(folder, out))
  const isUnder = (top: string) => path === top || path.startsWith(`${top}${sep}`)
  return ![...never, written].some(isUnder) && sources.test(path)
}

/** Those changes that ask for another run. `out`: the folder of the report, which the config may name anew. */
export async function* asking(changes: AsyncIterable<string>, out: () => string): AsyncGenerator<string> {
  for await (const path of changes) if (asksForARun(path, out())) yield path
}

/** Plays once, then once more after each change; changes that come while it plays are one. Gives the last run's code. */
export async function playOnEveryChange(changes: AsyncIterable<string>, play: () => Promise<number>): Promise<number> {
  let code = 0
  let playing: Promise<void> | undefined
  let isStale = true
  const again = async () => {
    while (isStale) {
      isStale = false
      code = await play()
    }
    playing = undefined
  }
  playing = again()
  for await (const _ of changes) {
    isStale = true
    playing ??= again()
  }
  await playing
  return code
}
