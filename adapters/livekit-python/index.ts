// The pinned versions of livekit-python: the RealtimeModel of livekit-plugins-openai (PyPI).
import { isInstalled, type PythonRecipe } from "../../harness/subjects/index.ts"
import type { SubjectEntry } from "../index.ts"
import { neverLoaded, pythonProgram } from "../python/program.ts"

const requirements = (name: string) => new URL(`install/${name}.txt`, import.meta.url)
const dependencies: PythonRecipe = {
  name: "livekit-python-dependencies",
  version: "2026.8.1",
  requirements: requirements("dependencies"),
}

/** One environment for each version, for the Realtime client and for the Responses LLM. */
export const livekitPythonRecipes: readonly PythonRecipe[] = [
  ...["1.5.7", "1.5.8", "1.5.17", "1.6.0", "1.6.4", "1.6.5", "1.7.0"].map((version) => ({
    ...{ name: "livekit-python", version, requirements: requirements(version), upon: dependencies },
  })),
  { name: "livekit-python", version: "1.8.9", requirements: requirements("1.8.9") },
]

export const livekitPythonSubjects: readonly SubjectEntry[] = livekitPythonRecipes.map((recipe) => ({
  name: "livekit-python",
  version: recipe.version,
  protocol: "realtime",
  load: neverLoaded,
  program: () => pythonProgram(recipe, new URL("adapter.py", import.meta.url)),
  installed: () => isInstalled(recipe),
  install: recipe,
  ledger: new URL("ledger.json", import.meta.url),
}))
