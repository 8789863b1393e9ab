// The pinned versions of openai-agents-responses: OpenAIResponsesWSModel of @openai/agents-openai.
import { isInstalled } from "../../harness/subjects/index.ts"
import type { SubjectEntry } from "../index.ts"
import { openAiAgentsResponses } from "./adapter.ts"
import { agentsResponses, loadAgentsResponses } from "./package.ts"

/** 0.17.1 is the first with openai-agents-js#1720: a failed response is no success any more. */
const versions = ["0.17.0", "0.17.1", "0.20.0"]

export const openAiAgentsResponsesSubjects: readonly SubjectEntry[] = versions.map((version) => ({
  name: "openai-agents-responses",
  version,
  protocol: "responses",
  load: async () => openAiAgentsResponses(version, await loadAgentsResponses(version)),
  installed: () => isInstalled(agentsResponses(version)),
  install: agentsResponses(version),
  ledger: new URL("ledger.json", import.meta.url),
}))
