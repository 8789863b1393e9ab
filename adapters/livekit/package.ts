// The LiveKit packages of one version, as both subjects that are made of them install and load them.
import { pathToFileURL } from "node:url"
import { installedPath, type Recipe } from "../../harness/subjects/index.ts"
import type { LiveKit } from "./shapes.ts"
import { stubs } from "./stubs.ts"

/** `@livekit/agents` and its OpenAI plug-in at the same version, as one file without natives. */
export const livekit = (version: string): Recipe => ({
  name: "livekit",
  version,
  lock: new URL(`install/${version}/`, import.meta.url),
  withoutPeers: true,
  bundle: {
    entry: [
      'export { initializeLogger, llm } from "@livekit/agents"',
      'export { realtime, responses } from "@livekit/agents-plugin-openai"',
      'export { AudioFrame } from "@livekit/rtc-node"',
    ].join("\n"),
    stubs,
  },
})

/** Imports the installed bundle. Rejects with InstallFault where it is not installed. */
export async function loadLiveKit(version: string): Promise<LiveKit> {
  const module: LiveKit = await import(pathToFileURL(installedPath(livekit(version))).href)
  module.initializeLogger({ pretty: false, level: "silent" })
  return module
}
