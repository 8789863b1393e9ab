// The pinned versions of the npm package `openai` as two subjects: OpenAIRealtimeWS, and ResponsesWS with its lanes.
import { isInstalled } from "../../harness/subjects/index.ts"
import type { SubjectEntry } from "../index.ts"
import { loadOpenAiNode, openAiNode } from "./package.ts"
import { openAiNodeRealtime } from "./realtime-adapter.ts"
import { openAiNodeResponses } from "./responses-adapter.ts"

const versions = ["7.55.0"]

const installing = (version: string) => ({
  installed: () => isInstalled(openAiNode(version)),
  install: openAiNode(version),
})

export const openAiNodeSubjects: readonly SubjectEntry[] = [
  ...versions.map(
    (version): SubjectEntry => ({
      name: "openai-node-realtime",
      version,
      protocol: "realtime",
      load: async () => openAiNodeRealtime(version, await loadOpenAiNode(version)),
      ledger: new URL("realtime-ledger.json", import.meta.url),
      ...installing(version),
    }),
  ),
  ...versions.map(
    (version): SubjectEntry => ({
      name: "openai-node-responses",
      version,
      protocol: "responses",
      load: async () => openAiNodeResponses(version, await loadOpenAiNode(version)),
      ledger: new URL("responses-ledger.json", import.meta.url),
      ...installing(version),
    }),
  ),
]
