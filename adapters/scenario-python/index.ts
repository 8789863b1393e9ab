// The pinned versions of scenario-python: the OpenAIRealtimeAgentAdapter of langwatch-scenario (PyPI).
import { pythonRecipes, pythonSubjects } from "../python/subjects.ts"

const name = "scenario-python"
const folder = new URL(".", import.meta.url)

export const scenarioPythonSubjects = pythonSubjects(
  { name, protocol: "realtime" },
  folder,
  pythonRecipes(name, folder, { dependencies: "2026.8.1", upon: ["0.7.31", "0.7.32"] }),
)
