// The pinned versions of langwatch-agent: RealtimeAgentAdapter of @langwatch/scenario, over a RealtimeSession of @openai/agents-realtime.
import { isInstalled } from "../../harness/subjects/index.ts"
import type { SubjectEntry } from "../index.ts"
import { langwatch, loadLangwatch } from "../langwatch/package.ts"
import { langwatchAgent } from "./adapter.ts"

const versions = ["0.4.13", "0.5.3"]

export const langwatchAgentSubjects: readonly SubjectEntry[] = versions.map((version) => ({
  name: "langwatch-agent",
  version,
  protocol: "realtime",
  load: async () => langwatchAgent(version, await loadLangwatch(version)),
  installed: () => isInstalled(langwatch(version)),
  install: langwatch(version),
  ledger: new URL("ledger.json", import.meta.url),
}))
