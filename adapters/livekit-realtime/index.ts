// The pinned versions of livekit-realtime: @livekit/agents-plugin-openai's RealtimeModel.
import type { Capability } from "../../harness/adapter.ts"
import { isInstalled } from "../../harness/subjects/index.ts"
import type { SubjectEntry } from "../index.ts"
import { livekit, loadLiveKit } from "../livekit/package.ts"
import { livekitRealtime } from "./adapter.ts"

/** generateReply() takes a signal. */
const abortable: readonly Capability[] = ["cancel-request"]
/** generateReply() gives up after ten seconds. */
const patient: readonly Capability[] = [...abortable, "request-timeout"]

const versions: Readonly<Record<string, readonly Capability[]>> = {
  "1.3.0": [],
  "1.4.0": [],
  "1.4.9": abortable,
  "1.4.11": patient,
  "1.5.2": patient,
  "1.5.3": patient,
  "1.7.1": patient,
  "1.8.0": patient,
  "1.9.0": patient,
}

export const livekitRealtimeSubjects: readonly SubjectEntry[] = Object.entries(versions).map(([version, more]) => ({
  name: "livekit-realtime",
  version,
  protocol: "realtime",
  load: async () => livekitRealtime(version, await loadLiveKit(version), more),
  installed: () => isInstalled(livekit(version)),
  install: livekit(version),
  ledger: new URL("ledger.json", import.meta.url),
}))
