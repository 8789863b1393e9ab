// The pinned versions of openai-agents: @openai/agents-realtime. Three come as dev dependencies under npm aliases, so that
// the first run has a real client at once; the others are installed on demand.
import { existsSync } from "node:fs"
import { pathToFileURL } from "node:url"
import { installedPath, isInstalled, type Recipe } from "../../harness/subjects/index.ts"
import type { SubjectEntry } from "../index.ts"
import { type Library, openAiAgents } from "./adapter.ts"

const versions: Readonly<Record<string, "dev-dependency" | "on-demand">> = {
  "0.8.0": "dev-dependency",
  "0.8.1": "dev-dependency",
  "0.11.0": "on-demand",
  "0.20.0": "dev-dependency",
}

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
const aliasFile = (version: string) => new URL(`../../node_modules/${alias(version)}/package.json`, import.meta.url)

const importInstalled = (version: string): Promise<Library> =>
  import(pathToFileURL(installedPath(recipe(version))).href)

export const openAiAgentsSubjects: readonly SubjectEntry[] = Object.entries(versions).map(([version, source]) => ({
  name: "openai-agents",
  version,
  protocol: "realtime",
  ledger: new URL("ledger.json", import.meta.url),
  ...(source === "dev-dependency"
    ? {
        load: () => openAiAgents(version, () => import(alias(version))),
        installed: () => existsSync(aliasFile(version)),
      }
    : {
        load: () => openAiAgents(version, () => importInstalled(version)),
        installed: () => isInstalled(recipe(version)),
        install: recipe(version),
      }),
}))
