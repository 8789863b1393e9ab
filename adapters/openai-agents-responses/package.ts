// The Agents SDK's packages of one version, as the subject installs and loads them.
import { pathToFileURL } from "node:url"
import { installedPath, type Recipe } from "../../harness/subjects/index.ts"
import type { AgentsResponses } from "./shapes.ts"

/** `@openai/agents-core` and `@openai/agents-openai` at the same version as one file, and `ws`, which an app brings along
 * where Node has no WebSocket of its own. The log-in of the MCP SDK is left out: for one import() in it the loader of our
 * sources would parse the whole file, which takes 0.8 GB. */
export const agentsResponses = (version: string): Recipe => ({
  name: "openai-agents-responses",
  version,
  lock: new URL(`install/${version}/`, import.meta.url),
  withOptional: true,
  bundle: {
    entry: [
      'export { Agent, Runner, tool } from "@openai/agents-core"',
      'export { OpenAIResponsesWSModel } from "@openai/agents-openai"',
      'export { OpenAI } from "openai"',
      'export { WebSocket } from "ws"',
    ].join("\n"),
    stubs: { "pkce-challenge": "module.exports = {}" },
  },
})

/** Imports the installed packages. Rejects with InstallFault where they are not installed. */
export async function loadAgentsResponses(version: string): Promise<AgentsResponses> {
  process.env.OPENAI_AGENTS_DISABLE_TRACING = "1"
  const library: AgentsResponses = await import(pathToFileURL(installedPath(agentsResponses(version))).href)
  // The client dials with the global WebSocket. Node has one from 22 on; that of `ws` is the same for every Node.
  Object.defineProperty(globalThis, "WebSocket", { value: library.WebSocket, configurable: true, writable: true })
  return library
}
