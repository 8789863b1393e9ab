// What the subjects that are written in Python have in common: where their requirements, adapter and ledger lie.
import { isInstalled, type PythonRecipe } from "../../harness/subjects/index.ts"
import type { SubjectEntry } from "../index.ts"
import { neverLoaded, pythonProgram } from "./program.ts"

interface Versions {
  /** Of `install/dependencies.txt`: the day of its packages. */
  readonly dependencies: string
  /** Versions that add their own packages to those. */
  readonly upon: readonly string[]
  /** Versions that need packages of their own throughout. */
  readonly whole?: readonly string[]
}

/** One for each version; `folder` is the adapter's, with a file `install/VERSION.txt` for each. */
export function pythonRecipes(name: string, folder: URL, { dependencies, upon, whole = [] }: Versions) {
  const requirements = (file: string) => new URL(`install/${file}.txt`, folder)
  const common = {
    name: `${name}-dependencies`,
    version: dependencies,
    requirements: requirements("dependencies"),
  }
  const own = (version: string): PythonRecipe => ({ name, version, requirements: requirements(version) })
  return [...upon.map((version): PythonRecipe => ({ ...own(version), upon: common })), ...whole.map(own)]
}

/** One for each recipe; `folder` holds `adapter.py` and `ledger.json`. */
export function pythonSubjects(
  { name, protocol }: Pick<SubjectEntry, "name" | "protocol">,
  folder: URL,
  recipes: readonly PythonRecipe[],
): readonly SubjectEntry[] {
  return recipes.map((recipe) => ({
    ...{ name, version: recipe.version, protocol },
    load: neverLoaded,
    program: () => pythonProgram(recipe, new URL("adapter.py", folder)),
    installed: () => isInstalled(recipe),
    install: recipe,
    ledger: new URL("ledger.json", folder),
  }))
}
