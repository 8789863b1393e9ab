// Nothing that is left out of the slim bundle has a part in what a client does: with it and without, the traces are equal.
// The full bundle is too heavy to come by itself: installSubject(langwatchFull) of full.ts fetches it.
import { execFileSync } from "node:child_process"
import { readFileSync } from "node:fs"
import { join } from "node:path"
import { describe, expect, it } from "vitest"
import { isInstalled } from "../../harness/subjects/index.ts"
import { fullVersion, langwatchFull } from "./full.ts"
import { langwatch } from "./package.ts"

const tracesOf = (build: "slim" | "full") =>
  execFileSync(process.execPath, ["--import", "tsx", join(import.meta.dirname, "traces.test-support.ts"), build], {
    encoding: "utf8",
    stdio: ["ignore", "pipe", "ignore"],
  }).split("\n")

const areInstalled = isInstalled(langwatchFull) && isInstalled(langwatch(fullVersion))

describe.runIf(areInstalled)("the slim bundle", () => {
  it("gives the same traces as the full one, in every scenario", () => {
    const slim = tracesOf("slim")
    expect(slim.length).toBeGreaterThan(100)
    expect(tracesOf("full")).toEqual(slim)
  }, 240_000)
})

describe("the pinned locks", () => {
  it.each(["0.4.13", "0.5.3"])("of %s pin that version and its RealtimeSession, and name no registry", (version) => {
    const text = readFileSync(new URL("package-lock.json", langwatch(version).lock), "utf8")
    const { packages } = JSON.parse(text)
    expect(packages["node_modules/@langwatch/scenario"].version).toBe(version)
    expect(packages["node_modules/@openai/agents-realtime"].version).toBe("0.3.9")
    expect(text).not.toContain('"resolved"')
  })
})
