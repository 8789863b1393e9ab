// The pinned versions of scenario-python: the OpenAIRealtimeAgentAdapter of langwatch-scenario (PyPI).
import { isInstalled, type PythonRecipe } from "../../harness/subjects/index.ts"
import type { SubjectEntry } from "../index.ts"
import { neverLoaded, pythonProgram } from "../python/program.ts"

const name = "scenario-python"
const requirements = (file: string) => new URL(`install/${file}.txt`, import.meta.url)
const dependencies: PythonRecipe = {
  name: `${name}-dependencies`,
  version: "2026.8.1",
  requirements: requirements("dependencies"),
}

const recipes: readonly PythonRecipe[] = [
  { name, version: "0.7.31", requirements: requirements("0.7.31"), upon: dependencies },
  { name, version: "0.7.32", requirements: requirements("0.7.32"), upon: dependencies },
]

export const scenarioPythonSubjects: readonly SubjectEntry[] = recipes.map((recipe) => ({
  name,
  version: recipe.version,
  protocol: "realtime",
  load: neverLoaded,
  program: () => pythonProgram(recipe, new URL("adapter.py", import.meta.url)),
  installed: () => isInstalled(recipe),
  install: recipe,
  ledger: new URL("ledger.json", import.meta.url),
}))
