// The pinned versions of livekit-responses: the Responses LLM over WebSocket of @livekit/agents-plugin-openai.
import { isInstalled } from "../../harness/subjects/index.ts"
import type { SubjectEntry } from "../index.ts"
import { livekit, loadLiveKit } from "../livekit/package.ts"
import { livekitResponses } from "./adapter.ts"

/** 1.0.51 is the first release that has it. */
const versions = ["1.0.51", "1.3.0", "1.6.2", "1.6.3", "1.7.1", "1.8.0", "1.9.0"]

export const livekitResponsesSubjects: readonly SubjectEntry[] = versions.map((version) => ({
  name: "livekit-responses",
  version,
  protocol: "responses",
  load: async () => livekitResponses(version, await loadLiveKit(version)),
  installed: () => isInstalled(livekit(version)),
  install: livekit(version),
  ledger: new URL("ledger.json", import.meta.url),
}))
