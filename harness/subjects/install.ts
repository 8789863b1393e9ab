// Installs a subject on demand: fetched and made in a folder of its own beside the final one, and renamed when complete.
// So an install is there whole or not at all; what an interrupted one left is cleared away by the next.
import { cpSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs"
import { basename, dirname, join } from "node:path"
import { makeBundle } from "./bundle.ts"
import { bundleFile, cacheRoot, folderOf, type Marker, markerFile, readMarker } from "./cache.ts"
import { InstallFault } from "./fault.ts"
import { type FetchPackages, npmCi } from "./npm.ts"
import { type PipInstall, pipInstall, wholeBy } from "./pip.ts"
import { isPython, keyOf, type NpmRecipe, pinnedFiles, type Recipe, titleOf } from "./recipe.ts"

export type Progress =
  | { readonly step: "mending" }
  | { readonly step: "fetching"; readonly done: number; readonly of: number }
  | { readonly step: "bundling" }
  | { readonly step: "installed"; readonly bytes: number; readonly already: boolean }

export interface InstallOptions {
  readonly onProgress?: (progress: Progress) => void
  /** The cache's root; default: the user's. */
  readonly root?: string
  readonly fetchPackages?: FetchPackages
  readonly pip?: PipInstall
}

/** Installs what is not there yet, or not whole. Resolves at once where it is. Rejects with InstallFault. */
export async function installSubject(recipe: Recipe, options: InstallOptions = {}): Promise<void> {
  const { onProgress = () => {}, root = cacheRoot() } = options
  if (isPython(recipe) && recipe.upon)
    await installSubject(recipe.upon, { ...options, onProgress: unlessItWasThere(onProgress) })
  const folder = folderOf(recipe, root)
  const there = readMarker(folder)
  if (there) return onProgress({ step: "installed", bytes: there.bytes, already: true })
  const work = `${folder}.partial-${process.pid}`
  try {
    if (prepare(recipe, folder, work)) onProgress({ step: "mending" })
    const packages = countPackages(recipe)
    let done = 0
    onProgress({ step: "fetching", done, of: packages })
    await make(recipe, work, options, () => {
      done = Math.min(done + 1, packages)
      onProgress({ step: "fetching", done, of: packages })
    })
    const bytes = complete(recipe, work, packages)
    takePlace(work, folder)
    onProgress({ step: "installed", bytes, already: false })
  } catch (error) {
    rmSync(work, { recursive: true, force: true })
    throw error instanceof InstallFault ? error : cacheFault(recipe, folder, error)
  }
}

/** Fetches into `work` and makes there what is kept. */
async function make(recipe: Recipe, work: string, options: InstallOptions, onPackage: () => void): Promise<void> {
  const { root = cacheRoot(), fetchPackages = npmCi, pip = pipInstall, onProgress = () => {} } = options
  if (isPython(recipe)) return pip(recipe, work, recipe.upon && folderOf(recipe.upon, root), onPackage)
  await fetchPackages(recipe, work, onPackage)
  if (!recipe.bundle) return
  onProgress({ step: "bundling" })
  await makeBundle(recipe, recipe.bundle, work)
  rmSync(join(work, "node_modules"), { recursive: true, force: true })
}

/** What a recipe stands upon is not worth a word where it is there already. */
const unlessItWasThere =
  (tell: (progress: Progress) => void): ((progress: Progress) => void) =>
  (progress) => {
    if (progress.step !== "installed") tell(progress)
  }

/** Makes the working folder, and clears away what is not whole. Returns whether there was such a thing. */
function prepare(recipe: Recipe, folder: string, work: string): boolean {
  mkdirSync(dirname(folder), { recursive: true })
  const siblings = readdirSync(dirname(folder))
  const left = siblings.filter((name) => name.startsWith(`${basename(folder)}.partial-`) && !isAtWork(name))
  for (const name of left) rmSync(join(dirname(folder), name), { recursive: true, force: true })
  mkdirSync(work)
  for (const file of pinnedFiles(recipe)) cpSync(file, join(work, basename(file.pathname)))
  return left.length > 0 || siblings.includes(basename(folder))
}

/** Another process is still installing there. */
function isAtWork(name: string): boolean {
  const pid = Number(name.slice(name.lastIndexOf("-") + 1))
  if (pid === process.pid) return false
  try {
    return process.kill(pid, 0)
  } catch (error) {
    return error instanceof Error && "code" in error && error.code === "EPERM"
  }
}

/** Packages that are fetched: those that are pinned and not optional. */
function countPackages(recipe: Recipe): number {
  if (!isPython(recipe)) return countLocked(recipe)
  return readFileSync(recipe.requirements, "utf8").match(/^[\w.-]+==/gm)?.length ?? 0
}

function countLocked({ lock, withOptional }: NpmRecipe): number {
  const { packages = {} } = JSON.parse(readFileSync(new URL("package-lock.json", lock), "utf8")) as {
    packages?: Record<string, { optional?: boolean; devOptional?: boolean }>
  }
  return Object.entries(packages).filter(([path, one]) => path !== "" && (withOptional || !one.optional)).length
}

/** Writes the marker, and gives the bytes of all that is kept. */
function complete(recipe: Recipe, work: string, packages: number): number {
  const known = isPython(recipe)
    ? wholeBy(work)
    : [recipe.bundle ? bundleFile : join("node_modules", ".package-lock.json")]
  const bytes = bytesUnder(work)
  const marker: Marker = {
    subject: recipe.name,
    version: recipe.version,
    key: keyOf(recipe),
    packages,
    bytes,
    files: Object.fromEntries(known.map((file) => [file, statSync(join(work, file)).size])),
  }
  writeFileSync(join(work, markerFile), `${JSON.stringify(marker, null, 2)}\n`)
  return bytes
}

function bytesUnder(folder: string): number {
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .reduce((sum, entry) => sum + statSync(join(entry.parentPath, entry.name)).size, 0)
}

/** Whoever is first stays: an install of the same key is the same install. */
function takePlace(work: string, folder: string): void {
  if (!readMarker(folder)) rmSync(folder, { recursive: true, force: true })
  try {
    renameSync(work, folder)
  } catch (error) {
    if (!readMarker(folder)) throw error
    rmSync(work, { recursive: true, force: true })
  }
}

function cacheFault(recipe: Recipe, folder: string, error: unknown): InstallFault {
  const said = error instanceof Error ? error.message : String(error)
  const what = `could not install ${titleOf(recipe)} into ${dirname(folder)}: ${said}`
  return new InstallFault("cache-failed", `${what}; make it writable, or set RTSPEC_CACHE to a folder that is.`, error)
}
