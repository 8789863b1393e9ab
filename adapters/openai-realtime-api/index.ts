// The pinned version of openai-realtime-api, a client of the retired beta.
import { pathToFileURL } from "node:url"
import { installedPath, isInstalled, type Recipe } from "../../harness/subjects/index.ts"
import type { SubjectEntry } from "../index.ts"
import { openAiRealtimeApi } from "./adapter.ts"
import type { RealtimeApi } from "./shapes.ts"

/** As one file: connect() imports `ws` when it is called, and a module that is read from the disk comes in real time. */
const recipe = (version: string): Recipe => ({
  name: "openai-realtime-api",
  version,
  lock: new URL(`install/${version}/`, import.meta.url),
  bundle: { entry: 'export { RealtimeClient } from "openai-realtime-api"', stubs: {} },
})

/** Where there is a global WebSocket, as in Node from 22 on, it takes itself to be in a browser and dials with that one.
 * Without it `ws` is used, as in the Node that it was written for. */
function importInstalled(version: string): Promise<RealtimeApi> {
  Reflect.deleteProperty(globalThis, "WebSocket")
  return import(pathToFileURL(installedPath(recipe(version))).href)
}

export const openAiRealtimeApiSubjects: readonly SubjectEntry[] = ["1.0.8"].map((version) => ({
  name: "openai-realtime-api",
  version,
  protocol: "realtime",
  dialect: "beta",
  load: async () => openAiRealtimeApi(version, await importInstalled(version)),
  installed: () => isInstalled(recipe(version)),
  ledger: new URL("ledger.json", import.meta.url),
  install: recipe(version),
}))
