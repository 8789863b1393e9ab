// What `rtspec run` is to do: flags outrank rtspec.config.ts, which outranks the defaults.
import { relative } from "node:path"
import { readConfig } from "../config/config.ts"
import type { RunOptions } from "./run.ts"

/** `options` with their defaults, as the command line has them; `isGiven` tells which of them a person gave. */
export async function withConfig(
  options: RunOptions & { readonly config?: string },
  isGiven: (option: string) => boolean,
  folder = process.cwd(),
): Promise<RunOptions> {
  const { config: file, ...flags } = options
  const { adapter, ledger, scenarios, ...rest } = await readConfig(folder, file)
  const isOwnClient = !isGiven("subject") && !isGiven("adapter")
  const near = (path: string) => relative(folder, path)
  const wished: { readonly [K in keyof RunOptions]?: RunOptions[K] | undefined } = {
    ...rest,
    ...(scenarios ? { scenario: scenarios } : {}),
    ...(isOwnClient && adapter ? { adapter: near(adapter) } : {}),
    ...(isOwnClient && ledger ? { ledger: near(ledger) } : {}),
  }
  const kept = Object.fromEntries(
    Object.entries(wished).filter(([name, value]) => value !== undefined && !isGiven(name)),
  )
  return { ...flags, ...kept }
}
