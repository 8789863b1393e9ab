// Flags outrank the config, the config outranks defaults.
import { mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { expect, it, onTestFinished } from "vitest"
import type { RunOptions } from "./run.ts"
import { withConfig } from "./settings.ts"

const defaults: RunOptions = {
  strict: false,
  seed: "1",
  dialect: "openai",
  transport: "memory",
  out: "reports/latest",
  allFailures: false,
}
const none = () => false

function emptyFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "rtspec-settings-"))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  return folder
}

function projectWith(config: object): string {
  const folder = emptyFolder()
  writeFileSync(join(folder, "rtspec.config.mjs"), `export default ${JSON.stringify(config)}`)
  return folder
}

it("leaves the defaults where there is no config", async () => {
  expect(await withConfig(defaults, none, emptyFolder())).toEqual(defaults)
})

it("takes from the config what nobody gave", async () => {
  const folder = projectWith({ adapter: "a.ts", ledger: "l.json", seed: "7", strict: true, scenarios: ["turn/*"] })
  const given = (name: string) => name === "seed"
  expect(await withConfig({ ...defaults, seed: "3" }, given, folder)).toEqual({
    ...defaults,
    seed: "3",
    strict: true,
    adapter: "a.ts",
    ledger: "l.json",
    scenario: ["turn/*"],
  })
})

it("leaves the project's client out when another subject is named", async () => {
  const folder = projectWith({ adapter: "a.ts", ledger: "l.json", out: "here" })
  const options = { ...defaults, subject: ["reference"] }
  expect(await withConfig(options, (name) => name === "subject", folder)).toEqual({ ...options, out: "here" })
})
