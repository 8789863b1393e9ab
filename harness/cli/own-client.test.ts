// Whose client a replay plays against: named on the command line, else the project's own.
import { mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import { afterAll, expect, it } from "vitest"
import { clientOfProject } from "./own-client.ts"

const adapter = fileURLToPath(new URL("../../fixtures/adapters/bare-ws.ts", import.meta.url))
const folder = mkdtempSync(join(tmpdir(), "rtspec-own-"))
afterAll(() => rmSync(folder, { recursive: true }))

it("is nobody's of their own in a folder without a config", async () => {
  expect(await clientOfProject({}, folder)).toBeUndefined()
})

it("is that of --adapter, by a path from here", { timeout: 60_000 }, async () => {
  expect(await clientOfProject({ adapter }, folder)).toMatchObject({ name: "bare-ws", adapterFile: adapter })
})

it("is that of the project's config, unless a subject is named", { timeout: 60_000 }, async () => {
  writeFileSync(join(folder, "rtspec.config.mjs"), `export default { adapter: ${JSON.stringify(adapter)} }\n`)
  // Paths are told from the folder of the config, which is where a command runs.
  await expect(clientOfProject({ subject: ["reference"] }, folder)).resolves.toBeUndefined()
  const config = join(folder, "rtspec.config.mjs")
  expect(await clientOfProject({ config }, process.cwd())).toMatchObject({ name: "bare-ws" })
})

it.each([
  [{ adapter: "nowhere.ts" }, /no adapter file nowhere.ts/],
  [{ adapter: "x.ts", subject: ["reference"] }, /one of the two/],
  [{ config: "nowhere.config.ts" }, /no config/],
])("says what is wrong with %j", async (which, message) => {
  await expect(clientOfProject(which, folder)).rejects.toThrow(message)
})
