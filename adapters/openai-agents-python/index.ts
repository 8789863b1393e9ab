// The pinned versions of openai-agents-python: the RealtimeSession of openai-agents (PyPI).
import { isInstalled, type PythonRecipe } from "../../harness/subjects/index.ts"
import type { SubjectEntry } from "../index.ts"
import { neverLoaded, pythonProgram } from "../python/program.ts"

const name = "openai-agents-python"
const requirements = (file: string) => new URL(`install/${file}.txt`, import.meta.url)
const dependencies: PythonRecipe = {
  name: `${name}-dependencies`,
  version: "2026.5.1",
  requirements: requirements("dependencies"),
}

const recipes: readonly PythonRecipe[] = [
  { name, version: "0.13.0", requirements: requirements("0.13.0"), upon: dependencies },
  { name, version: "0.13.1", requirements: requirements("0.13.1"), upon: dependencies },
  { name, version: "0.24.0", requirements: requirements("0.24.0") },
]

export const openAiAgentsPythonSubjects: readonly SubjectEntry[] = recipes.map((recipe) => ({
  name,
  version: recipe.version,
  protocol: "realtime",
  load: neverLoaded,
  program: () => pythonProgram(recipe, new URL("adapter.py", import.meta.url)),
  installed: () => isInstalled(recipe),
  install: recipe,
  ledger: new URL("ledger.json", import.meta.url),
}))
