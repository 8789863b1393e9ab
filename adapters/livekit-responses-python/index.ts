// The pinned versions of livekit-responses-python: the Responses LLM over WebSocket of livekit-plugins-openai (PyPI).
import { livekitPythonRecipes } from "../livekit-python/index.ts"
import { pythonSubjects } from "../python/subjects.ts"

/** All that are installed for livekit-python have it; these are the ones in which it differs. */
const versions = ["1.5.7", "1.6.5", "1.7.0", "1.8.9"]

export const livekitResponsesPythonSubjects = pythonSubjects(
  { name: "livekit-responses-python", protocol: "responses" },
  new URL(".", import.meta.url),
  livekitPythonRecipes.filter(({ version }) => versions.includes(version)),
)
