// The pinned versions of livekit-python: the RealtimeModel of livekit-plugins-openai (PyPI).
import { pythonRecipes, pythonSubjects } from "../python/subjects.ts"

const name = "livekit-python"
const folder = new URL(".", import.meta.url)

/** One environment for each version, for the Realtime client and for the Responses LLM. */
export const livekitPythonRecipes = pythonRecipes(name, folder, {
  dependencies: "2026.8.1",
  upon: ["1.5.7", "1.5.8", "1.5.17", "1.6.0", "1.6.4", "1.6.5", "1.7.0"],
  whole: ["1.8.9"],
})

export const livekitPythonSubjects = pythonSubjects({ name, protocol: "realtime" }, folder, livekitPythonRecipes)
