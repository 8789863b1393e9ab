// The pinned versions of livekit-responses-python: the Responses LLM over WebSocket of livekit-plugins-openai (PyPI).
import { isInstalled } from "../../harness/subjects/index.ts"
import type { SubjectEntry } from "../index.ts"
import { livekitPythonRecipes } from "../livekit-python/index.ts"
import { neverLoaded, pythonProgram } from "../python/program.ts"

/** All that are installed for livekit-python have it; these are the ones in which it differs. */
const versions = ["1.5.7", "1.6.5", "1.7.0", "1.8.9"]

export const livekitResponsesPythonSubjects: readonly SubjectEntry[] = livekitPythonRecipes
  .filter(({ version }) => versions.includes(version))
  .map((recipe) => ({
    name: "livekit-responses-python",
    version: recipe.version,
    protocol: "responses",
    load: neverLoaded,
    program: () => pythonProgram(recipe, new URL("adapter.py", import.meta.url)),
    installed: () => isInstalled(recipe),
    install: recipe,
    ledger: new URL("ledger.json", import.meta.url),
  }))
