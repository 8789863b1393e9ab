// Where installs are: a user-level folder that every checkout shares, and the marker that tells a complete install.
import { readFileSync, statSync } from "node:fs"
import { homedir } from "node:os"
import { join } from "node:path"
import { z } from "zod"
import { keyOf, type Recipe } from "./recipe.ts"

export const markerFile = "complete.json"
export const bundleFile = "bundle.mjs"
/** Of a Python recipe: the environment, or the packages that come upon another's. */
export const environmentFolder = "env"
export const packagesFolder = "packages"

/** Written last. `files`: bytes of the files by which the install is known to be whole, relative to its folder. */
const marker = z.object({
  subject: z.string(),
  version: z.string(),
  key: z.string(),
  packages: z.number(),
  bytes: z.number(),
  files: z.record(z.string(), z.number()),
})
export type Marker = z.infer<typeof marker>

/** RTSPEC_CACHE, else XDG_CACHE_HOME/rtspec, else ~/.cache/rtspec. */
export function cacheRoot(env: NodeJS.ProcessEnv = process.env): string {
  if (env.RTSPEC_CACHE) return env.RTSPEC_CACHE
  return join(env.XDG_CACHE_HOME || join(homedir(), ".cache"), "rtspec")
}

export function folderOf(recipe: Recipe, root: string = cacheRoot()): string {
  return join(root, "subjects", `${recipe.name}-${recipe.version}-${keyOf(recipe)}`)
}

/** The install's marker, if the install is there and whole: every file that it names is there in its full length. */
export function readMarker(folder: string): Marker | undefined {
  try {
    const read = marker.parse(JSON.parse(readFileSync(join(folder, markerFile), "utf8")))
    const isWhole = Object.entries(read.files).every(([file, bytes]) => statSync(join(folder, file)).size === bytes)
    return isWhole ? read : undefined
  } catch {
    return undefined
  }
}
