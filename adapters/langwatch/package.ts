// @langwatch/scenario of one version with the RealtimeSession it is used with, as both subjects install and load it.
import { pathToFileURL } from "node:url"
import { installedPath, type NpmRecipe } from "../../harness/subjects/index.ts"
import type { Langwatch } from "./shapes.ts"
import { stubs } from "./stubs.ts"

/** As one file: 0.5.3 cannot be loaded by plain Node, for it imports files of a dependency without their endings. */
export const langwatch = (version: string): NpmRecipe => ({
  name: "langwatch",
  version,
  lock: new URL(`install/${version}/`, import.meta.url),
  withoutPeers: true,
  bundle: {
    entry: [
      'export { RealtimeAgentAdapter, AgentRole, voice } from "@langwatch/scenario"',
      'export { OpenAIRealtimeWebSocket, RealtimeAgent, RealtimeSession, tool } from "@openai/agents-realtime"',
    ].join("\n"),
    stubs,
  },
})

/** Imports the installed bundle. Rejects with InstallFault where it is not installed. */
export const loadLangwatch = (version: string): Promise<Langwatch> => loadInstalled(langwatch(version))

/** That of any recipe of the package, for the comparison of two. Rejects with InstallFault where it is not installed. */
export function loadInstalled(recipe: NpmRecipe): Promise<Langwatch> {
  process.env.OPENAI_AGENTS_DISABLE_TRACING = "1"
  return import(pathToFileURL(installedPath(recipe)).href)
}
