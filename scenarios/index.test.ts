// The table of contents is complete, and covers the protocol. What a story itself may say is checked as it loads
// (harness/script/lint.ts).
import { readdirSync, readFileSync } from "node:fs"
import { fileURLToPath } from "node:url"
import { expect, test } from "vitest"
import { invariants } from "../harness/checks/all.ts"
import { scenarios } from "./index.ts"

const here = fileURLToPath(new URL(".", import.meta.url))
const filesOnDisk = readdirSync(here, { recursive: true, encoding: "utf8" })
  .filter((path) => path.includes("/") && path.endsWith(".ts") && !path.endsWith(".test.ts"))
  .map((path) => path.replace(/\.ts$/, ""))

const inventory = JSON.parse(readFileSync(`${here}../fixtures/protocol/situations.json`, "utf8")) as {
  situations: readonly { id: string }[]
}
const invariantIds = new Set(invariants.map(({ id }) => id))

test("every file on disk stands in the index once, under the id that is its path", () => {
  expect(scenarios.map(({ id }) => id).sort()).toEqual(filesOnDisk.sort())
})

test("no two scenarios promise the same", () => {
  expect(new Set(scenarios.map(({ title }) => title)).size).toBe(scenarios.length)
})

test.each(scenarios.map((each) => [each.id, each] as const))("%s is judged by invariants that exist", (_id, each) => {
  expect(each.judgedBy.filter((id) => !invariantIds.has(id))).toEqual([])
})

test("every situation of the protocol sheet is played", () => {
  const played = new Set(scenarios.flatMap(({ situations = [] }) => situations))
  expect(inventory.situations.length).toBeGreaterThan(75)
  expect(inventory.situations.filter(({ id }) => !played.has(id)).map(({ id }) => id)).toEqual([])
})
