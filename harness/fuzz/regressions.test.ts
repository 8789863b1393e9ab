// Every kept repro, played: the reference client lives through all of them, and the client that one was found in still fails.
import { readdirSync, readFileSync } from "node:fs"
import { fileURLToPath } from "node:url"
import { describe, expect, it } from "vitest"
import { subjects } from "../../adapters/index.ts"
import { parseRepro, type Repro, reproText } from "../script/repro.ts"
import { replayRepro } from "./replay.ts"

const folder = fileURLToPath(new URL("../../fixtures/regressions/", import.meta.url))
const files = readdirSync(folder).filter((name) => name.endsWith(".json"))
const read = (name: string): Repro => {
  const parsed = parseRepro(readFileSync(`${folder}${name}`, "utf8"))
  if ("wrong" in parsed) throw new Error(`${name} ${parsed.wrong}`)
  return parsed.repro
}
const replayed = async (repro: Repro, named: string) => {
  const entry = subjects.find(({ name, version }) => `${name}@${version}` === named)
  if (!entry) throw new Error(`there is no subject ${named}`)
  const { name, version, protocol } = entry
  return replayRepro(repro, { name, version, protocol, installed: entry.installed() })
}
const reference = { realtime: "reference@1", responses: "reference-responses@1" } as const

describe.each(files)("%s", (file) => {
  const repro = read(file)

  it("bears its own name and is written as rtspec writes it", () => {
    expect(file).toBe(`${repro.id}.json`)
    expect(JSON.parse(readFileSync(`${folder}${file}`, "utf8"))).toEqual(JSON.parse(reproText(repro)))
  })

  it("is survived by the reference client", async () => {
    const { is, result } = await replayed(repro, reference[repro.scenario.protocol ?? "realtime"])
    expect(result.violations).toEqual([])
    expect(is).toBe("FIXED")
  }, 60_000)

  const entry = subjects.find(({ name, version }) => name === repro.subject && version === repro.subjectVersion)
  const isFound = entry !== undefined && !entry.install && !repro.subject.startsWith("reference")
  it.runIf(isFound)(
    "still fails where it was found",
    async () => {
      const { is, result } = await replayed(repro, `${repro.subject}@${repro.subjectVersion}`)
      expect(is).toBe("FAILED")
      expect(result.violations.map(({ invariant }) => invariant)).toContain(repro.invariant)
    },
    60_000,
  )
})
