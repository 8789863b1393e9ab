// Every invariant has a page beside it, whose title is the invariant's and whose example is what the command in it prints.
// After a change of either: npx vitest run harness/runner/invariant-pages.test.ts -u
import { existsSync, readFileSync } from "node:fs"
import { join, resolve } from "node:path"
import { afterAll, describe, expect, it } from "vitest"
import { scenarios } from "../../scenarios/index.ts"
import { invariants } from "../checks/all.ts"
import { failurePage } from "../report/failure.ts"
import { openPlayer } from "./player.ts"

const folder = resolve(import.meta.dirname, "../checks")
const titles = new Map(invariants.map(({ id, title }) => [id, title]))
const open: ReturnType<typeof openPlayer>[] = []
afterAll(() => {
  for (const player of open) player.stop()
})

/** The failure page of the case that the page's command names. */
async function example(page: string): Promise<string> {
  const [, name = "", scenarioId = ""] = /--subject '([^']+)' --scenario (\S+)`/.exec(page) ?? []
  const scenario = scenarios.find(({ id }) => id === scenarioId)
  if (!scenario) throw new Error(`the page's command names the scenario ${scenarioId}, which does not exist`)
  const { protocol = "realtime" } = scenario
  const subject = { name, version: "1", protocol, installed: true }
  const player = openPlayer(subject, { transport: "memory", seed: "1", strict: false })
  open.push(player)
  const result = await player.play(scenario)
  return failurePage(result, { width: 100, titles }).join("\n")
}

describe("the page of", () => {
  it.each(invariants.map(({ id, title }) => [id, title] as const))("%s", async (id, title) => {
    const file = join(folder, `${id}.md`)
    expect(existsSync(file), `harness/checks/${id}.md is missing`).toBe(true)
    const page = readFileSync(file, "utf8")
    const shown = await example(page)
    expect(shown).toContain(`${id}: `)
    const fresh = page
      .replace(/^(# .*\n\n).*\n/, (_, head) => `${head}${title}.\n`)
      .replace(/```\n[\s\S]*```\n$/, () => `\`\`\`\n${shown}\n\`\`\`\n`)
    await expect(fresh).toMatchFileSnapshot(file)
  })
})
