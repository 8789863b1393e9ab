// How a heavy real client is had: which locked packages, and what is made of them. Plain data, and the key of the cache.
import { createHash } from "node:crypto"
import { readFileSync } from "node:fs"

/** One pinned release, as its subject's folder pins it. */
export type Recipe = NpmRecipe | PythonRecipe

export interface NpmRecipe {
  /** What is fetched, e.g. `livekit`; with the version it names the folder in the cache. */
  readonly name: string
  /** Exact, e.g. `1.9.0`. */
  readonly version: string
  /** Folder (with a slash at the end) that holds package.json and package-lock.json. */
  readonly lock: URL
  /** Peers of the packages are left out, as where a bundle stands in for them. */
  readonly withoutPeers?: boolean
  /** Optional packages, mostly native ones, are fetched as well. */
  readonly withOptional?: boolean
  /** What is kept of the packages; without it the packages themselves are. */
  readonly bundle?: BundleRecipe
}

/** Python packages in an environment of their own. */
export interface PythonRecipe {
  readonly name: string
  /** Exact, e.g. `1.5.17`. */
  readonly version: string
  /** File of pinned requirements with their hashes; of Python 3.11 and later. */
  readonly requirements: URL
  /** Packages that several versions have in common, installed once; this recipe's come before them. */
  readonly upon?: PythonRecipe
}

export const isPython = (recipe: Recipe): recipe is PythonRecipe => "requirements" in recipe

/** One ESM file made of the packages, with stand-ins for what is heavy and never used in a case. */
export interface BundleRecipe {
  /** Source of the entry: what the file exports. */
  readonly entry: string
  /** Source (CommonJS) of the stand-in for each module that is not taken along, by name; its sub-paths as well. */
  readonly stubs: Readonly<Record<string, string>>
}

/** Counts changes of what installing does: an install of another number is not this one. */
const recipeFormat = 1

/** Names the install: it changes with what is pinned, the bundle, and the machine where packages may be native. */
export function keyOf(recipe: Recipe): string {
  const hash = createHash("sha256")
  for (const file of pinnedFiles(recipe)) hash.update(readFileSync(file))
  hash.update(JSON.stringify([recipeFormat, ...manner(recipe)]))
  return hash.digest("hex").slice(0, 16)
}

/** All but the pinned files that makes one install another. */
function manner(recipe: Recipe): readonly unknown[] {
  const here = `${process.platform}-${process.arch}`
  if (isPython(recipe)) return ["python", here, recipe.upon ? keyOf(recipe.upon) : null]
  const { bundle, withoutPeers = false, withOptional = false } = recipe
  return [withoutPeers, withOptional, bundle ? "any" : `${here}-${process.versions.modules}`, bundle ?? null]
}

/** package.json and package-lock.json of the recipe, or its requirements. */
export const pinnedFiles = (recipe: Recipe): readonly URL[] =>
  isPython(recipe)
    ? [recipe.requirements]
    : ["package.json", "package-lock.json"].map((name) => new URL(name, recipe.lock))

/** The recipe's name and version, for people. */
export const titleOf = ({ name, version }: Recipe): string => `${name} ${version}`
