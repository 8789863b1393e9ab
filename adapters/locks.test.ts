// What every lock file of a light subject keeps to; those of livekit have a test beside the installer.
import { readdirSync, readFileSync } from "node:fs"
import { join } from "node:path"
import { describe, expect, it } from "vitest"
import { subjects } from "./index.ts"
import { openAiAgentsSubject } from "./openai-agents/index.ts"

const pinned = {
  "openai-agents": ["@openai/agents-realtime", "@openai/agents-core"],
  "openai-agents-responses": ["@openai/agents-openai", "@openai/agents-core"],
  "openai-node": ["openai"],
  "openai-realtime-api": ["openai-realtime-api"],
}
const locks = Object.entries(pinned).flatMap(([folder, packages]) =>
  readdirSync(join(import.meta.dirname, folder, "install")).map((version) => ({ folder, version, packages })),
)
/** As the package has them: there nothing is a dependency of the checkout. */
const packaged = subjects.map((entry) =>
  entry.name === "openai-agents" ? openAiAgentsSubject(entry.version, false) : entry,
)
const lockFoldersOf = packaged.flatMap(({ install }) => (install && "lock" in install ? [install.lock.pathname] : []))

describe("the pinned locks", () => {
  it.each(locks)("of $folder $version pin that version, and name no registry", ({ folder, version, packages }) => {
    const text = readFileSync(join(import.meta.dirname, folder, "install", version, "package-lock.json"), "utf8")
    const lock = JSON.parse(text)
    for (const name of packages) expect(lock.packages[`node_modules/${name}`].version).toBe(version)
    expect(text).not.toContain('"resolved"')
  })

  it.each(locks)("of $folder $version are what a subject installs", ({ folder, version }) => {
    const own = lockFoldersOf.filter((path) => path.endsWith(`/adapters/${folder}/install/${version}/`))
    expect(own.length).toBeGreaterThan(0)
  })

  it("leave no real client that the package cannot install", () => {
    const own = /^(reference|mutant)/
    const lost = packaged.filter(({ name, install }) => !own.test(name) && install === undefined)
    expect(lost.map(({ name, version }) => `${name}@${version}`)).toEqual([])
  })
})
