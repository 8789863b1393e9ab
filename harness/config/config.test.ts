// A config is read from its folder; what is wrong in it is one sentence.
import { mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { describe, expect, it, onTestFinished } from "vitest"
import { readConfig } from "./config.ts"

function emptyFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "rtspec-config-"))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  return folder
}

function folderWith(name: string, text: string): string {
  const folder = emptyFolder()
  writeFileSync(join(folder, name), text)
  return folder
}

describe("readConfig", () => {
  it("is empty where there is none", async () => {
    expect(await readConfig(emptyFolder())).toEqual({})
  })

  it("takes paths from the folder of the config", async () => {
    const folder = folderWith(
      "rtspec.config.mjs",
      'export default { adapter: "./a.ts", ledger: "l.json", strict: true }',
    )
    expect(await readConfig(folder)).toEqual({
      adapter: join(folder, "a.ts"),
      ledger: join(folder, "l.json"),
      strict: true,
    })
  })

  it("reads TypeScript", async () => {
    const folder = folderWith("rtspec.config.ts", 'const seed: string = "7"\nexport default { seed }')
    expect(await readConfig(folder)).toEqual({ seed: "7" })
  })

  it.each([
    ["an unknown key", 'export default { adaptor: "x" }', /Unrecognized key.*adaptor/],
    ["a wrong value", 'export default { transport: "smoke" }', /transport: .*memory/],
    ["no default export", "export const config = {}", /it: .*expected object/],
    ["what does not parse", "export default {", /does not load/],
  ])("says in one sentence what is wrong: %s", async (_, text, message) => {
    await expect(readConfig(folderWith("rtspec.config.mjs", text))).rejects.toThrow(message)
  })

  it("says so where --config names nothing", async () => {
    await expect(readConfig(tmpdir(), "no.config.ts")).rejects.toThrow("there is no config no.config.ts")
  })
})
