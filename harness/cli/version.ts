// Which rtspec this is, and which inventory of events it knows.
import { readFileSync } from "node:fs"

const readJson = (path: string): unknown => JSON.parse(readFileSync(new URL(path, import.meta.url), "utf8"))

export const rtspecVersion = (): string => (readJson("../../package.json") as { version: string }).version

export function inventoryName(): string {
  const { generatedFrom } = readJson("../../fixtures/protocol/events.json") as {
    generatedFrom: { package: string; version: string }
  }
  return `${generatedFrom.package} ${generatedFrom.version}`
}
