// The pinned versions of livekit-realtime: @livekit/agents-plugin-openai's RealtimeModel.
import { isInstalled } from "../../harness/subjects/index.ts"
import { type HeavySubject, livekit, loadLiveKit } from "../livekit/package.ts"
import { type Abilities, livekitRealtime } from "./adapter.ts"

const early: Abilities = { cancelRequest: false, timeout: false }
const abortable: Abilities = { cancelRequest: true, timeout: false }
const patient: Abilities = { cancelRequest: true, timeout: true }

const versions: Readonly<Record<string, Abilities>> = {
  "1.3.0": early,
  "1.4.0": early,
  "1.4.9": abortable,
  "1.4.11": patient,
  "1.5.2": patient,
  "1.5.3": patient,
  "1.7.1": patient,
  "1.8.0": patient,
  "1.9.0": patient,
}

export const livekitRealtimeSubjects: readonly HeavySubject[] = Object.entries(versions).map(
  ([version, abilities]): HeavySubject => ({
    name: "livekit-realtime",
    version,
    protocol: "realtime",
    load: async () => livekitRealtime(version, await loadLiveKit(version), abilities),
    installed: () => isInstalled(livekit(version)),
    install: livekit(version),
    ledger: new URL("ledger.json", import.meta.url),
  }),
)
