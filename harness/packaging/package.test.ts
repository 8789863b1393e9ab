// The published package: made, checked by the tools that check packages, installed into an empty project, and used there as
// a newcomer would: init, run, a test runner, and both kinds of import.
import { execFileSync } from "node:child_process"
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join, resolve } from "node:path"
import { checkPackage, createPackageFromTarballData } from "@arethetypeswrong/core"
import { publint } from "publint"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { parse } from "yaml"

const root = resolve(import.meta.dirname, "../..")
const folder = mkdtempSync(join(tmpdir(), "rtspec-package-"))
afterAll(() => rmSync(folder, { recursive: true }))
const project = join(folder, "project")
let tarball = ""

const npm = (cwd: string, ...args: string[]) => execFileSync("npm", args, { cwd, encoding: "utf8", stdio: "pipe" })

/** The Node that runs this test also runs what is installed; npm comes with the machine's. */
function node(...args: string[]): { out: string; code: number } {
  const places = { RTSPEC_CACHE: join(folder, "cache"), GITHUB_STEP_SUMMARY: join(folder, "summary.md") }
  const env = { ...process.env, ...places, GITHUB_WORKSPACE: project, NO_COLOR: "1" }
  try {
    return {
      out: execFileSync(process.execPath, args, { cwd: project, encoding: "utf8", stdio: "pipe", env }),
      code: 0,
    }
  } catch (error) {
    const { stdout, stderr, status } = error as { stdout: string; stderr: string; status: number }
    return { out: `${stdout}${stderr}`, code: status }
  }
}

const rtspec = (...args: string[]) => node("node_modules/rtspec/harness/cli/bin.js", ...args)

beforeAll(() => {
  const name = npm(root, "pack", "--silent", "--pack-destination", folder).trim().split("\n").at(-1) ?? ""
  tarball = join(folder, name)
  execFileSync("mkdir", [project])
  writeFileSync(join(project, "package.json"), '{ "name": "my-voice-client", "type": "module" }\n')
  npm(project, "install", "--no-audit", "--no-fund", "--prefer-offline", tarball, "ws@8")
})

describe("the package", () => {
  it("is in order as publint sees it", async () => {
    const { messages } = await publint({ pkgDir: join(project, "node_modules/rtspec"), pack: false })
    expect(messages).toEqual([])
  })

  it("has types that are right for who imports it, and for who requires it", async () => {
    const checked = await checkPackage(createPackageFromTarballData(new Uint8Array(readFileSync(tarball))))
    if (!checked.types) throw new Error("the package has no types")
    // Node 20.19 and later require() ES modules; who resolves as Node 10 did knows no `exports`.
    const known = new Set(["CJSResolvesToESM"])
    const wrong = checked.problems.filter(
      (problem) => !known.has(problem.kind) && !("resolutionKind" in problem && problem.resolutionKind === "node10"),
    )
    expect(wrong).toEqual([])
  })

  it("brings no sources and no tests", () => {
    const files = execFileSync("tar", ["tzf", tarball], { encoding: "utf8" }).trim().split("\n")
    const strays = files.filter((file) => /\.test\.|-for-tests\.|\/bench\/|\/packaging\/|__pycache__/.test(file))
    expect(strays).toEqual([])
    const sources = files.filter((file) => /(?<!\.d)\.tsx?$/.test(file) && !file.includes("/init/templates/"))
    expect(sources).toEqual([])
  })
})

/** In ten minutes, all of it. */
describe("a newcomer with an empty project", { timeout: 600_000 }, () => {
  it("imports and requires it", () => {
    expect(node("-e", 'console.log(typeof require("rtspec").scenario)').out.trim()).toBe("function")
    const imported = 'import { scenario } from "rtspec"; console.log(typeof scenario)'
    expect(node("--input-type=module", "-e", imported).out.trim()).toBe("function")
  })

  it("follows the guide, command by command, and each exits as the guide says", () => {
    const guide = readFileSync(join(root, "adapters/own-client.md"), "utf8")
    const commands = [...guide.matchAll(/```sh\n([\s\S]*?)```/g)].flatMap(([, block = ""]) => block.trim().split("\n"))
    const run = commands.filter((line) => line.includes("# exit"))
    expect(run).toHaveLength(5)
    for (const line of run) {
      const [command = "", expected] = line.split(/\s+# exit /)
      const [program, ...args] = command.replaceAll("'", "").split(/\s+/)
      const { code, out } = program === "npx" ? rtspec(...args.slice(1)) : node(...args)
      expect(code, `${command}\n${out}`).toBe(Number(expected))
    }
  })

  it("is told that what init wrote is there already", () => {
    const { code, out } = rtspec("init", "--yes")
    expect(code).toBe(2)
    expect(out).toContain("rtspec.config.ts, rtspec/client.adapter.ts")
  })

  it("has a gate in CI for a WebSocket client of their own", () => {
    const inProject = (path: string) => join(project, path)
    const edit = (path: string, change: (text: string) => string) =>
      writeFileSync(inProject(path), change(readFileSync(inProject(path), "utf8")))
    const client = readFileSync(join(root, "fixtures/adapters/bare-ws.ts"), "utf8")
    writeFileSync(inProject("rtspec/client.adapter.ts"), client)
    edit("rtspec.config.ts", (text) => text.replace('["turn/text-turn"]', '["turn/*", "error/*"]'))

    const proposed = rtspec("run", "--update-ledger")
    expect(proposed.code, proposed.out).toBe(1)
    expect(proposed.out).toMatch(/lines? w\w+ proposed; give \w+ a reason/)
    expect(rtspec("run").code).toBe(2)
    edit("rtspec/ledger.json", (text) => text.replaceAll('"reason": ""', '"reason": "Known, and on our list."'))

    // What a runner does with the pipeline that init wrote.
    const { jobs } = parse(readFileSync(inProject(".github/workflows/rtspec.yml"), "utf8"))
    const steps: readonly { run?: string; with?: { path?: string } }[] = jobs.conformance.steps
    const [install, gate = ""] = steps.flatMap(({ run = [] }) => run)
    expect(install).toBe("npm ci")
    npm(project, "ci", "--no-audit", "--no-fund", "--prefer-offline")
    const asCi = () => rtspec(...gate.split(" ").slice(2))
    const green = asCi()
    expect(green.code, green.out).toBe(0)
    expect(readFileSync(join(folder, "summary.md"), "utf8")).toContain("as expected")
    const kept = readdirSync(inProject(steps.at(-1)?.with?.path ?? ""))
    expect(kept).toEqual(expect.arrayContaining(["report.html", "results.json", "summary.md"]))

    // Somebody breaks the client.
    writeFileSync(
      inProject("rtspec/client.adapter.ts"),
      client.replace('if (event.type === "error")', "if (!event.type)"),
    )
    const red = asCi()
    expect(red.code, red.out).toBe(1)
    expect(red.out).toMatch(/^::error file=rtspec\/client\.adapter\.ts,line=1,title=bare-ws 1\.0\.0%3A error\//m)
  })

  it("can have the real clients that a checkout has as dependencies", () => {
    const name = "openai-agents@0.20.0"
    const absent = rtspec("run", "--subject", name, "--scenario", "turn/text-turn")
    expect(absent.out).toContain(`rtspec subjects install ${name}`)
    expect(rtspec("subjects", "install", name).out).toContain(`${name}: installed, `)
    const { out, code } = rtspec("run", "--subject", name, "--scenario", "turn/text-turn")
    expect(code, out).toBe(0)
    expect(out).toContain("1 as expected, 0 not")
  })
})
