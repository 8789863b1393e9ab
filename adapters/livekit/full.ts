// The LiveKit packages as they are, natives and all: what the slim bundle is held against. Nothing else uses it.
import { join } from "node:path"
import { pathToFileURL } from "node:url"
import { installedPath, type Recipe } from "../../harness/subjects/index.ts"
import type { LiveKit } from "./shapes.ts"

export const fullVersion = "1.9.0"

/** About 290 MB; not part of `rtspec subjects install`. */
export const livekitFull: Recipe = {
  name: "livekit-full",
  version: fullVersion,
  lock: new URL(`install-full/${fullVersion}/`, import.meta.url),
  withoutPeers: true,
  withOptional: true,
}

export async function loadFullLiveKit(): Promise<LiveKit> {
  const entry = async (name: string) =>
    import(pathToFileURL(join(installedPath(livekitFull), "node_modules", ...name.split("/"))).href)
  const { initializeLogger, llm } = await entry("@livekit/agents/dist/index.js")
  const { realtime, responses } = await entry("@livekit/agents-plugin-openai/dist/index.js")
  const { AudioFrame } = await entry("@livekit/rtc-node/dist/index.js")
  initializeLogger({ pretty: false, level: "silent" })
  return { initializeLogger, llm, realtime, responses, AudioFrame }
}
