// The pinned versions of openai-agents-python: the RealtimeSession of openai-agents (PyPI).
import { pythonRecipes, pythonSubjects } from "../python/subjects.ts"

const name = "openai-agents-python"
const folder = new URL(".", import.meta.url)

export const openAiAgentsPythonSubjects = pythonSubjects(
  { name, protocol: "realtime" },
  folder,
  pythonRecipes(name, folder, { dependencies: "2026.5.1", upon: ["0.13.0", "0.13.1"], whole: ["0.24.0"] }),
)
