import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { pathToFileURL } from "node:url"
import { afterEach, beforeEach, describe, expect, it } from "vitest"
import { folderOf } from "./cache.ts"
import {
  type InstallFault,
  installedPath,
  installSubject,
  isInstalled,
  type NpmRecipe,
  type Progress,
  sizeOf,
} from "./index.ts"
import { type FetchPackages, faultOf } from "./npm.ts"

let root = ""
let recipe: NpmRecipe
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "rtspec-subjects-"))
  const lock = join(root, "lock")
  mkdirSync(lock)
  const packages = { "": {}, "node_modules/greeter": { version: "1.0.0" }, "node_modules/extra": { optional: true } }
  writeFileSync(join(lock, "package.json"), JSON.stringify({ dependencies: { greeter: "1.0.0" } }))
  writeFileSync(join(lock, "package-lock.json"), JSON.stringify({ lockfileVersion: 3, packages }))
  recipe = {
    name: "greeter",
    version: "1.0.0",
    lock: pathToFileURL(`${lock}/`),
    bundle: {
      entry: 'export { greet } from "greeter"',
      stubs: { "heavy-native": "module.exports = { weight: 'none' }" },
    },
  }
})
afterEach(() => rmSync(root, { recursive: true, force: true }))

/** A registry that gives one package, which imports one that nobody installed. */
const fetchGreeter: FetchPackages = async (_recipe, folder, onPackage) => {
  const greeter = join(folder, "node_modules", "greeter")
  mkdirSync(greeter, { recursive: true })
  writeFileSync(join(greeter, "package.json"), '{"name":"greeter","version":"1.0.0","type":"module","main":"index.js"}')
  const source = 'import heavy from "heavy-native/sub"\nexport const greet = (name) => name + " " + heavy.weight\n'
  writeFileSync(join(greeter, "index.js"), source)
  writeFileSync(join(folder, "node_modules", ".package-lock.json"), "{}")
  onPackage()
}
const install = (fetchPackages = fetchGreeter, of = recipe) => installSubject(of, { root, fetchPackages })
const subjectsFolder = () => join(root, "subjects")

describe("installing a subject", () => {
  it("makes one importable file, keeps nothing else, and tells how it goes", async () => {
    const steps: Progress[] = []
    await installSubject(recipe, { root, fetchPackages: fetchGreeter, onProgress: (step) => steps.push(step) })
    const { greet } = await import(pathToFileURL(installedPath(recipe, root)).href)
    expect(greet("hello")).toBe("hello none")
    expect(readdirSync(folderOf(recipe, root)).sort()).toEqual([
      "bundle.mjs",
      "complete.json",
      "package-lock.json",
      "package.json",
    ])
    expect(steps.map(({ step }) => step)).toEqual(["fetching", "fetching", "bundling", "installed"])
    expect(steps[1]).toEqual({ step: "fetching", done: 1, of: 1 })
    expect(sizeOf(recipe, root)).toBeGreaterThan(0)
  })

  it("does not do twice what is done", async () => {
    await install()
    await install(() => Promise.reject(new Error("nobody may fetch again")))
    expect(isInstalled(recipe, root)).toBe(true)
  })

  it("keeps the packages where there is nothing to bundle", async () => {
    const { bundle: _, ...whole } = recipe
    await install(fetchGreeter, whole)
    expect(existsSync(join(installedPath(whole, root), "node_modules", "greeter", "index.js"))).toBe(true)
  })

  it("makes another install when the lock or what is made of it changes", async () => {
    await install()
    const stubs = { "heavy-native": "module.exports = {}" }
    expect(isInstalled({ ...recipe, bundle: { entry: recipe.bundle?.entry ?? "", stubs } }, root)).toBe(false)
    writeFileSync(new URL("package-lock.json", recipe.lock), '{"packages":{}}')
    expect(isInstalled(recipe, root)).toBe(false)
  })
})

describe("an install that is not whole", () => {
  it("is not run, and mended by the next", async () => {
    await install()
    truncateSync(installedPath(recipe, root), 10)
    expect(isInstalled(recipe, root)).toBe(false)
    expect(() => installedPath(recipe, root)).toThrow(/greeter 1\.0\.0 is not installed, or not whole/)
    const steps: string[] = []
    await installSubject(recipe, { root, fetchPackages: fetchGreeter, onProgress: ({ step }) => steps.push(step) })
    expect(steps[0]).toBe("mending")
    expect(isInstalled(recipe, root)).toBe(true)
  })

  it("leaves nothing when fetching fails", async () => {
    const failing: FetchPackages = async (_, folder) => {
      writeFileSync(join(folder, "half"), "half of a package")
      throw faultOf(recipe, ["code ENOTFOUND", "errno ENOTFOUND"], 1)
    }
    await expect(install(failing)).rejects.toMatchObject({
      kind: "no-network",
      message: expect.stringMatching(/^could not reach the npm registry for greeter 1\.0\.0 \(ENOTFOUND\); .*\.$/),
    } satisfies Partial<Record<keyof InstallFault, unknown>>)
    expect(readdirSync(subjectsFolder())).toEqual([])
  })

  it("leaves nothing when bundling fails", async () => {
    const bundle = { entry: 'export * from "no-such-package"', stubs: {} }
    await expect(install(fetchGreeter, { ...recipe, bundle })).rejects.toMatchObject({ kind: "bundle-failed" })
    expect(readdirSync(subjectsFolder())).toEqual([])
  })

  it("is cleared away when the process that was at work is gone, and left when it is not", async () => {
    const folder = folderOf(recipe, root)
    const [gone, alive] = [`${folder}.partial-999999999`, `${folder}.partial-1`]
    for (const partial of [gone, alive]) cpSync(new URL(recipe.lock), partial, { recursive: true })
    await install()
    expect([existsSync(gone), existsSync(alive), isInstalled(recipe, root)]).toEqual([false, true, true])
  })
})

describe("what npm complains of", () => {
  it("is one sentence with npm's own words", () => {
    const fault = faultOf(recipe, ["code E404", "404 Not Found - GET https://registry.example/greeter"], 1)
    expect(fault).toMatchObject({ kind: "npm-failed" })
    expect(fault.message).toBe(
      "npm could not install greeter 1.0.0: E404 404 Not Found - GET https://registry.example/greeter",
    )
  })
})

describe("the pinned locks", () => {
  const installs = join(import.meta.dirname, "..", "..", "adapters", "livekit", "install")
  it.each(readdirSync(installs))("of livekit %s pin that version, and name no registry", (version) => {
    const text = readFileSync(join(installs, version, "package-lock.json"), "utf8")
    const { packages } = JSON.parse(text)
    expect(packages["node_modules/@livekit/agents"].version).toBe(version)
    expect(packages["node_modules/@livekit/agents-plugin-openai"].version).toBe(version)
    expect(text).not.toContain('"resolved"')
  })
})
