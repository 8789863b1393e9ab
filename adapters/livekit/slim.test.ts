import { execFileSync } from "node:child_process"
import { join } from "node:path"
import { describe, expect, it } from "vitest"
import { isInstalled } from "../../harness/subjects/index.ts"
import { fullVersion, livekitFull } from "./full.ts"
import { livekit } from "./package.ts"

const tracesOf = (build: "slim" | "full") =>
  execFileSync(process.execPath, ["--import", "tsx", join(import.meta.dirname, "traces.test-support.ts"), build], {
    encoding: "utf8",
    stdio: ["ignore", "pipe", "ignore"],
  }).split("\n")

const areInstalled = isInstalled(livekitFull) && isInstalled(livekit(fullVersion))

describe.runIf(areInstalled)("the slim bundle", () => {
  it("gives the same traces as the full packages, in every scenario", () => {
    const slim = tracesOf("slim")
    expect(slim.length).toBeGreaterThan(100)
    expect(tracesOf("full")).toEqual(slim)
  }, 120_000)
})
