// What is installed, for those who run it: whether, where, how big.
import { join } from "node:path"
import { bundleFile, cacheRoot, folderOf, readMarker } from "./cache.ts"
import { InstallFault } from "./fault.ts"
import { type Recipe, titleOf } from "./recipe.ts"

/** Whether the whole install is there. One that was interrupted or damaged is not. */
export function isInstalled(recipe: Recipe, root: string = cacheRoot()): boolean {
  return readMarker(folderOf(recipe, root)) !== undefined
}

/** Absolute path of the bundle, or else of the folder that holds node_modules. Throws InstallFault where there is none. */
export function installedPath(recipe: Recipe, root: string = cacheRoot()): string {
  const folder = folderOf(recipe, root)
  if (!readMarker(folder)) {
    const what = `${titleOf(recipe)} is not installed, or not whole`
    throw new InstallFault("not-installed", `${what}; run \`rtspec subjects install\`.`)
  }
  return recipe.bundle ? join(folder, bundleFile) : folder
}

/** Bytes of the install; undefined where there is none. */
export function sizeOf(recipe: Recipe, root: string = cacheRoot()): number | undefined {
  return readMarker(folderOf(recipe, root))?.bytes
}
