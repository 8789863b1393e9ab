// The pinned versions of openai-agents: @openai/agents-realtime. A checkout of rtspec has three of them as dev dependencies under
// npm aliases, so that its first run has a real client at once; the others, and in the package all, are installed on demand.
import { createRequire } from "node:module"
import { pathToFileURL } from "node:url"
import { installedPath, isInstalled, type Recipe } from "../../harness/subjects/index.ts"
import type { SubjectEntry } from "../index.ts"
import { type Library, openAiAgents } from "./adapter.ts"

const versions = ["0.8.0", "0.8.1", "0.11.0", "0.20.0"]

/** As one file: smaller, and the same for every Node. With optional packages, since one of them, the MCP SDK, is imported
 * whether it is used or not. Its log-in is left out: for one import() in it the loader of our sources would parse the whole
 * file, which takes 0.5 GB. */
const recipe = (version: string): Recipe => ({
  name: "openai-agents",
  version,
  lock: new URL(`install/${version}/`, import.meta.url),
  withOptional: true,
  bundle: { entry: 'export * from "@openai/agents-realtime"', stubs: { "pkce-challenge": "module.exports = {}" } },
})

const alias = (version: string) => `agents-realtime-${version}`

/** In a checkout, from its sources and as compiled. */
function isAmongPackages(version: string): boolean {
  try {
    createRequire(import.meta.url).resolve(alias(version))
    return true
  } catch {
    return false
  }
}

const importInstalled = (version: string): Promise<Library> =>
  import(pathToFileURL(installedPath(recipe(version))).href)

/** `isDependency`: it is among the packages of this checkout, and need not be installed. */
export function openAiAgentsSubject(version: string, isDependency: boolean): SubjectEntry {
  const known = {
    name: "openai-agents",
    version,
    protocol: "realtime",
    ledger: new URL("ledger.json", import.meta.url),
  } as const
  if (isDependency)
    return { ...known, load: () => openAiAgents(version, () => import(alias(version))), installed: () => true }
  const install = recipe(version)
  return {
    ...known,
    load: () => openAiAgents(version, () => importInstalled(version)),
    installed: () => isInstalled(install),
    install,
  }
}

export const openAiAgentsSubjects: readonly SubjectEntry[] = versions.map((version) =>
  openAiAgentsSubject(version, isAmongPackages(version)),
)
