// What init writes is whole: paths, names, and pipelines that are YAML and say what a pipeline must.
import { readFileSync } from "node:fs"
import { describe, expect, it } from "vitest"
import { parse } from "yaml"
import { planFiles } from "./plan.ts"

const wishes = { name: "my voice", protocol: "realtime", tests: "vitest", ci: "github" } as const
const yamlOf = (path: string) => parse(readFileSync(new URL(`../../${path}`, import.meta.url), "utf8"))

describe("what init writes", () => {
  it("is config, adapter, stand-in, ledger, test and pipeline", () => {
    expect([...planFiles(wishes).keys()]).toEqual([
      "rtspec.config.ts",
      "rtspec/client.adapter.ts",
      "rtspec/example-client.ts",
      "rtspec/ledger.json",
      "rtspec/conformance.test.ts",
      ".github/workflows/rtspec.yml",
    ])
  })

  it("has the client's name and its protocol's first scenario", () => {
    const files = planFiles({ ...wishes, protocol: "responses" })
    expect(files.get("rtspec/client.adapter.ts")).toContain('name: "my voice"')
    expect(files.get("rtspec.config.ts")).toContain('scenarios: ["responses-ws/text-turn"]')
    expect([...files.values()].join("")).not.toContain("FIRST_SCENARIO")
  })

  it("has a test for Vitest that watches what it does not import: each file that init writes beside it", () => {
    const files = planFiles(wishes)
    const [, globs = "[]"] =
      /import\.meta\.glob\((\[.*?\]), \{ query: "\?raw" \}\)/.exec(files.get("rtspec/conformance.test.ts") ?? "") ?? []
    const watched: readonly string[] = JSON.parse(globs)
    const beside = [...files.keys()].filter((path) => /^rtspec\/(?!conformance)/.test(path))
    expect(beside).toHaveLength(3)
    expect(files.get("rtspec/conformance.test.ts")).toContain("// @ts-ignore: of Vite")
    for (const path of beside) expect(watched).toContain(path.replace(/^rtspec\/.*\./, "./*."))
  })

  it("leaves out what nobody wants", () => {
    expect([...planFiles({ ...wishes, tests: "none", ci: "none" }).keys()]).toHaveLength(4)
  })
})

describe("pipelines", () => {
  it("for GitHub runs rtspec and keeps the report", () => {
    const { jobs } = parse(planFiles(wishes).get(".github/workflows/rtspec.yml") ?? "")
    expect(jobs.conformance.steps.map(({ run, uses }: { run?: string; uses?: string }) => run ?? uses)).toEqual([
      "actions/checkout@v5",
      "actions/setup-node@v5",
      "npm ci",
      "npx rtspec run --reporter text,html,markdown,github",
      "actions/upload-artifact@v4",
    ])
  })

  it("for GitLab is a job with a script", () => {
    const { rtspec } = parse(planFiles({ ...wishes, ci: "gitlab" }).get("rtspec/gitlab-ci.yml") ?? "")
    expect(rtspec).toMatchObject({
      image: "node:22",
      script: ["npm ci", "npx rtspec run --reporter text,html,junit"],
      artifacts: { when: "always", paths: ["rtspec-report"], reports: { junit: "rtspec-report/junit.xml" } },
    })
  })

  it("has a reusable action whose steps all name a shell or another action", () => {
    const { runs, inputs } = yamlOf(".github/actions/rtspec/action.yml")
    expect(runs.using).toBe("composite")
    for (const step of runs.steps) expect(step.shell ?? step.uses).toBeTruthy()
    const used = JSON.stringify(runs).matchAll(/inputs\.([a-z-]+)/g)
    for (const [, name] of used) expect(Object.keys(inputs)).toContain(name)
  })

  it("runs .ci/run on every push", () => {
    expect(yamlOf(".github/workflows/ci.yml").jobs.ci.steps.map(({ run }: { run?: string }) => run)).toContain(
      "bash .ci/run",
    )
  })
})
