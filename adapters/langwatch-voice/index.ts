// The pinned versions of langwatch-voice: voice.OpenAIRealtimeAgentAdapter of @langwatch/scenario.
import { isInstalled } from "../../harness/subjects/index.ts"
import type { SubjectEntry } from "../index.ts"
import { langwatch, loadLangwatch } from "../langwatch/package.ts"
import { langwatchVoice } from "./adapter.ts"

const versions = ["0.4.13", "0.5.3"]

export const langwatchVoiceSubjects: readonly SubjectEntry[] = versions.map((version) => ({
  name: "langwatch-voice",
  version,
  protocol: "realtime",
  load: async () => langwatchVoice(version, await loadLangwatch(version)),
  installed: () => isInstalled(langwatch(version)),
  install: langwatch(version),
  ledger: new URL("ledger.json", import.meta.url),
}))
