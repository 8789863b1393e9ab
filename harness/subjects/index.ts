// The room's door: how adapters' folders say what they need, and how the command installs it.
export { cacheRoot } from "./cache.ts"
export { InstallFault } from "./fault.ts"
export { type InstallOptions, installSubject, type Progress } from "./install.ts"
export { installedPath, installedPython, isInstalled, sizeOf } from "./installed.ts"
export type { BundleRecipe, NpmRecipe, PythonRecipe, Recipe } from "./recipe.ts"
