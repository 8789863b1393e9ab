// What is installed, for those who run it: whether, where, how big.
import { join } from "node:path"
import { bundleFile, cacheRoot, environmentFolder, folderOf, packagesFolder, readMarker } from "./cache.ts"
import { InstallFault } from "./fault.ts"
import { pythonIn } from "./pip.ts"
import { isPython, type PythonRecipe, type Recipe, titleOf } from "./recipe.ts"

/** Whether the whole install is there. One that was interrupted or damaged is not. */
export function isInstalled(recipe: Recipe, root: string = cacheRoot()): boolean {
  if (isPython(recipe) && recipe.upon && !isInstalled(recipe.upon, root)) return false
  return readMarker(folderOf(recipe, root)) !== undefined
}

/** Absolute path of the bundle, or else of the folder that holds node_modules. Throws InstallFault where there is none. */
export function installedPath(recipe: Recipe, root: string = cacheRoot()): string {
  if (!isInstalled(recipe, root)) {
    const what = `${titleOf(recipe)} is not installed, or not whole`
    throw new InstallFault("not-installed", `${what}; run \`rtspec subjects install\`.`)
  }
  const folder = folderOf(recipe, root)
  return !isPython(recipe) && recipe.bundle ? join(folder, bundleFile) : folder
}

/** How the installed packages are run: the interpreter, and the folders that its PYTHONPATH must name. Throws InstallFault
 * where they are not installed. */
export function installedPython(
  recipe: PythonRecipe,
  root: string = cacheRoot(),
): { readonly command: string; readonly paths: readonly string[] } {
  const folder = installedPath(recipe, root)
  if (!recipe.upon) return { command: pythonIn(join(folder, environmentFolder)), paths: [] }
  const below = installedPython(recipe.upon, root)
  return { command: below.command, paths: [join(folder, packagesFolder), ...below.paths] }
}

/** Bytes of the install; undefined where there is none. */
export function sizeOf(recipe: Recipe, root: string = cacheRoot()): number | undefined {
  return readMarker(folderOf(recipe, root))?.bytes
}
