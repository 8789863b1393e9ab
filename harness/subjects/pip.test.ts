// Python environments: made whole or not at all, the shared part once; what can go wrong is one sentence. No network.
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, truncateSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { pathToFileURL } from "node:url"
import { afterEach, beforeEach, describe, expect, it } from "vitest"
import { folderOf } from "./cache.ts"
import {
  type InstallFault,
  installedPython,
  installSubject,
  isInstalled,
  type Progress,
  type PythonRecipe,
} from "./index.ts"
import { type PipInstall, pipFault, pipInstall, pythonIn } from "./pip.ts"

let root = ""
let shared: PythonRecipe
let recipe: PythonRecipe
const requirements = (name: string, text: string) => {
  writeFileSync(join(root, name), text)
  return pathToFileURL(join(root, name))
}
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "rtspec-pip-"))
  const needs = requirements("needs.txt", "# what it needs\nleft-pad==1.0 \\\n    --hash=sha256:aa\nright_pad==2.0\n")
  shared = { name: "greeter-dependencies", version: "2026.1.1", requirements: needs }
  const own = requirements("own.txt", "greeter==1.0.0\n")
  recipe = { name: "greeter", version: "1.0.0", requirements: own, upon: shared }
})
afterEach(() => {
  rmSync(root, { recursive: true, force: true })
  delete process.env.RTSPEC_PYTHON
})

/** A pip that makes the files by which an install is known to be whole. */
const made: string[] = []
const fakePip: PipInstall = async ({ name }, folder, upon, onPackage) => {
  made.push(name)
  const packages = join(folder, upon === undefined ? "env/lib/site-packages" : "packages", `${name}.dist-info`)
  mkdirSync(packages, { recursive: true })
  writeFileSync(join(packages, "RECORD"), `${name}/__init__.py,,\n`)
  onPackage()
  if (upon !== undefined) return
  mkdirSync(join(folder, "env/bin"), { recursive: true })
  writeFileSync(join(folder, "env/bin/python"), "#!")
  writeFileSync(join(folder, "env/pyvenv.cfg"), "home = /usr/bin")
}
const install = (of = recipe, pip = fakePip, onProgress: (progress: Progress) => void = () => {}) => {
  made.length = 0
  return installSubject(of, { root, pip, onProgress })
}
const faultOf = (promise: Promise<unknown>): Promise<InstallFault> =>
  promise.then(
    () => {
      throw new Error("it was expected to fail")
    },
    (error) => error,
  )

describe("a Python subject", () => {
  it("is installed upon what it shares with others, and run by that one's interpreter", async () => {
    const steps: Progress[] = []
    await install(recipe, fakePip, (progress) => void steps.push(progress))
    expect(made).toEqual(["greeter-dependencies", "greeter"])
    expect(steps.map((each) => (each.step === "fetching" ? `${each.done} of ${each.of}` : each.step))).toEqual([
      "0 of 2",
      "1 of 2",
      "0 of 1",
      "1 of 1",
      "installed",
    ])
    expect(installedPython(recipe, root)).toEqual({
      command: pythonIn(join(folderOf(shared, root), "env")),
      paths: [join(folderOf(recipe, root), "packages")],
    })
  })

  it("is not installed again, nor what it stands upon", async () => {
    await install()
    await install()
    expect(made).toEqual([])
    await install({ ...recipe, version: "1.0.1" })
    expect(made).toEqual(["greeter"])
  })

  it("is not whole where what it stands upon is not, and is mended", async () => {
    await install()
    truncateSync(join(folderOf(shared, root), "env/pyvenv.cfg"), 2)
    expect(isInstalled(recipe, root)).toBe(false)
    expect(() => installedPython(recipe, root)).toThrow("greeter 1.0.0 is not installed, or not whole")
    await install()
    expect(made).toEqual(["greeter-dependencies"])
    expect(isInstalled(recipe, root)).toBe(true)
  })

  it("leaves nothing behind when it fails half-way", async () => {
    const broken: PipInstall = async (_recipe, folder) => {
      mkdirSync(join(folder, "env"))
      throw new Error("disk full")
    }
    const fault = await faultOf(install(shared, broken))
    expect(fault).toMatchObject({ kind: "cache-failed" })
    expect(readdirSync(join(root, "subjects"))).toEqual([])
  })

  it("is another install when its requirements are others", async () => {
    const before = folderOf(recipe, root)
    writeFileSync(join(root, "needs.txt"), "left-pad==1.1\n")
    expect(folderOf(recipe, root)).not.toBe(before)
  })
})

describe("what goes wrong with pip and Python", () => {
  it("no interpreter", async () => {
    process.env.RTSPEC_PYTHON = "no-such-python"
    const fault = await faultOf(install(shared, pipInstall))
    expect(fault).toMatchObject({
      kind: "no-python",
      message:
        "greeter-dependencies 2026.1.1 needs Python 3.11 or later, and there is none at RTSPEC_PYTHON (no-such-python); install it, or set RTSPEC_PYTHON to one.",
    })
    expect(existsSync(folderOf(shared, root))).toBe(false)
  })

  it.each([
    [
      ["WARNING: Retrying after connection broken by 'NewConnectionError'", "ERROR: No matching distribution found"],
      "no-network",
      "could not reach the Python package index for greeter 1.0.0; check the network or pip's settings, and install again.",
    ],
    [
      ["ERROR: THESE PACKAGES DO NOT MATCH THE HASHES FROM THE REQUIREMENTS FILE."],
      "pip-failed",
      "pip could not install greeter 1.0.0: THESE PACKAGES DO NOT MATCH THE HASHES FROM THE REQUIREMENTS FILE.",
    ],
    [[], "pip-failed", "pip could not install greeter 1.0.0: it ended with 1"],
  ] as const)("%j", (complaints, kind, message) => {
    expect(pipFault(recipe, complaints, 1)).toMatchObject({ kind, message })
  })
})
