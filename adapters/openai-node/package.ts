// The npm package `openai` of one version, as both subjects that are made of it install and load it.
import { pathToFileURL } from "node:url"
import { installedPath, type Recipe } from "../../harness/subjects/index.ts"
import type { OpenAiNode } from "./shapes.ts"

/** As one file, with `ws`, an optional peer that both clients need in Node. */
export const openAiNode = (version: string): Recipe => ({
  name: "openai-node",
  version,
  lock: new URL(`install/${version}/`, import.meta.url),
  bundle: {
    entry: [
      'export { OpenAI } from "openai"',
      'export { OpenAIRealtimeWS } from "openai/realtime/ws"',
      'export { ResponsesWS } from "openai/resources/responses/ws"',
      'export { ResponsesWebSocketSession } from "openai/lib/responses/responses-websocket-session"',
    ].join("\n"),
    stubs: {},
  },
})

/** Imports the installed package. Rejects with InstallFault where it is not installed. */
export const loadOpenAiNode = (version: string): Promise<OpenAiNode> =>
  import(pathToFileURL(installedPath(openAiNode(version))).href)
