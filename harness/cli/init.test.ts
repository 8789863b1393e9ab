// What `rtspec init` takes from the project where nobody says otherwise, and that it writes all or nothing.
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { afterEach, beforeEach, expect, it, vi } from "vitest"
import { UsageFault } from "../runner/faults.ts"
import { init } from "./init.ts"

let folder = ""
let said = ""
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "rtspec-init-"))
  said = ""
  vi.spyOn(console, "log").mockImplementation((line) => {
    said += `${line}\n`
  })
})
afterEach(() => {
  vi.restoreAllMocks()
  rmSync(folder, { recursive: true })
})
const read = (path: string) => readFileSync(join(folder, path), "utf8")

it.each([
  ["Vitest, where the project uses it", { devDependencies: { vitest: "4" } }, "rtspec/vitest", "npx vitest run rtspec"],
  ["Node's own runner elsewhere", {}, "rtspec/node-test", "node --import tsx --test rtspec/conformance.test.ts"],
])("writes a first test for %s", async (_, manifest, from, command) => {
  writeFileSync(join(folder, "package.json"), JSON.stringify({ name: "my-voice", ...manifest }))
  await init({ yes: true }, folder)
  expect(read("rtspec/conformance.test.ts")).toContain(`from "${from}"`)
  expect(read("rtspec/client.adapter.ts")).toContain('name: "my-voice"')
  expect(said).toContain(command)
  expect(existsSync(join(folder, ".github/workflows/rtspec.yml"))).toBe(true)
})

it("writes a pipeline for GitLab where there is one already, and takes flags before what it finds", async () => {
  writeFileSync(join(folder, ".gitlab-ci.yml"), "")
  await init({ yes: true, tests: "none", name: "other", protocol: "responses" }, folder)
  expect(read("rtspec/gitlab-ci.yml")).toContain("npx rtspec run")
  expect(read("rtspec/client.adapter.ts")).toContain('name: "other"')
  expect(existsSync(join(folder, "rtspec/conformance.test.ts"))).toBe(false)
})

it("writes nothing where one of its files is there", async () => {
  writeFileSync(join(folder, "rtspec.config.ts"), "mine")
  await expect(init({ yes: true }, folder)).rejects.toThrow(UsageFault)
  expect(readdirSync(folder)).toEqual(["rtspec.config.ts"])
  expect(read("rtspec.config.ts")).toBe("mine")
})
